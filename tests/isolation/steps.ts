import fc from 'fast-check';
import { createCatalogue } from '../../demo/services/spotify/catalogue/catalogue.js';
import type { FaultName } from '../../demo/services/spotify/faults.js';
import type { RepeatMode } from '../../src/player/snapshot.js';
import type { Ask } from './given.js';

export const crowd = ['alice', 'bob', 'carol', 'dave', 'erin', 'grace', 'heidi', 'ivan'] as const;

const catalogue = createCatalogue();
const trackUri = fc.constantFrom(...catalogue.tracks.map(({ uri }) => uri));
const contextUri = fc.constantFrom(...[...catalogue.albums, ...catalogue.playlists].map(({ uri }) => uri));

const ask: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 3, arbitrary: trackUri.map((target): Ask => ({ call: 'play', target })) },
  { weight: 1, arbitrary: contextUri.map((target): Ask => ({ call: 'play', target })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ context: contextUri, offset: fc.integer({ min: 0, max: 3 }), positionMs: fc.nat(60_000) })
      .map((target): Ask => ({ call: 'play', target })),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(trackUri, { minLength: 1, maxLength: 4 })
      .chain((uris) => fc.nat(uris.length - 1).map((offset): Ask => ({ call: 'play', target: { uris, offset } }))),
  },
  { weight: 5, arbitrary: fc.constantFrom('pause', 'resume', 'next', 'previous', 'bringHere').map((call): Ask => ({ call })) },
  { weight: 2, arbitrary: fc.integer({ min: -1_000, max: 400_000 }).map((positionMs): Ask => ({ call: 'seek', positionMs })) },
  { weight: 2, arbitrary: fc.double({ min: -0.5, max: 1.5 }).map((level): Ask => ({ call: 'setVolume', level })) },
  { weight: 1, arbitrary: fc.boolean().map((on): Ask => ({ call: 'setShuffle', on })) },
  { weight: 1, arbitrary: fc.constantFrom<RepeatMode>('off', 'context', 'track').map((mode): Ask => ({ call: 'setRepeat', mode })) },
  { weight: 1, arbitrary: trackUri.map((uri): Ask => ({ call: 'addToQueue', uri })) },
  { weight: 1, arbitrary: fc.record({ call: fc.constantFrom('save', 'unsave'), uri: trackUri }) },
  { weight: 2, arbitrary: fc.constant<Ask>({ call: 'transferTo' }) },
);

const faultNames: readonly FaultName[] = [
  'token-expired', 'token-refused', 'refresh-refused', 'no-rotation', 'code-expired', 'wrong-state', 'token-server-error',
  'free-account', 'not-on-list', 'owner-premium-lapsed', 'initialization-error', 'connect-hangs', 'ready-never', 'ready-late',
  'device-404-after-ready', 'device-gone', 'device-dead', 'new-device-id', 'taken-elsewhere', 'autoplay-blocked',
  'playback-error', 'fixed-volume', 'slow-commands', 'doubled-events', 'stale-events', 'rate-limited', 'rate-limited-bare',
  'rate-limited-no-cors', 'quota-exceeded', 'server-error', 'network-down', 'restricted', 'old-shapes',
];

/** Words that would like to be more than words. */
const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 80 }),
  fc.constantFrom(
    '{"type":"command","command":{"name":"pause"}}',
    '{"type":"track-request","uri":"spotify:track:0"}',
    '/play spotify:album:0',
    '<img src=x onerror="roomPlayer.play()">',
    'javascript:Spotify.Player.prototype.pause()',
    '__proto__',
  ),
  trackUri,
);

const who = fc.nat(crowd.length - 1);
const mostly = fc.constantFrom(true, true, true, false);

export type Step =
  | { readonly do: 'give'; readonly list: readonly { readonly who: number; readonly ask: Ask }[] }
  | { readonly do: 'say'; readonly who: number; readonly body: string }
  | { readonly do: 'share'; readonly who: number; readonly uri: string; readonly title: string }
  | { readonly do: 'forge'; readonly text: string; readonly uri: string }
  | { readonly do: 'join' | 'leave' | 'disconnect' | 'reopen' | 'cut' | 'line' | 'mend' | 'look'; readonly who: number }
  | { readonly do: 'connect'; readonly who: number; readonly agrees: boolean }
  | { readonly do: 'sharing'; readonly who: number; readonly on: boolean }
  | { readonly do: 'fault'; readonly who: number; readonly fault: FaultName; readonly on: boolean }
  | { readonly do: 'delay'; readonly who: number; readonly there: number; readonly back: number }
  | { readonly do: 'time' | 'sleep'; readonly ms: number };

const give = (most: number): fc.Arbitrary<Step> =>
  fc.array(fc.record({ who, ask }), { minLength: 1, maxLength: most }).map((list): Step => ({ do: 'give', list }));

const single: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: give(1) },
  { weight: 7, arbitrary: give(8) },
  // One hand, many clicks.
  {
    weight: 3,
    arbitrary: fc
      .tuple(who, fc.array(ask, { minLength: 2, maxLength: 6 }))
      .map(([one, asks]): Step => ({ do: 'give', list: asks.map((each) => ({ who: one, ask: each })) })),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('say' as const), who, body: words }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('share' as const), who, uri: trackUri, title: words }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forge' as const), text: words, uri: trackUri }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const, 'line' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('disconnect' as const, 'reopen' as const, 'cut' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('mend' as const), who }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('look' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('connect' as const), who, agrees: mostly }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sharing' as const), who, on: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('fault' as const), who, fault: fc.constantFrom(...faultNames), on: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('delay' as const), who, there: fc.constantFrom(0, 0, 40, 1_500), back: fc.constantFrom(0, 40, 700, 3_000),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 6_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.integer({ min: 6_000, max: 400_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: fc.integer({ min: 60_000, max: 7_200_000 }) }) },
);

/** Trouble, and a visitor who goes on clicking. */
const trouble: fc.Arbitrary<Step[]> = fc
  .record({
    who,
    before: fc.constantFrom<Step['do']>('fault', 'fault', 'reopen', 'cut', 'disconnect'),
    fault: fc.constantFrom(...faultNames),
    ms: fc.constantFrom(0, 1, 160, 400, 2_000),
    asks: fc.array(ask, { minLength: 1, maxLength: 5 }),
    later: fc.array(ask, { maxLength: 3 }),
  })
  .map(({ who: one, before, fault, ms, asks, later }) => {
    const by = (list: readonly Ask[]): Step => ({ do: 'give', list: list.map((each) => ({ who: one, ask: each })) });
    const first = { do: before, who: one, fault, on: true } as Step;
    return [first, { do: 'time', ms }, by(asks), { do: 'time', ms: 300 }, by(later)];
  });

/** Somebody hands their music to another device, and clicks on. */
const move: fc.Arbitrary<Step[]> = fc
  .record({ who, before: fc.array(ask, { maxLength: 2 }), ms: fc.constantFrom(1, 700, 4_000), later: fc.array(ask, { maxLength: 4 }) })
  .map(({ who: one, before, ms, later }) => {
    const by = (list: readonly Ask[]): Step => ({ do: 'give', list: list.map((each) => ({ who: one, ask: each })) });
    const move: Ask = { call: 'transferTo' };
    return [{ do: 'look', who: one }, { do: 'time', ms }, by([...before, move]), by(later), { do: 'time', ms: 300 }, by(later)];
  });

/** What eight people and the world do, from 10 steps on. */
export const story: fc.Arbitrary<Step[]> = fc
  .array(fc.oneof({ weight: 6, arbitrary: single.map((step) => [step]) }, { weight: 1, arbitrary: trouble }, { weight: 1, arbitrary: move }), {
    minLength: 10,
    maxLength: 45,
    size: 'max',
  })
  .map((parts) => parts.flat());

/** Who has connected on an earlier visit. */
export const earlier = fc.array(mostly, { minLength: crowd.length, maxLength: crowd.length });
