import { expect } from '@open-wc/testing';
import type { RunOptions } from 'axe-core';
import '../../../demo/states/elements.js';
import { settled, type State } from '../../../demo/states/state.js';
import { languages } from '../../../src/strings/languages.js';
import { findings, ofColours, rules, type Scheme } from './schemes.js';

/** What a direction decides with the theme. */
const ofPlaces = [...ofColours, 'target-size'];

/**
 * Other engines take two to ten times as long as Chromium: there each theme and each direction has its turn, not each pair
 * of them, and of rules those that go by what is painted. The others go by a tree that no engine changes.
 */
const thorough = navigator.vendor === 'Google Inc.';

/** Many of a page at once: axe takes its time for a page, and little for what stands in it. */
const sheets = (many: readonly State[]): State[][] => Array.from({ length: Math.ceil(many.length / 8) }, (_, nth) => many.slice(nth * 8, (nth + 1) * 8));

/** axe finds nothing in any of `states`. In files of a half each, for an engine has five minutes for one. */
export function everyStateIsAccessible(states: readonly State[]): void {
  describe('axe finds nothing in any state, in either theme and either direction', () => {
    let sheet: HTMLElement;

    before(() => languages.load('ar'));

    beforeEach(() => {
      sheet = document.createElement('div');
      document.body.append(sheet);
      speak('en');
    });

    afterEach(() => {
      sheet.remove();
      document.documentElement.removeAttribute('lang');
      document.documentElement.removeAttribute('dir');
    });

    function speak(lang: 'en' | 'ar'): void {
      Object.assign(document.documentElement, { lang, dir: lang === 'ar' ? 'rtl' : 'ltr' });
    }

    /** Each in a box of its own. */
    async function put(some: readonly State[]): Promise<HTMLElement[]> {
      const shown = some.map((state) => {
        const box = document.createElement('div');
        const element = state.make();
        box.style.setProperty('inline-size', `${state.width}px`);
        box.append(element);
        return { state, box, element };
      });
      sheet.append(...shown.map(({ box }) => box));
      await settled(sheet);
      for (const { state, element } of shown) await state.reach?.(element);
      await settled(sheet);
      return shown.map(({ box }) => box);
    }

    async function expectNothing(scheme: Scheme, options: RunOptions): Promise<void> {
      expect(await findings(sheet, scheme, options), `${scheme}, ${document.documentElement.dir}`).to.deep.equal([]);
    }

    /** By all rules but `apart` once, and again by those that another look can break. */
    async function expectNothingInAnyLook(apart: string): Promise<void> {
      const ofLook = rules(...ofPlaces.filter((rule) => rule !== apart));
      await expectNothing('light', thorough ? { rules: { [apart]: { enabled: false } } } : ofLook);
      if (thorough) await expectNothing('dark', rules(...ofColours));
      speak('ar');
      await settled(sheet);
      if (thorough) await expectNothing('light', ofLook);
      await expectNothing('dark', thorough ? rules(...ofColours) : ofLook);
    }

    for (const some of sheets(states.filter(({ alone }) => !alone))) {
      it(some.map(({ id }) => id).join(', '), async () => {
        const boxes = await put(some);
        // Two rooms of one name are the sheet's doing: of landmarks each is asked by itself.
        await expectNothingInAnyLook('landmark-unique');
        if (!thorough) return;
        for (const box of boxes) box.hidden = true;
        for (const box of boxes) {
          box.hidden = false;
          await expectNothing('light', rules('landmark-unique'));
          box.hidden = true;
        }
      });
    }

    for (const state of states.filter(({ alone }) => alone)) {
      it(state.id, async () => {
        await put([state]);
        // A box that opened covers what is under it, and a click there closes it first: no target is smaller for that.
        await expectNothingInAnyLook('target-size');
      });
    }
  });
}
