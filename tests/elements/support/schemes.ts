import { expect, nextFrame } from '@open-wc/testing';
import type * as Axe from 'axe-core';
import 'axe-core/axe.min.js';
import { shadowHosts } from './shadow.js';

const grounds = { light: '#fffdfa', dark: '#1b1714' };

export type Scheme = keyof typeof grounds;

// It has no export: it is a script that leaves a global. The size of targets (WCAG 2.2, 24 by 24 px) is off by default.
const { axe } = window as unknown as { readonly axe: typeof Axe };
axe.configure({ rules: [{ id: 'target-size', enabled: true }] });

/** What a theme decides: all other rules give one answer in each. */
export const ofColours: readonly string[] = ['color-contrast', 'link-in-text-block'];

export const rules = (...values: readonly string[]): Axe.RunOptions => ({ runOnly: { type: 'rule', values: [...values] } });

/** axe finds nothing in `element`, neither in a light page nor, of what a theme decides, in a dark one. */
export async function expectAccessible(element: Element): Promise<void> {
  // One rule reads the style sheets, which then are to be there.
  const looks = { light: { preload: true }, dark: rules(...ofColours) };
  for (const scheme of ['light', 'dark'] as const) {
    const found = await findings(element, scheme, looks[scheme]);
    expect(found, [scheme, ...found].join('\n')).to.deep.equal([]);
  }
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
