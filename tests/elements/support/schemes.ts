import { expect, nextFrame } from '@open-wc/testing';
import type * as Axe from 'axe-core';
import 'axe-core/axe.min.js';
import { shadowHosts } from './shadow.js';

const grounds = { light: '#fffdfa', dark: '#1b1714' };

export type Scheme = keyof typeof grounds;

// It has no export: it is a script that leaves a global. The size of targets (WCAG 2.2, 24 by 24 px) is off by default.
const { axe } = window as unknown as { readonly axe: typeof Axe };
axe.configure({ rules: [{ id: 'target-size', enabled: true }] });

/** axe finds nothing in `element`, neither in a light page nor in a dark one. */
export async function expectAccessible(element: Element): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) await inScheme(element, scheme, () => expect(element).to.be.accessible());
}

/** What axe finds in `element`, in words. */
export async function findings(element: Element, scheme: Scheme, options: Axe.RunOptions): Promise<string[]> {
  const { violations } = await inScheme(element, scheme, () => axe.run(element, { resultTypes: ['violations'], selectors: false, preload: false, ...options }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
}

async function inScheme<T>(element: Element, scheme: Scheme, look: () => PromiseLike<T>): Promise<T> {
  const page = document.documentElement.style;
  page.setProperty('color-scheme', scheme);
  page.setProperty('background-color', grounds[scheme]);
  try {
    await nextFrame();
    for (const host of shadowHosts(element)) stillness(host);
    return await look();
  } finally {
    page.removeProperty('color-scheme');
    page.removeProperty('background-color');
  }
}

/** Colours on their way would be measured half-way; what turns for ever is stopped. */
function stillness(host: Element): void {
  for (const animation of host.shadowRoot?.getAnimations() ?? []) {
    if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
    else animation.finish();
  }
}
