import type { Locator } from 'playwright/test';
import { chatAndPlay, expect, test } from './support/hosts.ts';
import type { Visitor } from './support/visitor.ts';

/** What `parts` look like to whoever measures them. */
async function looks(parts: Readonly<Record<string, Locator>>): Promise<Record<string, unknown>> {
  const measured: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(parts)) {
    measured[name] = await part.evaluate((element) => {
      const { width, height } = element.getBoundingClientRect();
      const { fontFamily, fontSize, fontStyle, letterSpacing, textTransform, textAlign, color, borderStyle, padding } = getComputedStyle(element);
      const style = { fontFamily, fontSize, fontStyle, letterSpacing, textTransform, textAlign, color, borderStyle, padding };
      return { box: [Math.round(width), Math.round(height)], ...style };
    });
  }
  return measured;
}

const atTheDoor = ({ player, chat }: Visitor): Record<string, Locator> => ({
  player,
  connect: player.getByRole('button', { name: 'Connect Spotify' }),
  chat,
  title: chat.getByRole('heading', { name: 'Lobby', exact: true }),
  name: chat.getByRole('textbox', { name: 'Your name' }),
  join: chat.getByRole('button', { name: 'Join' }),
});

/** `said` is the visitor's own message, `heard` the track that they play. */
const inside = (visitor: Visitor, said: string, heard: string): Record<string, Locator> => {
  const { player, chat, box } = visitor;
  return {
    player,
    track: player.getByRole('link', { name: heard, exact: true }).first(),
    pause: visitor.button('Pause'),
    seek: visitor.slider('Seek'),
    search: player.getByRole('searchbox', { name: 'Search tracks' }),
    result: player.getByRole('button', { name: `Play ${heard} by ` }).first(),
    tab: player.getByRole('tab').first(),
    chat,
    log: chat.getByRole('log', { name: 'Messages' }),
    row: visitor.row(said),
    said: visitor.message(said),
    members: chat.getByRole('list', { name: 'Members' }),
    member: visitor.member(visitor.name),
    box,
    send: chat.getByRole('button', { name: 'Send' }),
  };
};

test('a page that takes all styles back, resets, and counts from 62.5 %: the elements look as ever, chat and play', async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/plain.html');
  await expect(ann.chat.getByRole('button', { name: 'Join' })).toBeVisible();
  const usual = await looks(atTheDoor(ann));
  await ann.page.goto('/hosts/aggressive.html');
  await expect(ann.chat.getByRole('button', { name: 'Join' })).toBeVisible();
  expect(await looks(atTheDoor(ann))).toEqual(usual);
  const heard = await chatAndPlay(ann, neighbour);
  await ann.say('How does it look?');
  await expect(ann.message('How does it look?')).toBeVisible();
  await ann.button('Pause').hover();
  const parts = inside(ann, 'How does it look?', heard);
  const aggressive = await looks(parts);
  // Nothing but the page's rules is another: those of plain.html.
  await ann.page.locator('link[rel="stylesheet"]').evaluate(async (link: HTMLLinkElement) => {
    link.href = '/demo.css';
    await new Promise((resolve) => link.addEventListener('load', resolve, { once: true }));
  });
  expect(aggressive).toEqual(await looks(parts));
  expect(ann.complaints).toEqual([]);
  // A page that hides an element on purpose is obeyed.
  await ann.page.addStyleTag({ content: 'chat-room { display: none }' });
  await expect(ann.chat).toBeHidden();
});
