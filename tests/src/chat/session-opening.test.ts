import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { inTheRoom, visitor } from './visitor.js';

const offline = (): never => {
  throw new ChatError('network');
};

/** Known, and kept out so far by a network that was away. */
async function keptOut(): Promise<ReturnType<typeof visitor>> {
  const one = visitor();
  one.gateway.userId = 'known';
  one.database.enter('known', 'Kim');
  one.gateway.before = offline;
  one.session.start();
  await settled();
  return one;
}

describe('opening a room', () => {
  it('asks a stranger for a name, and makes no account before', async () => {
    const { session, gateway, told } = visitor();
    expect(session.snapshot).toMatchObject({ status: 'loading', room: null, me: null, messages: [], members: [] });
    session.start();
    await settled();
    expect(session.snapshot).toMatchObject({ status: 'signed-out', room: { title: 'The lobby' }, me: null, problem: null });
    expect(gateway.count('join')).toBe(0);
    expect(told.every((snapshot) => Object.isFrozen(snapshot) && Object.isFrozen(snapshot.messages))).toBe(true);
  });

  it('joins by the name given, reads the newest page and goes live', async () => {
    const database = new FakeRoom();
    database.fill(120);
    const { session, told } = await inTheRoom('  Ann  ', database);
    expect(session.snapshot).toMatchObject({ status: 'ready', me: { name: 'Ann' }, hasOlder: true, problem: null });
    expect(session.snapshot.messages.map((message) => message.body)).toEqual(
      Array.from({ length: 50 }, (_, i) => `message ${71 + i}`),
    );
    expect([...new Set(told.map((snapshot) => snapshot.status))]).toEqual(['signed-out', 'connecting', 'ready']);
  });

  it('lets a known visitor in without asking', async () => {
    const one = visitor();
    one.gateway.userId = 'known';
    one.database.enter('known', 'Kim');
    one.session.start();
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'ready', me: { id: 'known', name: 'Kim' } });
  });

  it('asks somebody for a name who has an account and no name', async () => {
    const one = visitor();
    one.gateway.userId = 'nameless';
    one.session.start();
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', problem: null });
    await one.session.join('Noa');
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'ready', me: { id: 'nameless', name: 'Noa' } });
  });

  it.each([
    ['empty', ''],
    ['blank', '   '],
    ['of no width', '\u200b'],
    ['of 41 characters', 'x'.repeat(41)],
    ['that turns its surroundings', 'a\u202eb'],
    ['with a control character', 'a\u0007b'],
  ])('refuses a name %s without asking the database', async (_, name) => {
    const one = visitor();
    one.session.start();
    await settled();
    await one.session.join(name);
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', problem: { code: 'name-invalid' } });
    expect(one.gateway.count('join')).toBe(0);
  });

  it('counts a name in characters, not in UTF-16 units', async () => {
    const one = await inTheRoom('🎧'.repeat(40));
    expect(one.session.snapshot.status).toBe('ready');
  });

  it.each(['guests-refused', 'rate-limited', 'network', 'not-signed-in'] as const)('keeps the form when joining fails with %s', async (code) => {
    const one = visitor();
    one.session.start();
    await settled();
    one.gateway.before = () => {
      throw new ChatError(code, '', code === 'rate-limited' ? 9 : undefined);
    };
    await one.session.join('Ann');
    const problem = code === 'rate-limited' ? { code, waitSeconds: 9 } : { code };
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', problem });
    one.gateway.before = () => {};
    await one.session.join('Ann');
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('says that there is no such room, and does not ask again', async () => {
    const one = visitor(undefined, undefined, 'nowhere');
    one.session.start();
    await one.clock.advance(120_000);
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'room-unknown' } });
    expect(one.gateway.count('find')).toBe(1);
  });

  it('says at once that there is no network, and gets in by itself when there is', async () => {
    const one = visitor();
    one.gateway.before = offline;
    one.session.start();
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'network' } });
    one.gateway.before = () => {};
    one.wake();
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', problem: null });
  });

  it('counts no answer as no network', async () => {
    const one = visitor();
    one.gateway.before = () => new Promise(() => {});
    one.session.start();
    await one.clock.advance(15_000);
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'network' } });
  });

  it('tries again later and later while there is no network', async () => {
    const one = visitor();
    one.gateway.before = offline;
    one.session.start();
    await one.clock.advance(10_000);
    const early = one.gateway.count('find');
    await one.clock.advance(600_000);
    expect(early).toBeGreaterThanOrEqual(3);
    // 22.5 s at most with this jitter.
    expect(one.gateway.count('find')).toBeLessThan(early + 30);
  });

  it('is not shut by a question that hung, and failed when the next one had been answered', async () => {
    const one = await keptOut();
    const hanging: ((reason: Error) => void)[] = [];
    one.gateway.before = () => (hanging.length ? undefined : new Promise((_, reject) => hanging.push(reject)));
    // A laptop that wakes: online, then visible.
    one.wake();
    await settled();
    one.wake();
    await settled();
    const opened = one.told.length;
    expect(one.session.snapshot.status).toBe('ready');
    hanging[0]?.(new ChatError('network'));
    await one.clock.advance(60_000);
    expect(one.told.slice(opened).map(({ status }) => status)).not.toContain('failed');
    expect(one.gateway.count('join')).toBe(1);
  });

  it('is not entered once more by a try that was to come after one that failed', async () => {
    const one = await keptOut();
    const asked: { answer(): void; fail(): void }[] = [];
    one.gateway.before = (method) => {
      if (method !== 'find' || asked.length === 2) return;
      return new Promise((answer, reject) => asked.push({ answer, fail: () => reject(new ChatError('network')) }));
    };
    one.wake();
    await settled();
    one.wake();
    await settled();
    asked[0]?.fail();
    await settled();
    asked[1]?.answer();
    await settled();
    const opened = one.told.length;
    expect(one.session.snapshot.status).toBe('ready');
    await one.clock.advance(40_000);
    expect(one.told.slice(opened).map(({ status }) => status)).not.toContain('reconnecting');
    expect(one.gateway.count('join')).toBe(1);
  });

  it('starts over when asked after a failure', async () => {
    const one = visitor();
    one.gateway.before = () => {
      throw new ChatError('key-refused');
    };
    one.session.start();
    await settled();
    expect(one.session.snapshot.problem).toEqual({ code: 'key-refused' });
    one.gateway.before = () => {};
    one.session.start();
    await settled();
    expect(one.session.snapshot.status).toBe('signed-out');
  });
});

describe('leaving', () => {
  it('leaves nothing behind: no line, no timer, no word', async () => {
    const one = await inTheRoom();
    one.session.send('on its way');
    one.session.dispose();
    const told = one.told.length;
    await settled();
    one.database.fill(3);
    one.wake();
    await settled();
    expect(one.gateway.disposed).toBe(true);
    expect(one.database.lines.size).toBe(0);
    expect(one.told).toHaveLength(told);
    await one.clock.advance(20_000);
    expect(one.clock.waiting).toBe(0);
    one.session.dispose();
    one.session.start();
    await settled();
    expect(one.told).toHaveLength(told);
  });

  it('may come at any moment of opening', async () => {
    for (let turns = 0; turns < 12; turns++) {
      const one = visitor();
      one.gateway.userId = 'known';
      one.database.enter('known', 'Kim');
      one.session.start();
      for (let i = 0; i < turns; i++) await Promise.resolve();
      one.session.dispose();
      await one.clock.advance(20_000);
      expect(one.database.lines.size).toBe(0);
      expect(one.clock.waiting).toBe(0);
    }
  });
});
