import { expect } from '@open-wc/testing';

const grounds = { light: '#fffdfa', dark: '#1b1714' };

function transitionsOf(root: Element | ShadowRoot): CSSTransition[] {
  const own = root.getAnimations({ subtree: true }).filter((animation) => animation instanceof CSSTransition);
  const inner = [root, ...root.querySelectorAll('*')].flatMap((element) =>
    element instanceof Element && element.shadowRoot ? transitionsOf(element.shadowRoot) : [],
  );
  return [...own, ...inner];
}

/** axe finds nothing in `element`, neither in a light page nor in a dark one. */
export async function expectAccessible(element: Element): Promise<void> {
  const page = document.documentElement.style;
  try {
    for (const [scheme, ground] of Object.entries(grounds)) {
      page.setProperty('color-scheme', scheme);
      page.setProperty('background-color', ground);
      // Colours that are still on their way would be measured half-way.
      transitionsOf(element).forEach((transition) => transition.finish());
      await expect(element).to.be.accessible();
    }
  } finally {
    page.removeProperty('color-scheme');
    page.removeProperty('background-color');
  }
}
