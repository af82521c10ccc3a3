/** What the SDK's frame says to the simulator over the dealer's socket and to its page by messages, and they to it. */

export type ErrorEvent = 'initialization_error' | 'authentication_error' | 'account_error' | 'playback_error';

/** A command of the SDK's Player. `value` is a position in ms for `seek`, a level from 0 to 1 for `volume`. */
export interface SdkCommand {
  readonly name: 'pause' | 'resume' | 'toggle' | 'next' | 'previous' | 'seek' | 'volume';
  readonly value?: number;
}

export type ToDealer =
  /** `deviceId`: the one that this frame had before its socket broke. */
  | {
      readonly type: 'connect';
      readonly token: string;
      readonly name: string;
      readonly volume: number;
      readonly deviceId: string | null;
    }
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'command'; readonly command: SdkCommand }
  | { readonly type: 'rename'; readonly name: string }
  /** The browser refused to let sound start. */
  | { readonly type: 'autoplay-failed' };

export type FromDealer =
  /** The answer to `connect`: `connect()` resolves with `ok`. Ready comes later, if it comes. */
  | { readonly type: 'connected'; readonly ok: boolean }
  | { readonly type: 'ready'; readonly deviceId: string }
  | { readonly type: 'not_ready'; readonly deviceId: string }
  | { readonly type: 'error'; readonly event: ErrorEvent; readonly message: string }
  /** The token has expired or was wanted anew. */
  | { readonly type: 'token-needed' }
  /** The truth, for the sound and for `getCurrentState()`; null when playback is not on this device. */
  | { readonly type: 'playback'; readonly playback: DevicePlayback | null }
  /** What `player_state_changed` tells: not always the truth. */
  | { readonly type: 'state'; readonly state: Spotify.PlaybackState | null }
  | { readonly type: 'volume'; readonly volume: number };

export interface DevicePlayback {
  readonly state: Spotify.PlaybackState;
  readonly audioUrl: string;
  /** A fault: behave as if the browser refused to start sound. */
  readonly refused: boolean;
}

export const channel = 'spotify-simulator';

export type ToFrame =
  | { readonly type: 'connect'; readonly id: number; readonly name: string; readonly volume: number }
  | { readonly type: 'state?' | 'volume?'; readonly id: number }
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'command'; readonly command: SdkCommand }
  | { readonly type: 'rename'; readonly name: string }
  | { readonly type: 'activate' | 'disconnect' };

export type FromFrame =
  | { readonly type: 'loaded' | 'token-needed' }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

export interface Envelope<T> {
  readonly channel: typeof channel;
  readonly message: T;
}
