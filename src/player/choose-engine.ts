import type { EngineName, PlayerErrorCode } from './snapshot.js';

/** What a page gives for the visitor's account at Spotify. */
export interface HostGives {
  readonly clientId: boolean;
  /** A player or a source of tokens of the host page's own: it has signed the visitor in. */
  readonly ownAccess: boolean;
}

export interface EngineFacts {
  readonly host: HostGives;
  /** By which of the two buttons the visitor went last; null before either. */
  readonly chosen: EngineName | null;
  /** Why the visitor's account cannot play here, as far as that is known. */
  readonly problem: PlayerErrorCode | null;
}

export interface EngineChoice {
  /** What the player runs on. */
  readonly engine: EngineName;
  /** What the visitor may change to, by a button of their own; null for nothing. */
  readonly offers: EngineName | null;
}

/** What no trying again with this account changes. */
const cannotPlay: ReadonlySet<PlayerErrorCode> = new Set(['premium-required', 'not-on-list', 'owner-premium']);

/** Whether the visitor's account is the reason why nothing plays. */
export const deniesPlaying = (problem: PlayerErrorCode | null): boolean => problem !== null && cannotPlay.has(problem);

/** Which engine plays for this visitor, on this page, now. docs/engines.md has it as a table. */
export function chooseEngine({ host, chosen, problem }: EngineFacts): EngineChoice {
  const hasAccount = host.clientId || host.ownAccess;
  if (!hasAccount) return { engine: 'embed', offers: null };
  const engine = chosen === 'embed' ? 'embed' : 'account';
  // Another player of the page is in use: the other way leads to the same refusal.
  if (problem === 'page-taken') return { engine, offers: null };
  if (engine === 'embed') return { engine, offers: 'account' };
  // Who is signed in by the host page is not asked to choose; only where their account cannot play is there another way.
  return { engine, offers: !host.ownAccess || deniesPlaying(problem) ? 'embed' : null };
}
