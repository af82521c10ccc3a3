import type { PlayerErrorCode, PlayerSnapshot, Remedy, Track } from '../../src/player/snapshot.ts';
import { stillClock, stillPlayer } from './fakes.ts';
import { harbour, longNamed, nightBus, shelf, tracks } from './music.ts';
import { click, type, within, type State } from './state.ts';
import { evening } from './people.ts';

type Change = Partial<PlayerSnapshot>;

export function player(change: Change, children: readonly Node[] = []): HTMLElementTagNameMap['room-player'] {
  const element = document.createElement('room-player');
  element.clientId = 'states';
  element.clock = stillClock(evening);
  element.createSession = () => stillPlayer(change, shelf);
  element.append(...children);
  return element;
}

const problem = (code: PlayerErrorCode, remedy: Remedy = 'none', retryAt?: number): Change => ({ problem: { code, remedy, ...(retryAt && { retryAt }) } });

export const plays = (track: Track = nightBus, change: Change = {}): Change => ({
  status: 'ready',
  track,
  paused: false,
  positionMs: 77_000,
  at: evening,
  volume: 0.7,
  queue: tracks.slice(1, 3),
  ...change,
});

const card = (name: string, title: string, change: Change, reach?: State['reach']): State => ({
  id: `room-player-${name}`,
  title,
  width: 360,
  make: () => player(change),
  ...(reach && { reach }),
});

const music = (name: string, title: string, width: number, track: Track, look: Readonly<Record<string, string>> = {}): State => ({
  id: `now-playing-${name}`,
  title,
  width,
  make() {
    const element = Object.assign(document.createElement('now-playing'), { playback: { track } });
    for (const [property, value] of Object.entries(look)) element.style.setProperty(property, value);
    return element;
  },
});

export const playerStates: readonly State[] = [
  card('signed-out', 'nothing was asked of Spotify', {}),
  card('popup-blocked', 'the window did not open', problem('popup-blocked', 'redirect')),
  card('signing-in', 'Spotify’s window is open', { status: 'signing-in' }),
  card('loading', 'the SDK is on its way', { status: 'loading' }),
  card('connecting', 'the device is not ready yet', { status: 'connecting' }),
  card('empty', 'nothing was chosen', { status: 'ready' }),
  card('playing', 'a track plays', plays(nightBus, { shuffle: true })),
  card('long-title', 'a title that does not fit; paused, repeating one', plays(longNamed, { paused: true, repeat: 'track' })),
  card('no-cover', 'a track without a cover, on a phone', plays({ ...harbour, artwork: null }, { volumeFixed: true })),
  card('elsewhere', 'another device plays', { status: 'elsewhere', elsewhere: 'Kitchen' }),
  card('reconnecting', 'the device went away', plays(nightBus, { status: 'reconnecting' })),
  card('rate-limited', 'Spotify asks for a pause', plays(nightBus, problem('rate-limited', 'none', evening + 24_000))),
  card('autoplay', 'the browser wants a click', plays(nightBus, { paused: true, ...problem('autoplay-blocked', 'resume') })),
  card('premium', 'the account is a free one', { status: 'failed', ...problem('premium-required') }),
  card('failed', 'the SDK was blocked', { status: 'failed', ...problem('sdk-blocked', 'retry') }),
  card('search', 'tracks were found', plays(), async (element) => {
    await type('night', element, 'track-search', 'input');
    await within(element, 'track-search', '[part~="result"]');
  }),
  card('queue', 'what comes next', plays(), async (element) => {
    await click(element, '#tab-queue');
    await within(element, 'player-queue', '[part~="result"]');
  }),
  card('library', 'the visitor’s library', plays(), (element) => click(element, '#tab-library')),
  {
    ...card('devices', 'the account’s devices', plays(), async (element) => {
      await click(element, 'player-devices', 'button.open');
      await within(element, 'player-devices', '[part="device"]');
    }),
    alone: true,
  },
  { ...card('wide', 'a card of its own, wider', plays()), width: 700 },
  music('row', 'a track', 360, nightBus),
  music('column', 'below its cover', 240, harbour, { '--now-playing-direction': 'column', '--now-playing-artwork': '100%' }),
];
