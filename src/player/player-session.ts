import type { Unsubscribe } from '../subscribable.js';
import type { PlayerControls } from './controls.js';
import type { Endpoints } from './endpoints.js';
import type { PlayerSnapshot } from './snapshot.js';

/** One visitor's playback on this page, from signed out to playing. */
export interface PlayerSession {
  /** The newest state. Frozen. */
  readonly snapshot: PlayerSnapshot;
  readonly controls: PlayerControls;
  /** Calls `listener` with each new snapshot, not with the present one. */
  subscribe(listener: (snapshot: PlayerSnapshot) => void): Unsubscribe;
  /** Takes an earlier sign-in of this visitor up again, without a window and without asking. Never rejects. */
  restore(): Promise<void>;
  /** Gives the device up and ends every subscription. The sign-in stays kept for the next visit. */
  dispose(): void;
}

/** What a page says of its player. What is left out has a default. */
export interface SessionOptions {
  readonly clientId: string;
  /** Where Spotify sends the visitor back; the page's own address without query and hash where it is left out. */
  readonly redirectUri?: string;
  /** Where Spotify is: the base address of a stand-in, or single addresses. */
  readonly endpoints?: string | Partial<Endpoints>;
  /** Under what name the sign-in is kept in the page's storage. */
  readonly storageKey?: string;
  /** The device's name in Spotify's own apps. */
  readonly name?: string;
  /** Level to start with, from 0 to 1. */
  readonly volume?: number;
  /** The host page's own player: it is wrapped, and no other is made. */
  readonly player?: Spotify.Player;
  /** The host page's own source of access tokens, in place of a sign-in. */
  readonly getToken?: () => string | Promise<string>;
  /** Whether media keys control the music. */
  readonly mediaSession?: boolean;
}
