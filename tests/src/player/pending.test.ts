import { describe, expect, it, vi } from 'vitest';
import { effects, PendingCommands } from '../../../src/player/pending.js';
import { FakeClock } from './support/fake-clock.js';
import { playing } from './support/states.js';

describe('pending commands', () => {
  it('end with their effect, and only with that', () => {
    const pending = new PendingCommands(new FakeClock(), () => expect.unreachable());
    pending.add('pause', effects.pause());
    expect(pending.observe(playing('a', 0))).toBe(false);
    expect(pending.observe(null)).toBe(false);
    expect(pending.names).toEqual(['pause']);
    expect(pending.observe(playing('a', 0, { paused: true }))).toBe(true);
    expect(pending.names).toEqual([]);
  });

  it('end by time, sooner once the engine took them, and tell whether anything was heard', async () => {
    const clock = new FakeClock();
    const expired = vi.fn();
    const pending = new PendingCommands(clock, expired);
    pending.add('pause', effects.pause());
    pending.add('shuffle', effects.shuffle(true)).taken();
    pending.observe(playing('a', 0));
    await clock.advance(6000);
    expect(expired.mock.calls).toEqual([['shuffle', true]]);
    await clock.advance(24_000);
    expect(expired.mock.calls).toEqual([
      ['shuffle', true],
      ['pause', true],
    ]);
    expect(clock.waiting).toBe(0);
  });

  it('keep the same list while nothing changes', () => {
    const pending = new PendingCommands(new FakeClock(), () => undefined);
    const { names } = pending;
    pending.observe(null);
    pending.clear();
    expect(pending.names).toBe(names);
    pending.add('volume', () => false);
    const one = pending.names;
    pending.add('volume', () => false);
    expect(pending.names).toBe(one);
    expect(Object.isFrozen(one)).toBe(true);
  });

  it('that were replaced neither end nor expire the ones in their place', async () => {
    const clock = new FakeClock();
    const expired = vi.fn();
    const pending = new PendingCommands(clock, expired);
    const first = pending.add('seek', effects.seek(1, 0));
    pending.add('seek', effects.seek(2, 0));
    first.taken();
    first.remove();
    await clock.advance(29_999);
    expect(pending.names).toEqual(['seek']);
    await clock.advance(1);
    expect(expired).toHaveBeenCalledOnce();
  });
});

describe('the effect of', () => {
  const before = playing('a', 0, { positionMs: 50_000 });

  it.each([
    ['play: another track', effects.play(before, 'spotify:track:b'), playing('b', 9), true],
    [
      'play: the same one from its start',
      effects.play(before, 'spotify:track:a'),
      playing('a', 9, { positionMs: 10 }),
      true,
    ],
    [
      'play: the album that was asked for',
      effects.play(before, 'spotify:album:x'),
      playing('a', 9, { contextUri: 'spotify:album:x', positionMs: 50_000 }),
      true,
    ],
    [
      'play: a late event of what played before',
      effects.play(before, 'spotify:track:b'),
      playing('a', 9, { positionMs: 50_009 }),
      false,
    ],
    [
      'play: a track that is still paused',
      effects.play(before, 'spotify:track:b'),
      playing('b', 9, { paused: true }),
      false,
    ],
    ['next: a late event', effects.skip(before), playing('a', 9, { positionMs: 50_009 }), false],
    ['next: another track', effects.skip(before), playing('b', 9, { positionMs: 50_009 }), true],
    ['previous: the start of this one', effects.skip(before), playing('a', 9, { positionMs: 0 }), true],
    ['seek: a late event', effects.seek(90_000, 0), playing('a', 9, { positionMs: 50_009 }), false],
    ['seek: there, some time later', effects.seek(90_000, 0), playing('a', 5000, { positionMs: 95_000 }), true],
    ['transfer: a device without a track', effects.transfer(), playing('a', 0, { track: null }), false],
  ])('%s', (_name, effect, now, expected) => {
    expect(effect(now)).toBe(expected);
  });
});
