import { expect, test } from './support/test.ts';
import type { Simulator } from './support/spotify.ts';
import type { Visitor } from './support/visitor.ts';

/** What a visitor can do with the player, on the real page. Each story counts the commands that it cost, too. */

const [salt, kettle] = ['Salt on the Window', 'The Long Afternoon of the Kettle'] as const;

const given = async (simulator: Simulator, account = 'Alice'): Promise<string[]> => (await simulator.commands(account)).map(({ command }) => command);
const panel = (visitor: Visitor, name: string) => visitor.player.getByRole('tabpanel', { name });
const tab = (visitor: Visitor, name: string) => visitor.player.getByRole('tab', { name });

test('shuffle, repeat and mute are pressed buttons that say what is so; volume and place outlast a reload', async ({ join, simulator }) => {
  const ann = await join('Ann');
  await ann.connect('Alice');
  await ann.playFromSearch(salt);
  const pressed = async (name: string, ...states: string[]): Promise<void> => {
    for (const state of states) {
      await ann.button(name).click();
      await expect(ann.button(name)).toHaveAttribute('aria-pressed', state);
      await expect(ann.button(name)).not.toHaveAttribute('data-pending');
    }
  };
  await expect(ann.button('Shuffle')).toHaveAttribute('aria-pressed', 'false');
  await pressed('Shuffle', 'true', 'false');
  await pressed('Repeat', 'true', 'mixed', 'false');
  await ann.slider('Volume').fill('40');
  await expect.poll(async () => (await ann.sdkState())?.volume).toBe(0.4);
  await ann.button('Mute').click();
  await expect.poll(async () => (await ann.sdkState())?.volume).toBe(0);
  await ann.button('Unmute').click();
  await expect.poll(async () => (await ann.sdkState())?.volume).toBe(0.4);
  await ann.slider('Seek').fill('45');
  await expect(ann.slider('Seek')).toHaveAttribute('aria-valuetext', /^4\d seconds of \d+ minutes?/);
  expect(await given(simulator)).toEqual(['play', 'shuffle', 'shuffle', 'repeat', 'repeat', 'repeat', 'volume', 'volume', 'volume', 'seek']);

  await ann.button('Pause').click();
  await expect(ann.button('Play')).toBeVisible();
  await simulator.clear();
  await ann.page.reload();
  await expect(ann.button('Disconnect')).toBeVisible();
  await expect(ann.slider('Volume')).toHaveValue('40');
  // Nothing sounds by itself; Play goes on where it was.
  expect(await given(simulator)).toEqual([]);
  await ann.button('Play').click();
  await expect(ann.player.getByRole('link', { name: salt, exact: true }).first()).toBeVisible();
  await expect.poll(async () => (await ann.sdkState())?.position ?? 0).toBeGreaterThan(44_000);
  expect(await given(simulator)).toEqual(['play']);
});

test('what comes next can be seen, added to and played from', async ({ join, simulator }) => {
  const ann = await join('Ann');
  await ann.connect('Alice');
  await ann.playFromSearch(salt);
  const search = ann.player.getByRole('searchbox', { name: 'Search tracks' });
  await search.fill(kettle);
  await ann.player.getByRole('button', { name: `Add ${kettle} to the queue` }).click();
  await expect(panel(ann, 'Search').getByText(`${kettle} is in the queue`)).toBeVisible();
  await tab(ann, 'Up next').click();
  const next = panel(ann, 'Up next').getByRole('button', { name: `Play ${kettle} by` }).first();
  await expect(next).toBeVisible();
  await next.click();
  await expect(ann.player.getByRole('link', { name: kettle, exact: true }).first()).toBeVisible();
  expect(await given(simulator)).toEqual(['play', 'queue', 'next']);
});

test('search finds albums and playlists, and goes on; the library plays what is kept there', async ({ join, simulator }) => {
  const ann = await join('Ann');
  await ann.connect('Alice');
  const results = panel(ann, 'Search').getByRole('button', { name: /^Play .+ by / });
  await ann.player.getByRole('searchbox', { name: 'Search tracks' }).fill('the');
  await expect(results).toHaveCount(10);
  await ann.button('More results').click();
  await expect.poll(() => results.count()).toBeGreaterThan(10);
  await ann.button('Albums').click();
  await panel(ann, 'Search').getByRole('button', { name: /^Open .+ by / }).first().click();
  await panel(ann, 'Search').getByRole('button', { name: /^Play all of / }).click();
  await expect(ann.button('Pause')).toBeVisible();

  const [first] = await panel(ann, 'Search').getByRole('button', { name: /^Play .+ by / }).all();
  const title = /^Play (.+) by /.exec((await first?.getAttribute('aria-label')) ?? '')?.[1] ?? '';
  const save = ann.player.getByRole('button', { name: `Save ${title}` });
  await save.click();
  await expect(save).toHaveAttribute('aria-pressed', 'true');
  await tab(ann, 'Library').click();
  const library = panel(ann, 'Library');
  await library.getByRole('button', { name: 'Saved tracks' }).click();
  await expect(library.getByRole('button', { name: `Play ${title} by` })).toBeVisible();
  await tab(ann, 'Search').click();
  await save.click();
  await expect(save).toHaveAttribute('aria-pressed', 'false');
  await expect(save).not.toHaveAttribute('data-pending');
  await tab(ann, 'Library').click();
  // What is open stays as it was; opened anew, it is what is kept by now.
  await library.getByRole('button', { name: 'Back' }).click();
  await library.getByRole('button', { name: 'Saved tracks' }).click();
  await expect(library.getByRole('button', { name: /^Play .+ by / }).first()).toBeVisible();
  await expect(library.getByRole('button', { name: `Play ${title} by` })).toHaveCount(0);
  await library.getByRole('button', { name: 'Back' }).click();
  await library.getByRole('button', { name: 'Your playlists' }).click();
  await library.getByRole('button', { name: /^Open / }).first().click();
  await library.getByRole('button', { name: /^Play .+ by / }).nth(1).click();
  await expect(library.getByRole('listitem').nth(1).getByRole('button', { name: /^Play .+ by / })).toHaveAttribute('aria-current', 'true');
  expect(await given(simulator)).toEqual(['play', 'play']);
});

test('music goes to another device of the account and comes back; where it plays is said', async ({ join, simulator }) => {
  const ann = await join('Ann');
  await ann.connect('Alice');
  await ann.playFromSearch(salt);
  await ann.button('Devices').click();
  await ann.player.getByRole('button', { name: /^Play on / }).first().click();
  await expect(ann.player.getByText(/^Playing on /).first()).toBeVisible();
  expect((await simulator.account('Alice')).paused).toBe(false);
  await expect.poll(async () => ann.sdkState().then((state) => state?.uri)).toBeNull();
  await ann.button('Bring it here').click();
  await expect(ann.button('Pause')).toBeVisible();
  expect((await ann.sdkState())?.paused).toBe(false);
  expect(await given(simulator)).toEqual(['play', 'transfer', 'transfer']);
});

test('keys work while the focus is within the player, and nowhere else', async ({ join, simulator }) => {
  const ann = await join('Ann');
  await ann.connect('Alice');
  await ann.playFromSearch(salt);
  const { keyboard } = ann.page;
  await ann.box.focus();
  await keyboard.type('kjnmp l');
  await expect(ann.box).toHaveValue('kjnmp l');
  await ann.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await keyboard.press('k');
  await ann.player.getByRole('searchbox', { name: 'Search tracks' }).focus();
  await keyboard.press('k');
  expect(await given(simulator)).toEqual(['play']);

  await ann.button('Pause').focus();
  await keyboard.press('k');
  await expect(ann.button('Play')).toBeVisible();
  await keyboard.press('k');
  await expect(ann.button('Pause')).toBeVisible();
  await keyboard.press('l');
  await expect.poll(() => given(simulator)).toEqual(['play', 'pause', 'resume', 'seek']);
  await keyboard.press('n');
  await expect.poll(() => given(simulator)).toContain('next');
  await keyboard.press('m');
  await expect(ann.button('Unmute')).toBeVisible();
  expect(await given(simulator)).toEqual(['play', 'pause', 'resume', 'seek', 'next', 'volume']);
});
