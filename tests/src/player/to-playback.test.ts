import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionAt } from '../../../src/player/snapshot.js';
import { timestampOf, toPlayback, type SdkState } from '../../../src/player/to-playback.js';
import { sdkState, sdkTrack } from './support/states.js';

const now = 1_700_000_000_000;
const isDeepFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen));

describe("the SDK's state as a playback", () => {
  it('has a large cover for what plays, and a small one for what is only listed', () => {
    const album = { name: 'x', uri: 'y', images: [300, 640].map((width) => ({ url: `https://i.scdn.co/${width}`, width, height: width })) };
    const playback = toPlayback(
      sdkState('a', { track_window: { current_track: { ...sdkTrack('a'), album }, previous_tracks: [], next_tracks: [{ ...sdkTrack('b'), album }] } }),
      now,
    );
    expect(playback?.track?.artwork).toBe('https://i.scdn.co/640');
    expect(playback?.queue[0]?.artwork).toBe('https://i.scdn.co/300');
  });

  it('tells the track, its place and what surrounds it', () => {
    const playback = toPlayback(
      sdkState('a', {
        position: 12_345.6,
        shuffle: true,
        repeat_mode: 2,
        context: { uri: 'spotify:album:x', metadata: null },
        track_window: {
          current_track: sdkTrack('a'),
          previous_tracks: [sdkTrack('z')],
          next_tracks: [sdkTrack('b'), sdkTrack('c')],
        },
        disallows: {
          skipping_prev: true,
          toggling_repeat_context: true,
          toggling_repeat_track: true,
          toggling_shuffle: false,
        },
      }),
      now,
    );
    expect(playback).toMatchObject({
      track: { uri: 'spotify:track:a', title: 'Track a', durationMs: 200_000, artwork: 'https://i.scdn.co/a' },
      contextUri: 'spotify:album:x',
      paused: false,
      positionMs: 12_346,
      at: now,
      shuffle: true,
      repeat: 'track',
      queue: [{ uri: 'spotify:track:b' }, { uri: 'spotify:track:c' }],
      previous: [{ uri: 'spotify:track:z' }],
      disallows: ['skipping-previous', 'repeating'],
    });
    expect(isDeepFrozen(playback)).toBe(true);
  });

  it.each([
    [0, 'off'],
    [1, 'context'],
    [2, 'track'],
    [undefined, 'off'],
  ] as const)('reads repeat_mode %j as the documentation does: %s', (mode, expected) => {
    expect(toPlayback(sdkState('a', { repeat_mode: mode }), now)?.repeat).toBe(expected);
  });

  it('is null once playback moved to another device', () => {
    expect(toPlayback(null, now)).toBeNull();
    expect(toPlayback(undefined, now)).toBeNull();
  });

  it('never tells a position beyond the end', () => {
    expect(toPlayback(sdkState('a', { position: 999_999 }), now)?.positionMs).toBe(200_000);
    expect(toPlayback(sdkState('a', { position: -5 }), now)?.positionMs).toBe(0);
    expect(toPlayback(sdkState('a', { position: NaN }), now)?.positionMs).toBe(0);
  });

  it('reads seconds for ms where the length gives them away', () => {
    expect(toPlayback(sdkState('a', { position: 95, duration: 200 }), now)).toMatchObject({
      positionMs: 95_000,
      track: { durationMs: 200_000 },
    });
    expect(toPlayback(sdkState('a', { position: 95 }), now)?.positionMs).toBe(95);
  });

  it("takes the state's length for a track that lacks one", () => {
    const state = sdkState('a', {
      duration: 90_000,
      position: 1000,
      track_window: { current_track: { ...sdkTrack('a'), duration_ms: null } },
    });
    expect(toPlayback(state, now)).toMatchObject({ positionMs: 1000, track: { durationMs: 90_000 } });
  });

  it('is paused where the state does not say', () => {
    expect(toPlayback({}, now)).toMatchObject({ track: null, paused: true, positionMs: 0, queue: [] });
  });

  it('has the timestamp where there is one', () => {
    expect(timestampOf(sdkState('a', { timestamp: 5 }))).toBe(5);
    expect(timestampOf(sdkState('a'))).toBeNull();
    expect(timestampOf(null)).toBeNull();
  });
});

describe('whatever the SDK hands over', () => {
  const junk = fc.anything({ maxDepth: 2 });
  const field = <T>(likely: fc.Arbitrary<T>): fc.Arbitrary<T | unknown> =>
    fc.oneof({ arbitrary: likely, weight: 4 }, { arbitrary: junk, weight: 1 });
  const aTrack = fc.record(
    {
      uri: field(fc.constantFrom('spotify:track:a', 'spotify:track:b')),
      name: field(fc.string()),
      duration_ms: field(fc.integer({ min: 0, max: 1_000_000 })),
      artists: field(fc.array(fc.record({ name: fc.string(), uri: fc.string() }))),
      album: field(
        fc.record({
          name: fc.string(),
          uri: fc.string(),
          images: fc.array(fc.record({ url: fc.string(), width: fc.option(fc.nat()) })),
        }),
      ),
    },
    { requiredKeys: [] },
  );
  const aState = fc.oneof(
    fc.constant(null),
    fc.record(
      {
        paused: field(fc.boolean()),
        position: field(fc.double()),
        duration: field(fc.double()),
        timestamp: field(fc.nat()),
        repeat_mode: field(fc.nat(3)),
        shuffle: field(fc.boolean()),
        context: field(fc.record({ uri: fc.string() })),
        disallows: field(fc.dictionary(fc.constantFrom('pausing', 'seeking', 'skipping_next'), fc.boolean())),
        track_window: field(
          fc.record({
            current_track: field(aTrack),
            next_tracks: field(fc.array(field(aTrack))),
            previous_tracks: field(fc.array(field(aTrack))),
          }),
        ),
      },
      { requiredKeys: [] },
    ),
  ) as fc.Arbitrary<SdkState>;

  it('becomes a frozen playback with a position within its track, or null', () => {
    fc.assert(
      fc.property(aState, fc.nat(), (state, later) => {
        const playback = toPlayback(state, now);
        timestampOf(state);
        if (!playback) return;
        expect(isDeepFrozen(playback)).toBe(true);
        expect(playback.positionMs).toBeGreaterThanOrEqual(0);
        expect(playback.positionMs).toBeLessThanOrEqual(playback.track?.durationMs ?? 0);
        expect(['off', 'context', 'track']).toContain(playback.repeat);
        expect(typeof playback.paused).toBe('boolean');
        const position = positionAt(playback, now + later);
        expect(position).toBeGreaterThanOrEqual(playback.positionMs);
        expect(position).toBeLessThanOrEqual(playback.track?.durationMs ?? 0);
        for (const { uri, title, durationMs } of [...playback.queue, ...playback.previous]) {
          expect([typeof uri, typeof title, Number.isFinite(durationMs)]).toEqual(['string', 'string', true]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
