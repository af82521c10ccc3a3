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

test('Disconnect in one tab is meant for all: the music stops, the others no longer see it, a reload signs nobody in', async ({ join, simulator }) => {
  const [ann, ben] = [await join('Ann'), await join('Ben')];
  await ann.connect('Alice');
  await ann.playFromSearch('Salt on the Window');
  await ann.chat.getByRole('switch', { name: 'Show others what I am listening to' }).click();
  await expect(ben.member('Ann').getByText('Salt on the Window').first()).toBeVisible();
  const other = await ann.context.newPage();
  await other.goto('/');
  const player = other.getByRole('region', { name: 'Music player' });
  await expect(player.getByRole('searchbox', { name: 'Search tracks' })).toBeVisible();

  await player.getByRole('button', { name: 'Disconnect' }).click();
  await expect(ann.button('Connect Spotify')).toBeVisible();
  await expect(player.getByRole('button', { name: 'Connect Spotify' })).toBeVisible();
  await expect(ben.member('Ann').getByText('Salt on the Window')).toHaveCount(0, { timeout: 5_000 });
  // The account's own phone is all that is left.
  await expect.poll(async () => (await simulator.account('Alice')).devices.length).toBe(1);
  expect(await ann.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('spotify') || key.endsWith(':last') || key.endsWith(':disconnected')))).toEqual([]);
  await ann.page.reload();
  await expect(ann.button('Connect Spotify')).toBeVisible();
});
