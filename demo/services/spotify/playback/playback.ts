import { seeded, shuffled } from '../random.js';

export type Repeat = 'off' | 'context' | 'track';

/**
 * What an account plays, wherever it plays it. A value: every change is a function from one to the next, with the time
 * passed in. Times are in ms.
 */
export interface Playback {
  /** Album, playlist or artist, or null for a list of tracks. */
  readonly contextUri: string | null;
  /** URIs of all tracks of the context or list, in its own order. */
  readonly items: readonly string[];
  /** Indexes into `items` in the order of playing. */
  readonly order: readonly number[];
  /** Where in `order` it is. */
  readonly place: number;
  /** Tracks that come before the context goes on. */
  readonly queue: readonly string[];
  /** A track of the queue that plays now, while the context waits at `place`. */
  readonly queued: string | null;
  readonly paused: boolean;
  /** The position that was true at `at`. */
  readonly positionMs: number;
  readonly at: number;
  readonly repeat: Repeat;
  readonly shuffle: boolean;
}

export const nothing: Playback = {
  contextUri: null,
  items: [],
  order: [],
  place: 0,
  queue: [],
  queued: null,
  paused: true,
  positionMs: 0,
  at: 0,
  repeat: 'off',
  shuffle: false,
};

export type Action =
  | {
      readonly type: 'start';
      readonly contextUri: string | null;
      readonly items: readonly string[];
      /** Index into `items`, or null to begin where shuffle or the order wants. */
      readonly index: number | null;
      readonly positionMs: number;
      readonly seed: number;
    }
  | { readonly type: 'pause' | 'resume' | 'next' | 'previous' }
  | { readonly type: 'seek'; readonly positionMs: number }
  | { readonly type: 'shuffle'; readonly on: boolean; readonly seed: number }
  | { readonly type: 'repeat'; readonly mode: Repeat }
  | { readonly type: 'enqueue'; readonly uri: string };

/** Length of a track in ms. */
export type DurationOf = (uri: string) => number;

/** Past this, `previous` starts the track again. */
const restartAfterMs = 3_000;

export function currentUri({ queued, items, order, place }: Playback): string | null {
  if (queued !== null) return queued;
  const index = order[place];
  return index === undefined ? null : (items[index] ?? null);
}

export function positionAt(playback: Playback, now: number, durationOf: DurationOf): number {
  const uri = currentUri(playback);
  if (uri === null) return 0;
  const moved = playback.paused ? 0 : Math.max(0, now - playback.at);
  return Math.min(playback.positionMs + moved, durationOf(uri));
}

/** When the current track ends by itself, or null while nothing moves. */
export function endsAt(playback: Playback, durationOf: DurationOf): number | null {
  const uri = currentUri(playback);
  return uri === null || playback.paused ? null : playback.at + durationOf(uri) - playback.positionMs;
}

export function hasPrevious({ queued, place, repeat, order }: Playback): boolean {
  return queued !== null || place > 0 || (repeat === 'context' && order.length > 1);
}

const identity = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** `first` at the front, where there is one, and the rest drawn by lot. */
function drawOrder(length: number, first: number | null, seed: number): number[] {
  const rest = shuffled(
    seeded(seed),
    identity(length).filter((index) => index !== first),
  );
  return first === null ? rest : [first, ...rest];
}

/** The track after this one; at the end of everything it waits, paused, at the first. */
function goOn(playback: Playback, at: number): { readonly playback: Playback; readonly ended: boolean } {
  const begun = { ...playback, positionMs: 0, at };
  const [queued = null, ...queue] = playback.queue;
  if (queued !== null) return { playback: { ...begun, queued, queue }, ended: false };
  const { place, order, repeat } = playback;
  if (place + 1 < order.length) return { playback: { ...begun, queued: null, place: place + 1 }, ended: false };
  const again = { ...begun, queued: null, place: 0 };
  return repeat === 'off' ? { playback: { ...again, paused: true }, ended: true } : { playback: again, ended: false };
}

function goBack(playback: Playback, now: number): Playback {
  const begun = { ...playback, positionMs: 0, at: now };
  if (playback.queued !== null) return { ...begun, queued: null };
  if (playback.place > 0) return { ...begun, place: playback.place - 1 };
  return playback.repeat === 'context' ? { ...begun, place: Math.max(0, playback.order.length - 1) } : begun;
}

/** A track that came to its end by itself. */
export interface Ending {
  readonly uri: string;
  readonly at: number;
  /** Nothing came after it: playback waits, paused. */
  readonly last: boolean;
}

/** Lets time pass until `now`: tracks that ended meanwhile give way to what follows them. */
export function settle(
  playback: Playback,
  now: number,
  durationOf: DurationOf,
): { readonly playback: Playback; readonly endings: readonly Ending[] } {
  const endings: Ending[] = [];
  let current = playback;
  for (;;) {
    const [uri, end] = [currentUri(current), endsAt(current, durationOf)];
    if (uri === null || end === null || end > now) return { playback: current, endings };
    if (current.repeat === 'track') {
      current = { ...current, positionMs: 0, at: end };
      endings.push({ uri, at: end, last: false });
    } else {
      const next = goOn(current, end);
      current = next.playback;
      endings.push({ uri, at: end, last: next.ended });
    }
  }
}

/** What `playback` becomes by `action` at `now`. Settle it first: `now` has to lie before the end of the track. */
export function reduce(playback: Playback, action: Action, now: number, durationOf: DurationOf): Playback {
  /** The same, with its position written down at `now`. */
  const here = (): Playback => ({ ...playback, positionMs: positionAt(playback, now, durationOf), at: now });
  const uri = currentUri(playback);

  switch (action.type) {
    case 'start': {
      const { items, contextUri, index, positionMs, seed } = action;
      const order = playback.shuffle ? drawOrder(items.length, index, seed) : identity(items.length);
      const started = {
        ...playback,
        contextUri,
        items,
        order,
        place: playback.shuffle ? 0 : (index ?? 0),
        queued: null,
        paused: false,
        positionMs: 0,
        at: now,
      };
      return reduce(started, { type: 'seek', positionMs }, now, durationOf);
    }
    case 'pause':
      return playback.paused ? playback : { ...here(), paused: true };
    case 'resume':
      return uri === null || !playback.paused ? playback : { ...playback, paused: false, at: now };
    case 'seek': {
      if (uri === null) return playback;
      // Beyond the end the next track begins. [Web API reference]
      if (action.positionMs >= durationOf(uri)) return goOn(playback, now).playback;
      return { ...playback, positionMs: Math.max(0, action.positionMs), at: now };
    }
    case 'next': {
      if (uri === null) return playback;
      const next = goOn(playback, now);
      return next.ended ? next.playback : { ...next.playback, paused: false };
    }
    case 'previous': {
      if (uri === null) return playback;
      const restart = positionAt(playback, now, durationOf) > restartAfterMs;
      return { ...(restart ? { ...playback, positionMs: 0, at: now } : goBack(playback, now)), paused: false };
    }
    case 'shuffle': {
      if (action.on === playback.shuffle) return playback;
      const index = playback.order[playback.place] ?? null;
      const order = action.on ? drawOrder(playback.items.length, index, action.seed) : identity(playback.items.length);
      return { ...here(), shuffle: action.on, order, place: action.on ? 0 : (index ?? 0) };
    }
    case 'repeat':
      return action.mode === playback.repeat ? playback : { ...here(), repeat: action.mode };
    case 'enqueue':
      return { ...here(), queue: [...playback.queue, action.uri] };
  }
}

/** What lies around the current track: up to `count` tracks before it (the nearest last) and after it. */
export function surroundings(
  playback: Playback,
  count: number,
): { readonly previous: readonly string[]; readonly next: readonly string[] } {
  const { items, order, place, queue, queued, repeat } = playback;
  const uris = order.map((index) => items[index] as string);
  const before = uris.slice(0, queued === null ? place : place + 1);
  const after = uris.slice(place + 1);
  const around = repeat === 'context' ? uris.slice(0, queued === null ? place : place + 1) : [];
  return { previous: before.slice(-count), next: [...queue, ...after, ...around].slice(0, count) };
}
