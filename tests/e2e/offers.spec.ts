import { uriOf } from './support/listener.ts';
import { expect, test } from './support/test.ts';

test('what the page offers is one Play away for somebody who has nothing to go on with', async ({ join, simulator }) => {
  const ann = await join('Ann');
  const uris = ['Salt on the Window', 'Request Stop'].map(uriOf);
  await ann.page.locator('room-player').evaluate((player, list) => Object.assign(player, { uris: [...list, 'nonsense'] }), uris);
  // Of Alice's queue other tests may have left something.
  await ann.connect('Dave');
  await expect(ann.player.getByText('Press Play to hear what this page offers')).toBeVisible();
  expect(ann.complaints, 'what the author reads').toContainEqual(expect.stringContaining('cannot play nonsense'));
  expect(await simulator.commands('Dave'), 'nothing plays unasked').toEqual([]);

  await ann.button('Play').click();
  await expect(ann.player.getByRole('link', { name: 'Salt on the Window', exact: true }).first()).toBeVisible();
  expect((await simulator.commands('Dave')).map(({ command, body }) => [command, (body as { uris?: string[] }).uris])).toEqual([['play', uris]]);
  await ann.button('Next').click();
  await expect(ann.player.getByRole('link', { name: 'Request Stop', exact: true }).first()).toBeVisible();

  // From now on there is something to go on with.
  await ann.page.reload();
  await expect(ann.player.getByText('Press Play to go on where you were')).toBeVisible();
});
