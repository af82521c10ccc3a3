import type { Locator, Page } from 'playwright/test';
import type { Place } from '../../demo/states/page.ts';
import { Pictures } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

interface StateName {
  readonly id: string;
  /** It lies above its window, and is looked at with it. */
  readonly alone: boolean;
}

/** What demo/states/page.ts leaves on its window. */
interface StatesWindow {
  readonly stateNames: readonly StateName[];
  showState(id: string): Promise<void>;
  showSheet(ids: readonly string[]): Promise<readonly Place[]>;
  look(query: string): Promise<void>;
}

const statesOf = (page: Page): Promise<readonly StateName[]> => page.evaluate(() => (window as unknown as StatesWindow).stateNames);

test('one page shows every state of every element, and time stands still in all of them', async ({ open }) => {
  // Sixty elements, one after the other, each with all its pictures.
  test.slow();
  const { page, complaints } = await open('Nobody', '/states.html');
  await expect(page.locator('html[data-shown]')).toBeAttached({ timeout: 120_000 });
  const states = await statesOf(page);
  await expect(page.locator('figcaption a')).toHaveText(states.map(({ id }) => id));
  // Above its window a state would lie above all others.
  await expect(page.locator('figure iframe')).toHaveCount(states.filter(({ alone }) => alone).length);
  const playing = page.locator('figure', { has: page.getByRole('link', { name: 'room-player-playing', exact: true }) });
  await expect(playing.getByText('1:17', { exact: true })).toBeVisible();
  await expect(playing.getByRole('slider', { name: 'Seek' })).toHaveAttribute('aria-valuetext', '1 minute 17 seconds of 3 minutes 31 seconds');
  expect(complaints).toEqual([]);
});

const sheet = (page: Page, ids: readonly string[]): Promise<readonly Place[]> => page.evaluate((some) => (window as unknown as StatesWindow).showSheet(some), ids);
const dress = (page: Page, query: Readonly<Record<string, string>>): Promise<void> =>
  page.evaluate((next) => (window as unknown as StatesWindow).look(next), String(new URLSearchParams(query)));

/** Of all that is shown: the names of animations, and what changes or scrolls little by little. */
const moving = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const visit = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        for (const part of ['', '::before', '::after', '::-webkit-slider-thumb']) {
          const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element, part || null);
          if (animationName && animationName !== 'none') found.add(animationName);
          if (/[1-9]/.test(transitionDuration)) found.add(element.localName + part);
          if (scrollBehavior === 'smooth') found.add(`${element.localName} scrolls`);
        }
        if (element.shadowRoot) visit(element.shadowRoot);
      }
    };
    visit(document);
    return [...found].sort();
  });

/** The faces that the tests' browser comes with, and nothing else: what a machine has besides decides no picture. */
const faces = `:root { --roomtone-font: 'Liberation Sans'; --roomtone-font-display: 'Liberation Serif'; }`;

/** They have no emoji: of those one sees the places. Into each shadow tree, as its last child, so only where there is need. */
const withoutEmoji = { style: '.emoji button { color: transparent !important; }' };

/** Whether the machine has them. */
const hasFaces = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const paper = new OffscreenCanvas(1, 1).getContext('2d');
    const width = (font: string): number => {
      if (paper) paper.font = `40px ${font}`;
      return paper?.measureText('Roomtone will').width ?? 0;
    };
    return ['Liberation Sans', 'Liberation Serif'].every((face) => width(`'${face}', monospace`) !== width('monospace'));
  });

interface Look {
  readonly query: Readonly<Record<string, string>>;
  /** Width of the window for what lies above it. */
  readonly alone: number;
  /** Where the pictures are, by theme: another one is put on what stands there, while a width or a language begins anew. */
  readonly folders: Readonly<Record<string, 'light' | 'dark'>>;
}

const looks: readonly Look[] = [
  { query: {}, alone: 420, folders: { light: 'light', dark: 'dark' } },
  { query: { width: '280' }, alone: 320, folders: { narrow: 'light' } },
  // Hebrew: those faces have it, and have no Arabic.
  { query: { lang: 'he' }, alone: 420, folders: { 'right-to-left': 'light' } },
];

/** What says it, and what would say otherwise. */
const marks: readonly (readonly [of: string, attribute: string, other: string | null])[] = [
  ['room-player [role="tab"][aria-selected="true"]', 'aria-selected', 'false'],
  ['player-controls button[aria-pressed="true"]', 'aria-pressed', 'false'],
  ['player-actions [part~="save"]', 'aria-pressed', 'true'],
  ['track-search .kinds [aria-pressed="true"]', 'aria-pressed', 'false'],
  ['track-search .result[data-current]', 'data-current', null],
  ['chat-message .reactions [aria-pressed="true"]', 'aria-pressed', 'false'],
  ['chat-message .mention', 'class', ''],
  ['chat-message[mentions-me]', 'mentions-me', null],
  ['chat-timeline .unread-line', 'class', ''],
  ['chat-room [role="switch"][aria-checked="true"]', 'aria-checked', 'false'],
];

type Clip = NonNullable<NonNullable<Parameters<Page['screenshot']>[0]>['clip']>;

async function boxOf(locator: Locator): Promise<Clip> {
  const box = await locator.boundingBox({ timeout: 5000 });
  if (!box) throw new Error('It is not shown.');
  return box;
}

/** With the ring that it may have. */
async function around(locator: Locator): Promise<Clip> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x - 6, y: y - 6, width: width + 12, height: height + 12 };
}

const seen = async (page: Page, clip: Clip): Promise<string> => (await page.screenshot({ clip })).toString('base64');

/** Of a colour of an element on the surface that all stand on, as WCAG counts it. */
const contrast = (locator: Locator, property: 'color' | 'borderTopColor'): Promise<number> =>
  locator.evaluate((element, name) => {
    const paper = new OffscreenCanvas(1, 1).getContext('2d');
    const luminance = (colour: string): number => {
      if (!paper) throw new Error('No canvas.');
      paper.fillStyle = colour;
      paper.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = [...paper.getImageData(0, 0, 1, 1).data].map((part) => (part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [dark = 0, light = 0] = [getComputedStyle(element)[name], '#fffdfa'].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }, property);

test.describe('the page of states', () => {
  test.use({ locale: 'en-US', timezoneId: 'UTC' });

  test.beforeEach(async ({ page }) => {
    // demo/states/evening.ts, where the page is.
    await page.clock.setFixedTime(Date.UTC(2026, 10, 3, 21, 40));
    await page.setViewportSize({ width: 1640, height: 1400 });
    await page.goto('/states.html?state=none');
    await expect(page.locator('html[data-shown]')).toBeAttached({ timeout: 120_000 });
    await page.addStyleTag({ content: faces });
  });

  test('every state looks as it did, light, dark, narrow and right-to-left; nothing moves where nothing shall', async ({ page, context }, info) => {
    test.slow();
    test.skip(!(await hasFaces(page)), 'The pictures are of the faces of fonts-liberation: npm run browsers');
    const pictures = new Pictures(await context.newPage(), info);
    const states = await statesOf(page);
    const ids = (alone: boolean): string[] => states.filter((state) => state.alone === alone).map(({ id }) => id);
    for (const { query, alone, folders } of looks) {
      const compare = async (places: readonly Place[]): Promise<void> => {
        for (const [folder, theme] of Object.entries(folders)) {
          await page.evaluate((scheme) => document.documentElement.style.setProperty('color-scheme', scheme), theme);
          await pictures.compare(folder, await page.screenshot({ animations: 'disabled', ...(places[0]?.id === 'chat-room-emoji' && withoutEmoji) }), places);
        }
        // What moves, does so in any of them.
        if (folders.dark) expect(await moving(page)).toEqual([]);
      };
      await dress(page, { ...query, theme: 'light' });
      // One size for all: a window that grows or shrinks moves what is read in it.
      await page.setViewportSize({ width: 1640, height: 1400 });
      for (let rest = ids(false); rest.length; ) {
        const places = await sheet(page, rest.slice(0, 10));
        expect(places).not.toEqual([]);
        await compare(places);
        rest = rest.slice(places.length);
      }
      await page.setViewportSize({ width: alone, height: 640 });
      for (const id of ids(true)) {
        await page.evaluate((name) => (window as unknown as StatesWindow).showState(name), id);
        await compare([{ id, x: 0, y: 0, width: alone, height: 640 }]);
      }
    }
    expect(pictures.wrong, 'what differs, if it is meant to: npm run pictures').toEqual([]);
    expect(pictures.strays(), 'each picture is of a state').toEqual([]);
  });

  test('what a visitor asks of the system: motion, forced colours, contrast', async ({ page }) => {
    await dress(page, { theme: 'light' });
    const shown = ['room-player-playing', 'room-player-search', 'room-player-search-loading', 'chat-room-talk', 'chat-room-sharing', 'chat-room-unread'];
    expect(await sheet(page, shown)).toHaveLength(shown.length);

    await test.step('where things may move, what is under way does', async () => {
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      expect(await moving(page)).toEqual(expect.arrayContaining(['breathe', 'button', 'input::-webkit-slider-thumb']));
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await moving(page)).toEqual([]);
    });

    await test.step('whoever asks for contrast has it in quiet words and in edges', async () => {
      const quiet = page.locator('now-playing .artists').first();
      const card = page.locator('room-player .card').first();
      const contrasts = async (): Promise<readonly number[]> => [await contrast(quiet, 'color'), await contrast(card, 'borderTopColor')];
      const [words = 0, edge = 0] = await contrasts();
      expect(words).toBeLessThan(7);
      expect(edge).toBeLessThan(3);
      await page.emulateMedia({ contrast: 'more' });
      const [strongWords = 0, strongEdge = 0] = await contrasts();
      expect(strongWords).toBeGreaterThan(7);
      expect(strongEdge).toBeGreaterThan(3);
      await page.emulateMedia({ contrast: null });
    });

    await test.step('in forced colours one sees what is on, chosen and meant for oneself', async () => {
      await page.emulateMedia({ forcedColors: 'active' });
      for (const [of, attribute, other] of marks) {
        const mark = page.locator(of).first();
        await mark.scrollIntoViewIfNeeded({ timeout: 5000 });
        const clip = await around(mark);
        const before = await seen(page, clip);
        await mark.evaluate((element, [name, value]) => (value === null ? element.removeAttribute(name) : element.setAttribute(name, value)), [attribute, other] as const);
        expect.soft(await seen(page, clip), of).not.toBe(before);
      }
    });

    await test.step('and where the focus is, on what is on as well', async () => {
      // From here on the browser takes the focus for one that the keyboard moved.
      await page.keyboard.press('Tab');
      const stops = ['[role="tab"]', 'player-controls .play', 'player-controls [aria-pressed]', 'player-actions [part~="save"]', 'track-search .kinds button', 'track-search .result .play'];
      for (const of of stops) {
        const stop = page.locator(of).first();
        await stop.evaluate((element) => {
          for (const name of ['aria-pressed', 'aria-selected']) if (element.hasAttribute(name)) element.setAttribute(name, 'true');
        });
        const clip = await around(stop);
        const before = await seen(page, clip);
        await stop.focus();
        expect.soft(await seen(page, clip), of).not.toBe(before);
        await stop.blur();
      }
    });

    await test.step('every button has its edge there, and none stands out over the card’s column', async () => {
      const column = await boxOf(page.locator('now-playing').first());
      const heart = await boxOf(page.locator('player-actions [part~="save"]').first());
      expect(heart.x + heart.width).toBeLessThanOrEqual(column.x + column.width + 0.5);
    });
  });
});
