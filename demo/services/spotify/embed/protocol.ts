/** What an embed's frame says to the simulator over its socket and to its page by messages, and they to it. */

export type EmbedCommandName = 'play' | 'pause' | 'resume' | 'seek';

export type ToEmbed =
  | { readonly type: 'load'; readonly uri: string }
  /** `value` is a position in seconds for `seek`. */
  | { readonly type: 'command'; readonly name: EmbedCommandName; readonly value?: number }
  /** A button within the embed, pressed by the visitor: a click that the browser sees in the frame. */
  | { readonly type: 'button'; readonly name: 'play' | 'pause' }
  /** The browser refused to let sound start. */
  | { readonly type: 'autoplay-failed' };

/** The events of the iFrame API, and what the frame itself shows and sounds. */
export type FromEmbed =
  | { readonly type: 'ready' }
  | { readonly type: 'playback_started'; readonly data: { readonly playingURI: string } }
  | { readonly type: 'playback_update'; readonly data: EmbedUpdate }
  | { readonly type: 'error'; readonly data: { readonly code: string } }
  | { readonly type: 'shown'; readonly shown: ShownItem };

export interface EmbedUpdate {
  readonly playingURI: string;
  readonly isPaused: boolean;
  readonly isBuffering: boolean;
  readonly duration: number;
  readonly position: number;
}

/** What the embed shows of the item in it. */
export interface ShownItem {
  readonly title: string;
  readonly by: string;
  readonly artworkUrl: string;
  readonly audioUrl: string;
  /** Tracks of an album or a playlist; one for an item. */
  readonly titles: readonly string[];
  /** Half a minute: for whoever is not logged in, or whose cookies the browser keeps from the frame. */
  readonly isPreview: boolean;
}

/** Between a page and the frame in it; also what a page's `load_complete_ack` would be. */
export interface EmbedEnvelope<T> {
  readonly channel: 'spotify-simulator-embed';
  readonly message: T;
}
