import { chatAndPlay, expect, test } from './support/hosts.ts';
import type { Visitor } from './support/visitor.ts';

/** What the elements look like to whoever measures them. */
async function looks({ player, chat }: Visitor): Promise<unknown[]> {
  const parts = [
    player,
    player.getByRole('button', { name: 'Connect Spotify' }),
    chat,
    chat.getByRole('heading', { name: 'Lobby', exact: true }),
    chat.getByRole('textbox', { name: 'Your name' }),
    chat.getByRole('button', { name: 'Join' }),
  ];
  const measured = [];
  for (const part of parts) {
    measured.push(
      await part.evaluate((element) => {
        const { width, height } = element.getBoundingClientRect();
        const { fontFamily, fontSize, fontStyle, letterSpacing, textTransform, textAlign, color, borderStyle, padding } = getComputedStyle(element);
        const style = { fontFamily, fontSize, fontStyle, letterSpacing, textTransform, textAlign, color, borderStyle, padding };
        return { box: [Math.round(width), Math.round(height)], ...style };
      }),
    );
  }
  return measured;
}

test('a page that takes all styles back, resets, and counts from 62.5 %: the elements look as ever, chat and play', async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/plain.html');
  await expect(ann.chat.getByRole('button', { name: 'Join' })).toBeVisible();
  const usual = await looks(ann);
  await ann.page.goto('/hosts/aggressive.html');
  await expect(ann.chat.getByRole('button', { name: 'Join' })).toBeVisible();
  expect(await looks(ann)).toEqual(usual);
  await chatAndPlay(ann, neighbour);
  expect(ann.complaints).toEqual([]);
  // A page that hides an element on purpose is obeyed.
  await ann.page.addStyleTag({ content: 'chat-room { display: none }' });
  await expect(ann.chat).toBeHidden();
});
