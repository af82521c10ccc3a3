import type { PlayTarget } from '../../src/player/controls.js';
import type { Place } from '../../src/player/memory.js';
import type { PlayerSnapshot, RepeatMode } from '../../src/player/snapshot.js';
import type { CommandName } from '../../demo/services/spotify/log.js';

/** What a visitor asks of their own player. */
export type Ask =
  | { readonly call: 'play'; readonly target: PlayTarget }
  | { readonly call: 'pause' | 'resume' | 'next' | 'previous' | 'bringHere' }
  | { readonly call: 'seek'; readonly positionMs: number }
  | { readonly call: 'setVolume'; readonly level: number }
  | { readonly call: 'setShuffle'; readonly on: boolean }
  | { readonly call: 'setRepeat'; readonly mode: RepeatMode }
  | { readonly call: 'addToQueue' | 'save' | 'unsave'; readonly uri: string }
  /** Moves playback to the visitor's other device, as it was listed last. */
  | { readonly call: 'transferTo' };

/** What has to arrive at the simulator for it. */
export interface Expected {
  /** `library` is a request that no player hears of: it takes no turn. */
  readonly source: 'sdk' | 'web-api' | 'library';
  readonly command: CommandName | 'save' | 'unsave';
  /** Without the device. */
  readonly body: unknown;
  /** Which track it will meet is not known yet: a position may be its end. */
  readonly isAhead?: boolean;
}

/** What the visitor has before them when they give it. */
export interface Situation {
  readonly snapshot: PlayerSnapshot;
  readonly place: Place | null;
  /** The key of their other device, where it is known. */
  readonly kitchen: number | null;
  /** A command by the Web API is on its way, or may not have arrived. */
  readonly isUnderWay: boolean;
}

const clamp = (value: number, most: number): number => Math.min(Math.max(0, value), most);

/**
 * @returns null where the production code gives no command: not connected (only `play` connects by itself), nothing to act
 *   on, no number
 */
export function expected(ask: Ask, { snapshot: { status, track }, place, kitchen, isUnderWay }: Situation): Expected | null {
  const isOnline = status === 'ready' || status === 'elsewhere';
  if (ask.call === 'save' || ask.call === 'unsave') {
    return isOnline || status === 'reconnecting' ? { source: 'library', command: ask.call, body: ask.uri } : null;
  }
  if (ask.call === 'play') return { source: 'web-api', command: 'play', body: playBody(ask.target) };
  if (!isOnline) return null;
  switch (ask.call) {
    case 'resume':
      if (track) return { source: 'sdk', command: 'resume', body: null };
      // Nothing is here to be resumed: what was left here goes on, or what the account plays elsewhere is brought here.
      return status === 'ready' && place ? { source: 'web-api', command: 'play', body: placeBody(place) } : transfer;
    case 'bringHere':
      return transfer;
    case 'transferTo':
      return kitchen === null ? null : { source: 'web-api', command: 'transfer', body: {} };
    case 'setVolume':
      if (!Number.isFinite(ask.level)) return null;
      return { source: 'sdk', command: 'volume', body: { volume: clamp(ask.level, 1) } };
    case 'addToQueue':
      return { source: 'web-api', command: 'queue', body: { uri: ask.uri } };
  }
  if (!track && (!isUnderWay || ask.call === 'setShuffle' || ask.call === 'setRepeat')) return null;
  switch (ask.call) {
    case 'seek': {
      if (!Number.isFinite(ask.positionMs)) return null;
      const most = isUnderWay || !track ? Infinity : track.durationMs;
      const body = { position_ms: clamp(Math.round(ask.positionMs), most) };
      return { source: 'sdk', command: 'seek', body, isAhead: isUnderWay };
    }
    case 'setShuffle':
      return { source: 'web-api', command: 'shuffle', body: { state: String(ask.on) } };
    case 'setRepeat':
      return { source: 'web-api', command: 'repeat', body: { state: ask.mode } };
    default:
      return { source: 'sdk', command: ask.call, body: null };
  }
}

const transfer: Expected = { source: 'web-api', command: 'transfer', body: { play: true } };

function playBody(target: PlayTarget): unknown {
  if (typeof target === 'string') return target.includes(':track:') ? { uris: [target] } : { context_uri: target };
  const { offset, positionMs } = target;
  return {
    ...('uris' in target ? { uris: target.uris } : { context_uri: target.context }),
    ...(offset !== undefined && { offset: typeof offset === 'number' ? { position: offset } : { uri: offset } }),
    ...(positionMs !== undefined && { position_ms: positionMs }),
  };
}

function placeBody({ track, context, positionMs }: Place): unknown {
  const rest = { position_ms: Math.round(positionMs) };
  return context ? { context_uri: context, offset: { uri: track }, ...rest } : { uris: [track], ...rest };
}

/** Why a command may end without having been sent, or without having been sent again. */
export type Excuse =
  /** This page was no connected device, before or meanwhile. */
  | 'offline'
  /** A 429's break. */
  | 'break'
  /** No token could be had. */
  | 'token'
  /** What it was for is not here any more, or did not come. */
  | 'track'
  /** The laptop slept over it: the answer came, and came too late. */
  | 'sleep';

/**
 * What became of one request: `u` 401, `4` the device was not found, `r` asked to wait for a few seconds, `o` anything else
 * that ends it; null for no answer yet.
 */
export type Outcome = 'u' | '4' | 'r' | 'o' | null;

/** One call of a visitor's controls, and everything that it caused. */
export class Given {
  readonly excuses = new Set<Excuse>();
  readonly attempts: { outcome: Outcome }[] = [];
  /** How many of these the witness has seen. */
  seen = 0;
  settledAt: number | null = null;

  constructor(
    /** Its place among all that this visitor gave. */
    readonly n: number,
    readonly account: string,
    readonly ask: Ask,
    readonly expected: Expected | null,
    /** It may have had to wait for others. */
    readonly isBehind: boolean,
    /** Which of the visitor's pages it was given on: a request that is out when a page goes cannot be called back. */
    readonly page: object,
  ) {}

  get isSettled(): boolean {
    return this.settledAt !== null;
  }

  /** A Pause behind what may start is given twice: at once, and in its turn. */
  get isTwofold(): boolean {
    return this.isBehind && this.ask.call === 'pause';
  }

  /**
   * A Resume that waited in turn meets what is here by then: where the track went meanwhile, it goes on at the last place,
   * which nobody knew when it was given.
   */
  get mayStartAnew(): boolean {
    return this.ask.call === 'resume' && this.excuses.has('track');
  }

  /** Worth a second round of tries on a fresh device. */
  get isWorthARound(): boolean {
    return this.expected?.command === 'play' || (this.expected?.command === 'transfer' && this.ask.call !== 'transferTo');
  }

  toString(): string {
    const outcomes = this.attempts.map(({ outcome }) => outcome ?? '…').join('');
    return `${this.account}'s ${this.n}. ${JSON.stringify(this.ask)} [${outcomes}] ${[...this.excuses].join()}`;
  }

  get #outcomes(): string {
    const outcomes = this.attempts.map(({ outcome }) => outcome ?? 'o').join('');
    // Another device that is gone is not waited for.
    return this.ask.call === 'transferTo' ? outcomes.replaceAll('4', 'o') : outcomes;
  }

  /** @returns what is wrong with how often it was sent, or null */
  get complaint(): string | null {
    const startsAnew = this.mayStartAnew && this.#outcomes.length > 1;
    // The SDK was asked first, for what was here then.
    const outcomes = startsAnew ? this.#outcomes.slice(1) : this.#outcomes;
    const missing = this.attempts.filter(({ outcome }) => outcome === '4').length;
    if (!this.expected) return outcomes ? 'was sent though it could not be carried out' : null;
    if (this.expected.source === 'sdk' && !startsAnew) {
      if (outcomes.length > (this.isTwofold ? 2 : 1)) return 'was sent again';
      const mayBeDropped = this.isBehind && this.excuses.size > 0;
      return this.isSettled && !outcomes && !mayBeDropped ? 'was not sent' : null;
    }
    if (this.expected.source === 'library') {
      if (!/^(u?[or]|uu|u)?$/.test(outcomes)) return 'was sent again after an answer that ends it';
      return this.isSettled && this.excuses.size === 0 && !/^(u?[or]|uu)$/.test(outcomes) ? 'was given up without a reason' : null;
    }
    // A 401 is followed by one more try with a new token, a missing device by four, a short break by one, and the loss of
    // the device, for what starts playback, by a round on a fresh one.
    const rounds = this.isWorthARound ? 2 : 1;
    const waits = outcomes.slice(0, -1).split('r').length - 1;
    if (!/^((u?4)*u?r)*(u?4)*(u?[or]|uu|u)?$/.test(outcomes)) return 'was sent again after an answer that ends it';
    if (waits > rounds || missing > 5 * (rounds + waits)) return 'was sent again and again';
    if (!this.isSettled || this.excuses.size > 0) return null;
    return /^((u?4){0,4}(u?o|uu)|(u?4){5})$/.test(outcomes) ? null : 'was given up without a reason';
  }
}
