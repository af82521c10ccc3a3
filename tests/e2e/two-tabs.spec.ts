import { expect, test } from './support/test.ts';

test('two tabs of one visitor are two devices with one sign-in, and refresh it one after the other', async ({ join, simulator }) => {
  const ann = await join('Ann');
  await ann.connect('Alice');
  await ann.playFromSearch('Salt on the Window');
  const other = await ann.context.newPage();
  const refused: string[] = [];
  ann.context.on('response', (response) => {
    if (response.url().endsWith('/spotify/api/token') && !response.ok()) refused.push(`${response.status()}`);
  });
  await other.goto('/');
  const player = other.getByRole('region', { name: 'Music player' });
  // Nobody is asked: the sign-in is the browser's.
  await expect(player.getByRole('searchbox', { name: 'Search tracks' })).toBeVisible();
  await expect.poll(async () => (await simulator.account('Alice')).devices.length).toBe(3);

  // Both tabs need a new token at once.
  await simulator.fault('alice', 'token-expired', true);
  await player.getByRole('searchbox', { name: 'Search tracks' }).fill('the');
  await ann.player.getByRole('searchbox', { name: 'Search tracks' }).fill('salt on');
  await expect(player.getByRole('button', { name: /^Play .+ by / }).first()).toBeVisible();
  await expect(ann.player.getByRole('button', { name: /^Play Salt on the Window by / })).toBeVisible();
  expect(refused, 'refreshes that were refused').toEqual([]);
  expect((await ann.sdkState())?.paused, 'the first tab plays on').toBe(false);

  await player.getByRole('button', { name: /^Play .+ by / }).first().click();
  await expect(player.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect(ann.player.getByText(/Playing on/)).toBeVisible();
  await ann.player.getByRole('button', { name: 'Bring it here' }).click();
  await expect(ann.button('Pause')).toBeVisible();
});
