import { expect, test } from './support/test.ts';

test('two players on one page: the second says why it cannot connect, and may once the first has let go', async ({ open }) => {
  const ann = await open('Ann', '/hosts/two-players.html');
  const [first, second] = [ann.player.nth(0), ann.player.nth(1)];
  const connect = async (player: typeof first, account: string): Promise<void> => {
    const popup = ann.page.waitForEvent('popup');
    await player.getByRole('button', { name: 'Connect Spotify' }).click();
    await (await popup).getByRole('button', { name: `Continue as ${account}` }).click();
  };
  await connect(first, 'Alice');
  await expect(first.getByRole('button', { name: 'Disconnect' })).toBeVisible();
  await connect(second, 'Bob');
  await expect(second.getByText(/room for one player/)).toBeVisible();
  await expect(first.getByRole('button', { name: 'Disconnect' })).toBeVisible();
  await first.getByRole('button', { name: 'Disconnect' }).click();
  await second.getByRole('button', { name: 'Try again' }).click();
  await expect(second.getByRole('button', { name: 'Disconnect' })).toBeVisible();
});

test('one of two players may be an embed: it waits its turn all the same', async ({ open, simulator }) => {
  const ann = await open('Ann', '/hosts/two-players.html');
  const [first, second] = [ann.player.nth(0), ann.player.nth(1)];
  await first.getByRole('button', { name: 'Listen without signing in' }).click();
  await expect(first.getByRole('button', { name: 'Disconnect' })).toBeVisible();
  await second.getByRole('button', { name: 'Listen without signing in' }).click();
  await expect(second.getByText(/room for one player/)).toBeVisible();
  await first.getByRole('button', { name: 'Disconnect' }).click();
  await second.getByRole('button', { name: 'Try again' }).click();
  await expect(second.getByRole('textbox', { name: 'Link to Spotify' })).toBeVisible();
  expect(await simulator.embeds()).toEqual([]);
});

test('side by side: two visitors in one window, and a log under each that shows only its own device', async ({ open }) => {
  const { page } = await open('Nobody', '/side-by-side.html');
  const side = (name: string) => page.frameLocator(`iframe[title="${name} visitor's page"]`);
  const log = (name: string) => page.getByRole('list', { name: "Commands for this visitor's device" }).nth(name === 'Left' ? 0 : 1);
  for (const [name, account] of [['Left', 'Carol'], ['Right', 'Dave']] as const) {
    await side(name).getByRole('textbox', { name: 'Your name' }).fill(`${name}y`);
    await side(name).getByRole('button', { name: 'Join' }).click();
    await expect(side(name).getByRole('textbox', { name: 'Message' })).toBeEditable();
    const popup = page.waitForEvent('popup');
    await side(name).getByRole('button', { name: 'Connect Spotify' }).click();
    await (await popup).getByRole('button', { name: `Continue as ${account}` }).click();
    await expect(side(name).getByRole('button', { name: 'Disconnect' })).toBeVisible();
  }
  await side('Left').getByRole('searchbox', { name: 'Search tracks' }).fill('Request Stop');
  await side('Left').getByRole('button', { name: /^Play Request Stop by / }).click();
  await expect(log('Left').getByText(/carol {2}play/)).toBeVisible();
  await side('Left').getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(log('Left').getByText(/carol {2}pause/)).toBeVisible();
  await expect(log('Right').getByRole('listitem')).toHaveCount(0);
  await expect(side('Right').getByRole('button', { name: 'Pause', exact: true })).toHaveCount(0);
});

test('sound is really heard: the element plays on, and its samples are not silence', async ({ join }) => {
  const ann = await join('Ann');
  await ann.connect('Alice');
  await ann.playFromSearch('Request Stop');
  const frame = ann.page.frames().find((candidate) => candidate.url().includes('/spotify/embedded'));
  expect(frame).toBeDefined();
  const sound = () =>
    frame!.evaluate(() => {
      const audio = document.querySelector('audio');
      return { at: audio?.currentTime ?? 0, silent: !audio || audio.paused || audio.muted || audio.volume === 0, src: audio?.currentSrc ?? '' };
    });
  await expect.poll(async () => (await sound()).silent).toBe(false);
  const { at, src } = await sound();
  await expect.poll(async () => (await sound()).at).toBeGreaterThan(at + 0.5);
  const loudest = await frame!.evaluate(async (address) => {
    const bytes = await (await fetch(address, { headers: { range: 'bytes=44-400000' } })).arrayBuffer();
    const samples = new Int16Array(bytes.slice(0, bytes.byteLength - (bytes.byteLength % 2)));
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32_768;
  }, src);
  expect(loudest).toBeGreaterThan(0.02);
});
