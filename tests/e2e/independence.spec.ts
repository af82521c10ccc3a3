import { expect, test } from './support/test.ts';
import { untouched } from './support/untouched.ts';

/** Asynchronous listening, as six stories. Every visitor is a browser context and an account of their own. */
test.describe('one room, two players that never touch', () => {
  test('A starts a track: B, idle, stays idle', async ({ join, simulator }) => {
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    await ann.connect('Alice');
    await ben.connect('Bob');
    await untouched(simulator, ben, 'Bob', async () => {
      await ann.playFromSearch('Salt on the Window');
      await expect.poll(async () => (await simulator.account('Alice')).paused).toBe(false);
    });
    expect((await simulator.commands('Alice')).map(({ command }) => command)).toContain('play');
  });

  test('A starts a track: B keeps another one, its position advancing', async ({ join, simulator }) => {
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    await ann.connect('Alice');
    await ben.connect('Bob');
    await ben.playFromSearch('Request Stop');
    const before = await ben.sdkState();
    await untouched(simulator, ben, 'Bob', async () => {
      await ann.playFromSearch('Salt on the Window');
    });
    await expect.poll(async () => (await ben.sdkState())?.position).toBeGreaterThan((before?.position ?? 0) + 500);
  });

  test('A pauses and resumes: B is unaffected', async ({ join, simulator }) => {
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    await ann.connect('Alice');
    await ben.connect('Bob');
    await ann.playFromSearch('Salt on the Window');
    await ben.playFromSearch('Request Stop');
    await untouched(simulator, ben, 'Bob', async () => {
      await ann.button('Pause').click();
      await expect(ann.button('Play')).toBeVisible();
      await expect.poll(async () => (await ann.sdkState())?.paused).toBe(true);
      await ann.button('Play').click();
      await expect(ann.button('Pause')).toBeVisible();
      await expect.poll(async () => (await ann.sdkState())?.paused).toBe(false);
    });
  });

  test("A skips forth and back: B's track and queue stay", async ({ join, simulator }) => {
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    await ann.connect('Alice');
    await ben.connect('Bob');
    await ann.playFromSearch('Salt on the Window');
    await ben.playFromSearch('Request Stop');
    const first = (await ann.sdkState())?.uri;
    await untouched(simulator, ben, 'Bob', async () => {
      await ann.button('Next').click();
      await expect.poll(async () => (await ann.sdkState())?.uri).not.toBe(first);
      await ann.button('Previous').click();
      await expect.poll(async () => (await ann.sdkState())?.uri).toBe(first);
    });
  });

  test("A changes the volume: B's stays", async ({ join, simulator }) => {
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    await ann.connect('Alice');
    await ben.connect('Bob');
    await ann.playFromSearch('Salt on the Window');
    await ben.playFromSearch('Request Stop');
    await untouched(simulator, ben, 'Bob', async () => {
      await ann.slider('Volume').fill('30');
      await expect.poll(async () => (await ann.sdkState())?.volume).toBeCloseTo(0.3, 1);
      await ann.button('Mute').click();
      await expect.poll(async () => (await ann.sdkState())?.volume).toBe(0);
      await ann.button('Unmute').click();
      await expect.poll(async () => (await ann.sdkState())?.volume).toBeCloseTo(0.3, 1);
    });
  });

  test('A and B start different tracks at the same moment: both play on', async ({ join, simulator }) => {
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    await ann.connect('Alice');
    await ben.connect('Bob');
    const [one, other] = await Promise.all([ann.playFromSearch('Salt on the Window'), ben.playFromSearch('Request Stop')]);
    expect(one).not.toBe(other);
    for (const [visitor, account, title] of [[ann, 'Alice', one], [ben, 'Bob', other]] as const) {
      const before = await visitor.sdkState();
      expect(before?.paused).toBe(false);
      await expect.poll(async () => (await visitor.sdkState())?.position).toBeGreaterThan((before?.position ?? 0) + 500);
      expect((await visitor.sdkState())?.uri).toBe(before?.uri);
      await expect(visitor.player.getByRole('link', { name: title, exact: true }).first()).toBeVisible();
      const commands = await simulator.commands(account);
      expect(commands.filter(({ command }) => command === 'play')).toHaveLength(1);
      expect(commands.every(({ deviceId }) => commands[0]?.deviceId === deviceId)).toBe(true);
    }
  });

  test('A plays: B joins, idle, and leaves; A is never interrupted', async ({ join, open, simulator }) => {
    const ann = await join('Ann');
    await ann.connect('Alice');
    await ann.playFromSearch('Salt on the Window');
    const ben = await open('Ben');
    await untouched(simulator, ann, 'Alice', async () => {
      await ben.join();
      await expect(ann.member('Ben')).toBeVisible();
      await ben.say('Hello, and goodbye');
      await expect(ann.message('Hello, and goodbye')).toBeVisible();
      await ben.leave();
      await expect(ann.member('Ben')).toBeHidden();
    });
    expect((await ann.sdkState())?.paused).toBe(false);
  });
});
