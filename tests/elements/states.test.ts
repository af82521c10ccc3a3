import { expect } from '@open-wc/testing';
import type * as Axe from 'axe-core';
import 'axe-core/axe.min.js';
import '../../demo/states/elements.js';
import { settled, type State } from '../../demo/states/state.js';
import { states } from '../../demo/states/states.js';

const grounds = { light: '#efe7dc', dark: '#100d0b' };
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Colours do not ask for the direction: each theme once, each direction once. */
const dresses = [['light', 'ltr'], ['dark', 'rtl']] as const;
const page = document.documentElement;
// It has no export: it is a script that leaves a global.
const { axe } = window as unknown as { readonly axe: typeof Axe };

/** What axe finds against WCAG 2.2 AA, target sizes too (they are off by default); as sentences, for a failed test prints them. */
async function findings(place: Element): Promise<string[]> {
  const { violations } = await axe.run(place, {
    runOnly: { type: 'tag', values: tags },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`));
}

function dress(theme: keyof typeof grounds, dir: string): void {
  page.style.setProperty('color-scheme', theme);
  page.style.setProperty('background', grounds[theme]);
  page.dir = dir;
  page.lang = dir === 'rtl' ? 'ar' : 'en';
}

/** Colours on their way would be measured half-way; what turns for ever is stopped. */
function still(root: Element | ShadowRoot): void {
  for (const animation of root instanceof ShadowRoot ? root.getAnimations() : []) {
    if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
    else animation.finish();
  }
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) still(element.shadowRoot);
}

/** Some are looked at together: axe is asked less often. */
async function look(shown: readonly State[], accent = ''): Promise<void> {
  const place = document.createElement('main');
  document.body.append(place);
  page.style.setProperty('--roomtone-accent', accent);
  try {
    for (const state of shown) {
      const box = document.createElement('div');
      box.style.setProperty('inline-size', `${Math.min(state.width, 700)}px`);
      place.append(box);
      const element = state.make();
      box.append(element);
      await settled(box);
      await state.reach?.(element);
    }
    for (const [theme, dir] of dresses) {
      dress(theme, dir);
      await settled(place);
      still(place);
      expect(await findings(place), `${theme}, ${dir}`).to.deep.equal([]);
    }
  } finally {
    place.remove();
    for (const name of ['style', 'dir', 'lang']) page.removeAttribute(name);
  }
}

const inPage = states.filter(({ alone }) => !alone);
const groups = ['room-player', 'now-playing', 'chat-room', 'layout'].map((name) => [name, inPage.filter(({ id }) => id.startsWith(name))] as const);

describe('every state of demo/states.html is accessible, light and dark, from left to right and from right to left', function () {
  this.timeout(60_000);

  it('has each of them in one group', () => {
    expect(groups.flatMap(([, group]) => group).length).to.equal(inPage.length);
    expect(new Set(states.map(({ id }) => id)).size).to.equal(states.length);
  });

  for (const [name, group] of groups) {
    for (let from = 0; from < group.length; from += 6) {
      const some = group.slice(from, from + 6);
      it(`${name}: ${some.map(({ id }) => id.slice(name.length + 1)).join(', ')}`, () => look(some));
    }
  }

  for (const state of states.filter(({ alone }) => alone)) it(state.id, () => look([state]));

  // Too light for white, too dark for black, of no colour at all: none of a page's accents makes words unreadable.
  for (const accent of ['#facc15', '#1e1b4b', '#888888']) {
    it(`with the accent ${accent}`, () => look(states.filter(({ id }) => /search$|talk$/.test(id)), accent));
  }
});
