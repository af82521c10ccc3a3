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
  | { readonly call: 'addToQueue'; readonly uri: string };

/** What has to arrive at the simulator for it. */
export interface Expected {
  readonly source: 'sdk' | 'web-api';
  readonly command: CommandName;
  /** Without the device. */
  readonly body: unknown;
}

const clamp = (value: number, most: number): number => Math.min(Math.max(0, value), most);

/**
 * @returns null where the production code gives no command: not connected (only `play` connects by itself), nothing to act
 *   on, no number
 */
export function expected(ask: Ask, { status, track }: PlayerSnapshot, place: Place | null): Expected | null {
  const isOnline = status === 'ready' || status === 'elsewhere';
  if (ask.call === 'play') return { source: 'web-api', command: 'play', body: playBody(ask.target) };
  if (!isOnline) return null;
  switch (ask.call) {
    case 'resume':
      if (track) return { source: 'sdk', command: 'resume', body: null };
      // Nothing is here to be resumed: what was left here goes on, or what the account plays elsewhere is brought here.
      return status === 'ready' && place ? { source: 'web-api', command: 'play', body: placeBody(place) } : transfer;
    case 'bringHere':
      return transfer;
    case 'setVolume':
      if (!Number.isFinite(ask.level)) return null;
      return { source: 'sdk', command: 'volume', body: { volume: clamp(ask.level, 1) } };
    case 'addToQueue':
      return { source: 'web-api', command: 'queue', body: { uri: ask.uri } };
  }
  if (!track) return null;
  switch (ask.call) {
    case 'seek':
      if (!Number.isFinite(ask.positionMs)) return null;
      return { source: 'sdk', command: 'seek', body: { position_ms: clamp(Math.round(ask.positionMs), track.durationMs) } };
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
  const { context, offset, positionMs } = target;
  return {
    context_uri: context,
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
  | 'token';

/**
 * What became of one request: `u` 401, `4` the device was not found, `r` asked to wait for a few seconds, `o` anything else
 * that ends it; null for no answer yet.
 */
export type Outcome = 'u' | '4' | 'r' | 'o' | null;

/** One call of a visitor's controls, and everything that it caused. */
export class Given {
  readonly excuses = new Set<Excuse>();
  readonly attempts: { outcome: Outcome }[] = [];
  isSettled = false;

  constructor(
    /** Its place among all that this visitor gave. */
    readonly n: number,
    readonly account: string,
    readonly ask: Ask,
    readonly expected: Expected | null,
    /** Commands by the Web API that were under way: one by the SDK does not wait for them. */
    readonly underWay: ReadonlySet<Given>,
  ) {}

  /** Worth a second round of tries on a fresh device. */
  get isWorthARound(): boolean {
    return this.expected?.command === 'play' || this.expected?.command === 'transfer';
  }

  toString(): string {
    const outcomes = this.attempts.map(({ outcome }) => outcome ?? '…').join('');
    return `${this.account}'s ${this.n}. ${JSON.stringify(this.ask)} [${outcomes}] ${[...this.excuses].join()}`;
  }

  /** @returns what is wrong with how often it was sent, or null */
  get complaint(): string | null {
    const outcomes = this.attempts.map(({ outcome }) => outcome ?? 'o').join('');
    const missing = this.attempts.filter(({ outcome }) => outcome === '4').length;
    if (!this.expected) return outcomes ? 'was sent though it could not be carried out' : null;
    if (this.expected.source === 'sdk') {
      if (outcomes.length > 1) return 'was sent twice';
      return this.isSettled && !outcomes ? 'was not sent' : null;
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
