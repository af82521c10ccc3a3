// Kept in what is published, for there `Spotify.Player` is known from nowhere else.
/// <reference types="spotify-web-playback-sdk" preserve="true" />
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
  /** Of the site's own app at Spotify; '' where the host page gives `getToken` or `player`. */
  readonly clientId: string;
  /** Where Spotify sends the visitor back; the page's own address without query and hash where it is left out. */
  readonly redirectUri?: string;
  /** Where Spotify is: the base address of a stand-in, or single addresses. */
  readonly endpoints?: string | Partial<Endpoints>;
  /** Under what name the sign-in is kept in the page's storage. */
  readonly storageKey?: string;
  /** The device's name in Spotify's own apps. */
  readonly name?: string;
  /** Level to start with, from 0 to 1; the one that the visitor chose the last time counts more. */
  readonly volume?: number;
  /**
   * The host page's own player: it is wrapped. No other is made, no script is loaded; disconnecting lets go of it and
   * leaves it as it is. Give it before it connects, so that its `ready`, which comes once, is heard. Where it was
   * connected before, its device is found by being the account's only one that plays, or that is called `name`: give it
   * the same name. What the SDK cannot do by itself (starting a track, searching) needs `clientId` or `getToken` too.
   */
  readonly player?: Spotify.Player;
  /**
   * The host page's own source of access tokens, in place of a sign-in: no window is opened and nothing is kept.
   * It is called whenever a token is needed, and each time anew: answer from a cache of your own, with a token that is
   * good for a minute yet. A token needs the SDK's permissions (`streaming user-read-email user-read-private`) and
   * `user-modify-playback-state`; what the others allow is left out where they are missing. An answer that is empty or
   * rejected is the problem `sign-in-failed`. Nothing begins before `connect()`.
   */
  readonly getToken?: () => string | Promise<string>;
  /** What Play starts where nothing else is here: URIs or links; those that name nothing to play are left out. */
  readonly uris?: readonly string[];
  /** Whether media keys control the music, by the SDK's `enableMediaSession`. A host's `player` has its own choice. */
  readonly mediaSession?: boolean;
}
