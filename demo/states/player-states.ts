import type { PlayerErrorCode, PlayerSnapshot, Remedy, Track } from '../../src/player/snapshot.ts';
import { adopt, checkedUris, EmbedPanel, embedStyles, Shortcuts } from '../../elements/room-player/embed.ts';
import { evening } from './evening.ts';
import { night, stillEmbed, stillPlayer, type Shelf } from './fakes.ts';
import { harbour, longNamed, nightBus, shelf, tracks } from './music.ts';
import { click, press, type, within, type State } from './state.ts';

type Change = Partial<PlayerSnapshot>;

type Player = HTMLElementTagNameMap['room-player'];

export function player(change: Change, children: readonly Node[] = [], holds: Partial<Shelf> = {}): Player {
  const element = document.createElement('room-player');
  element.clientId = 'states';
  element.clock = night;
  element.createSession = () => stillPlayer(change, { ...shelf, ...holds });
  element.append(...children);
  return element;
}

/** A player on Spotify's embed. */
function embed(change: Change): Player {
  const element = player({});
  element.loadEmbed = async () => ({ adopt, checkedUris, EmbedPanel, embedStyles, Shortcuts, createEmbedSession: () => stillEmbed(change, shelf) });
  return element;
}

/** As if the visitor clicked: nothing else brings an embed (I4), and here nobody does. */
async function listen(element: HTMLElement): Promise<void> {
  Object.defineProperty(navigator, 'userActivation', { configurable: true, value: undefined });
  try {
    await (element as Player).listenWithoutSigningIn();
  } finally {
    Reflect.deleteProperty(navigator, 'userActivation');
  }
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

const embedded = (name: string, title: string, change: Change, then?: State['reach']): State => ({
  ...card(name, title, {}, async (element) => {
    await listen(element);
    await then?.(element);
  }),
  make: () => embed(change),
});

const list = (name: string, title: string, holds: Partial<Shelf>, reach: NonNullable<State['reach']>, change: Change = {}): State => ({
  ...card(name, title, {}, reach),
  make: () => player(plays(nightBus, change), [], holds),
});

const devices = (name: string, title: string, holds: Partial<Shelf>): State => ({
  ...list(name, title, holds, (element) => click(element, 'player-devices', 'button.open')),
  alone: true,
});

// Enter: who only types waits for a clock.
async function search(element: HTMLElement): Promise<void> {
  press('Enter', await type('night', element, 'track-search', 'input'));
  await within(element, 'track-search', '.kinds');
}

async function openShelf(element: HTMLElement): Promise<void> {
  await click(element, '#tab-library');
  await click(element, 'player-library', 'button[data-goal="playlists"]');
  await within(element, 'player-library', '.head');
}

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
  embedded('embed-loading', 'the embed is on its way', { status: 'loading' }),
  embedded('embed-empty', 'the embed waits for a link', { status: 'ready' }),
  embedded('embed-playing', 'the embed plays', plays(nightBus, { queue: [] })),
  embedded('embed-wrong-link', 'the link names no music', { status: 'ready' }, async (element) => {
    await type('https://example.com/', element, '.link input');
    await click(element, '.link button');
  }),
  list('search', 'tracks were found', {}, search),
  list('search-loading', 'an answer is awaited', { problem: null }, search),
  list('search-none', 'nothing was found', { tracks: [] }, search),
  list('search-failed', 'Spotify does not answer', { problem: 'network' }, search),
  list('search-playlists', 'playlists were found', {}, async (element) => {
    await search(element);
    await click(element, 'track-search', '.kinds button:last-child');
    await within(element, 'track-search', '.onward');
  }),
  list('queue', 'what comes next', {}, (element) => click(element, '#tab-queue'), { queue: tracks.slice(1, 4) }),
  list('queue-empty', 'nothing comes next', { tracks: [] }, (element) => click(element, '#tab-queue'), { queue: [] }),
  list('queue-failed', 'Spotify does not tell', { problem: 'server' }, (element) => click(element, '#tab-queue'), { queue: [] }),
  list('library', 'the visitor’s library', {}, (element) => click(element, '#tab-library')),
  list('library-shelf', 'a shelf of it', {}, openShelf),
  list('library-empty', 'a shelf with nothing on it', { collections: [] }, openShelf),
  list('library-failed', 'a shelf that cannot be read', { problem: 'server' }, openShelf),
  list('library-playlist', 'a playlist', {}, async (element) => {
    await openShelf(element);
    await click(element, 'player-library', 'button.play');
    await within(element, 'player-library', '[part~="result"] .artists');
  }),
  devices('devices', 'the account’s devices', {}),
  devices('devices-none', 'there is no other', { devices: shelf.devices.slice(0, 1) }),
  devices('devices-failed', 'they cannot be told', { problem: 'network' }),
  { ...card('wide', 'a card of its own, wider', plays()), width: 700 },
  music('row', 'a track', 360, nightBus),
  music('column', 'below its cover', 240, harbour, { '--now-playing-direction': 'column', '--now-playing-artwork': '100%' }),
];
