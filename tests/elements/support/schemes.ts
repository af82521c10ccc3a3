import { expect, nextFrame } from '@open-wc/testing';
import type * as Axe from 'axe-core';
import 'axe-core/axe.min.js';
import { shadowHosts } from './shadow.js';

const grounds = { light: '#fffdfa', dark: '#1b1714' };

// It has no export: it is a script that leaves a global. The size of targets (WCAG 2.2, 24 by 24 px) is off by default.
(window as unknown as { readonly axe: typeof Axe }).axe.configure({ rules: [{ id: 'target-size', enabled: true }] });

/** axe finds nothing in `element`, neither in a light page nor in a dark one. */
export async function expectAccessible(element: Element): Promise<void> {
  const page = document.documentElement.style;
  try {
    for (const [scheme, ground] of Object.entries(grounds)) {
      page.setProperty('color-scheme', scheme);
      page.setProperty('background-color', ground);
      await nextFrame();
      for (const host of shadowHosts(element)) stillness(host);
      await expect(element).to.be.accessible();
    }
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
