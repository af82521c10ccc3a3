import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentUri,
  endsAt,
  hasPrevious,
  nothing,
  positionAt,
  reduce,
  settle,
  surroundings,
  type Action,
  type Playback,
} from '../../../demo/services/spotify/playback/playback.js';

const lengths: Record<string, number> = { a: 60_000, b: 90_000, c: 120_000, d: 75_000 };
const durationOf = (uri: string): number => lengths[uri] ?? 0;

/** A player that a test drives by hand. */
class Driver {
  now = 1_000;
  constructor(public playback: Playback = nothing) {}

  do(action: Action): this {
    this.wait(0);
    this.playback = reduce(this.playback, action, this.now, durationOf);
    return this;
  }

  wait(ms: number): this {
    this.now += ms;
    this.playback = settle(this.playback, this.now, durationOf).playback;
    return this;
  }

  start(items = ['a', 'b', 'c'], index: number | null = 0, positionMs = 0): this {
    return this.do({ type: 'start', contextUri: 'album', items, index, positionMs, seed: 1 });
  }

  get uri(): string | null {
    return currentUri(this.playback);
  }

  get position(): number {
    return positionAt(this.playback, this.now, durationOf);
  }
}

describe('time', () => {
  it('moves a playing position on, and only that', () => {
    const player = new Driver().start();
    expect(player.wait(2_500).position).toBe(2_500);
    player.do({ type: 'pause' });
    expect(player.wait(10_000).position).toBe(2_500);
    player.do({ type: 'resume' });
    expect(player.wait(500).position).toBe(3_000);
  });

  it('lets the next track follow the one that ended, by the millisecond', () => {
    const player = new Driver().start();
    expect(player.wait(59_999).uri).toBe('a');
    expect(player.wait(1).uri).toBe('b');
    expect(player.position).toBe(0);
    expect(player.wait(100_000).uri).toBe('c');
    expect(player.position).toBe(10_000);
  });

  it('ends paused at the first track when nothing follows', () => {
    const player = new Driver().start(['a', 'b'], 1);
    const { playback, endings } = settle(player.playback, player.now + 90_000, durationOf);
    expect(endings).toEqual([{ uri: 'b', at: player.now + 90_000, last: true }]);
    expect([currentUri(playback), playback.paused, playback.positionMs]).toEqual(['a', true, 0]);
  });

  it('goes on from the start with repeat, and with the same track with repeat track', () => {
    const all = new Driver().start(['a', 'b'], 1).do({ type: 'repeat', mode: 'context' });
    expect(all.wait(90_500).uri).toBe('a');
    expect(all.position).toBe(500);
    const one = new Driver().start().do({ type: 'repeat', mode: 'track' });
    expect(one.wait(150_000).uri).toBe('a');
    expect(one.position).toBe(30_000);
  });
});

describe('skipping', () => {
  it('goes forth and back, and starts what was paused', () => {
    const player = new Driver().start().do({ type: 'pause' }).do({ type: 'next' });
    expect([player.uri, player.playback.paused]).toEqual(['b', false]);
    expect(player.do({ type: 'previous' }).uri).toBe('a');
  });

  it('starts the track again when more than three seconds of it have passed', () => {
    const player = new Driver().start(['a', 'b'], 1);
    expect(player.wait(3_001).do({ type: 'previous' }).uri).toBe('b');
    expect(player.position).toBe(0);
    expect(player.wait(3_000).do({ type: 'previous' }).uri).toBe('a');
  });

  it('has nothing before the first track, unless the end leads there', () => {
    const player = new Driver().start();
    expect(hasPrevious(player.playback)).toBe(false);
    expect(player.wait(1_000).do({ type: 'previous' }).position).toBe(0);
    player.do({ type: 'repeat', mode: 'context' });
    expect(hasPrevious(player.playback)).toBe(true);
    expect(player.do({ type: 'previous' }).uri).toBe('c');
  });

  it('waits, paused, at the first track after the last', () => {
    const player = new Driver().start(['a'], 0).wait(5_000).do({ type: 'next' });
    expect([player.uri, player.playback.paused, player.position]).toEqual(['a', true, 0]);
  });

  it('goes to the next track on a seek past the end', () => {
    const player = new Driver().start().do({ type: 'seek', positionMs: 60_000 });
    expect([player.uri, player.position]).toEqual(['b', 0]);
    expect(player.do({ type: 'seek', positionMs: 89_999 }).wait(1).uri).toBe('c');
  });
});

describe('the queue', () => {
  it('comes before the context goes on, and the context waits where it was', () => {
    const player = new Driver().start().do({ type: 'enqueue', uri: 'd' });
    expect(surroundings(player.playback, 2)).toEqual({ previous: [], next: ['d', 'b'] });
    expect(player.wait(60_000).uri).toBe('d');
    expect(surroundings(player.playback, 2)).toEqual({ previous: ['a'], next: ['b', 'c'] });
    expect(player.wait(75_000).uri).toBe('b');
  });

  it('leads back to the context with previous', () => {
    const player = new Driver().start().do({ type: 'enqueue', uri: 'd' }).do({ type: 'next' });
    expect(player.do({ type: 'previous' }).uri).toBe('a');
  });
});

describe('shuffle', () => {
  it('keeps the current track and its position, then plays every other one once', () => {
    const player = new Driver().start(['a', 'b', 'c', 'd'], 1).wait(4_000).do({ type: 'shuffle', on: true, seed: 7 });
    expect([player.uri, player.position]).toEqual(['b', 4_000]);
    const heard = ['b'];
    for (let i = 0; i < 3; i++) heard.push(player.do({ type: 'next' }).uri ?? '');
    expect([...heard].sort()).toEqual(['a', 'b', 'c', 'd']);
    const last = player.uri;
    player.do({ type: 'shuffle', on: false, seed: 0 });
    expect(player.uri).toBe(last);
    expect(player.playback.order).toEqual([0, 1, 2, 3]);
  });
});

const command = fc.oneof(
  fc.constantFrom<Action>({ type: 'pause' }, { type: 'resume' }, { type: 'next' }, { type: 'previous' }),
  fc.integer({ min: -10, max: 130_000 }).map((positionMs): Action => ({ type: 'seek', positionMs })),
  fc.tuple(fc.boolean(), fc.nat()).map(([on, seed]): Action => ({ type: 'shuffle', on, seed })),
  fc.constantFrom('off', 'context', 'track').map((mode): Action => ({ type: 'repeat', mode: mode as 'off' })),
  fc.constantFrom('a', 'b', 'c', 'd').map((uri): Action => ({ type: 'enqueue', uri })),
  fc
    .tuple(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 }), fc.nat({ max: 5 }), fc.nat())
    .map(([items, index, seed]): Action => ({
      type: 'start',
      contextUri: null,
      items,
      index: index % items.length,
      positionMs: 0,
      seed,
    })),
);
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 200_000 }), command), { maxLength: 25 });

describe('whatever is done, in whatever order', () => {
  const after = (list: readonly (readonly [number, Action])[]): Driver =>
    list.reduce((player, [ms, action]) => player.wait(ms).do(action), new Driver());

  it('the position lies within the track, and the place within the order', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const player = after(list);
        const { playback, uri, position } = player;
        if (uri === null) {
          expect([playback.paused, position]).toEqual([true, 0]);
          return;
        }
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThan(durationOf(uri));
        expect([...playback.order].sort()).toEqual(playback.items.map((_, i) => i));
        expect(playback.place).toBeLessThan(playback.order.length);
      }),
    );
  });

  it('looking in between changes nothing', () => {
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 0, max: 900_000 }),
        fc.integer({ min: 0, max: 900_000 }),
        (list, one, two) => {
          const { playback, now } = after(list);
          const [sooner, later] = [now + Math.min(one, two), now + Math.max(one, two)];
          const inTwoSteps = settle(settle(playback, sooner, durationOf).playback, later, durationOf).playback;
          expect(inTwoSteps).toEqual(settle(playback, later, durationOf).playback);
        },
      ),
    );
  });

  it('a paused player stays as it is for ever, a playing one knows its end', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { playback, now } = after(list);
        const end = endsAt(playback, durationOf);
        if (playback.paused) {
          expect(end).toBeNull();
          expect(settle(playback, now + 1e9, durationOf).playback).toBe(playback);
        } else {
          expect(end).toBeGreaterThan(now);
          expect(settle(playback, (end ?? 0) - 1, durationOf).endings).toEqual([]);
          expect(settle(playback, end ?? 0, durationOf).endings).toHaveLength(1);
        }
      }),
    );
  });

  it('an action never changes the value that it began with', () => {
    fc.assert(
      fc.property(steps, command, (list, action) => {
        const { playback, now } = after(list);
        const before = structuredClone(playback);
        reduce(playback, action, now, durationOf);
        expect(playback).toEqual(before);
      }),
    );
  });
});
