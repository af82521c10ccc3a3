import { inEmbed, onAccount, uriOf, type Listener } from './support/listener.ts';
import { expect, test } from './support/test.ts';
import { leftAlone } from './support/untouched.ts';
import type { Simulator } from './support/spotify.ts';
import type { Visitor } from './support/visitor.ts';

const [salt, stop] = ['Salt on the Window', 'Request Stop'] as const;

type Make = (visitor: Visitor, simulator: Simulator) => Listener;
const embed: Make = (visitor, simulator) => inEmbed(visitor, simulator, [salt, stop]);

/** On which engine A and B listen. */
const rooms: readonly [name: string, a: Make, b: Make][] = [
  ['two accounts', (visitor) => onAccount(visitor, 'Alice'), (visitor) => onAccount(visitor, 'Bob')],
  ['two embeds', embed, embed],
  ['an embed and an account', embed, (visitor) => onAccount(visitor, 'Bob')],
  ['an account and an embed', (visitor) => onAccount(visitor, 'Alice'), embed],
];

/** Asynchronous listening, as six stories. Every visitor is a browser context and an account, or an embed, of their own. */
for (const [room, makeA, makeB] of rooms) {
  test.describe(`one room, two players that never touch: ${room}`, () => {
    let ann: Listener;
    let ben: Listener;

    test.beforeEach(async ({ join, simulator }) => {
      const [a, b] = await Promise.all([join('Ann'), join('Ben')]);
      [ann, ben] = [makeA(a, simulator), makeB(b, simulator)];
      await ann.connect();
    });

    test('A starts a track: B, idle, stays idle', async ({ simulator }) => {
      await ben.connect();
      await leftAlone(simulator, ben, async () => {
        await ann.start(salt);
        await expect.poll(async () => (await ann.state())?.paused).toBe(false);
      });
      expect((await simulator.commands(await ann.account())).map(({ command }) => command)).toContain('play');
    });

    test('A starts a track: B keeps another one, its position advancing', async ({ simulator }) => {
      await ben.connect();
      await ben.start(stop);
      const before = await ben.state();
      await leftAlone(simulator, ben, () => ann.start(salt));
      await expect.poll(async () => (await ben.state())?.position).toBeGreaterThan((before?.position ?? 0) + 500);
    });

    test('A pauses and resumes, skips, and changes the volume or the position: B is unaffected', async ({ simulator }) => {
      await ben.connect();
      await ann.start(salt);
      await ben.start(stop);
      const { visitor } = ann;
      const first = (await ann.state())?.uri;
      await leftAlone(simulator, ben, async () => {
        await visitor.button('Pause').click();
        await expect(visitor.button('Play')).toBeVisible();
        await expect.poll(async () => (await ann.state())?.paused).toBe(true);
        await visitor.button('Play').click();
        await expect(visitor.button('Pause')).toBeVisible();
        await expect.poll(async () => (await ann.state())?.paused).toBe(false);
      });
      await leftAlone(simulator, ben, async () => {
        await visitor.button('Next').click();
        await expect.poll(async () => (await ann.state())?.uri).not.toBe(first);
        await visitor.button('Previous').click();
        await expect.poll(async () => (await ann.state())?.uri).toBe(first);
      });
      await leftAlone(simulator, ben, async () => {
        await visitor.slider('Seek').fill('20');
        await expect.poll(async () => (await ann.state())?.position).toBeGreaterThanOrEqual(20_000);
        await expect(visitor.slider('Volume')).toHaveCount(ann.hasVolume ? 1 : 0);
        if (!ann.hasVolume) return;
        await visitor.slider('Volume').fill('30');
        await expect.poll(async () => (await ann.state())?.volume).toBeCloseTo(0.3, 1);
        await visitor.button('Mute').click();
        await expect.poll(async () => (await ann.state())?.volume).toBe(0);
        await visitor.button('Unmute').click();
        await expect.poll(async () => (await ann.state())?.volume).toBeCloseTo(0.3, 1);
      });
    });

    test('A and B start different tracks at the same moment: both play on', async ({ simulator }) => {
      await ben.connect();
      await Promise.all([ann.start(salt), ben.start(stop)]);
      for (const [listener, title] of [[ann, salt], [ben, stop]] as const) {
        await expect.poll(async () => (await listener.state())?.uri).toBe(uriOf(title));
        const before = await listener.state();
        expect(before?.paused).toBe(false);
        await expect.poll(async () => (await listener.state())?.position).toBeGreaterThan((before?.position ?? 0) + 500);
        const commands = await simulator.commands(await listener.account());
        expect(commands.filter(({ command }) => command === 'play')).toHaveLength(1);
        expect(commands.every(({ deviceId }) => commands[0]?.deviceId === deviceId)).toBe(true);
      }
    });

    test('A plays: B comes, idle, and leaves; A is never interrupted', async ({ open, simulator }) => {
      await ann.start(salt);
      const cleo = await open('Cleo');
      await leftAlone(simulator, ann, async () => {
        await cleo.join();
        await expect(ann.visitor.member('Cleo')).toBeVisible();
        const words = `Hello, and goodbye, ${Date.now()}`;
        await cleo.say(words);
        await expect(ann.visitor.message(words)).toBeVisible();
        await cleo.leave();
        await expect(ann.visitor.member('Cleo')).toBeHidden();
      });
      expect((await ann.state())?.paused).toBe(false);
    });
  });
}
