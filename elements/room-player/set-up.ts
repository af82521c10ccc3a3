import { initialSnapshot, type PlayerSnapshot } from '../../src/player/snapshot.js';

/** Shown while the page names neither an app at Spotify nor a player of its own. */
export const notSetUp: PlayerSnapshot = Object.freeze({
  ...initialSnapshot,
  status: 'failed',
  problem: Object.freeze({ code: 'client-id-missing', remedy: 'none' }),
});

/** What a session is made of. */
export interface MadeOf {
  /** Another one is another session. */
  readonly account: string;
  /** Another one waits for the next session. */
  readonly manner: string;
  readonly player?: Spotify.Player | undefined;
}
