import type { SdkState } from './to-playback.js';
import { PlayerError } from './engine.js';
import { claimPage } from './page-claim.js';
import { systemClock, type Clock } from '../clock.js';
import { trustedScriptUrl } from './trusted-script.js';

/**
 * The only file that touches `window.Spotify`.
 *
 * SDK quirk: one player per page. All players share one iframe and one message callback, and the newest overwrites it;
 * the script run twice makes a second iframe (spotify.md). So: the script is loaded once, and the page is claimed.
 */

/** `Spotify.Player` as it behaves: what the published types leave out or get wrong is put right here. */
export interface SdkPlayer {
  connect(): Promise<boolean>;
  /** SDK quirk: may return a promise that hangs after long idleness. Never await it. */
  disconnect(): unknown;
  /** Throws a TypeError for an event that this build of the SDK does not know. */
  addListener(event: SdkEventName, listener: (value: unknown) => void): unknown;
  /** Without a listener it removes all of the event, a host page's too. */
  removeListener(event: SdkEventName, listener: (value: unknown) => void): unknown;
  getCurrentState(): Promise<SdkState>;
  getVolume(): Promise<number>;
  setVolume(level: number): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  seek(positionMs: number): Promise<void>;
  nextTrack(): Promise<void>;
  previousTrack(): Promise<void>;
  activateElement(): Promise<void>;
}

/** Those that the player listens to. `progress`, of some builds, is left out: a position needs no ticking. */
export const sdkEvents = [
  'ready',
  'not_ready',
  'player_state_changed',
  'autoplay_failed',
  'initialization_error',
  'authentication_error',
  'account_error',
  'playback_error',
] as const;
export type SdkEventName = (typeof sdkEvents)[number];

export interface SdkPlayerOptions {
  readonly name: string;
  readonly getOAuthToken: (give: (token: string) => void) => void;
  readonly volume: number;
  /** Whether media keys control the music. */
  readonly enableMediaSession: boolean;
}

export interface SdkNamespace {
  readonly Player: new (options: SdkPlayerOptions) => SdkPlayer;
}

/** What is needed of the page's window. */
export interface SdkWindow {
  Spotify?: unknown;
  onSpotifyWebPlaybackSDKReady?: (() => void) | undefined;
  readonly document: Pick<Document, 'createElement' | 'body' | 'querySelectorAll'>;
}

/** The SDK of one page. */
export interface Sdk {
  /**
   * Loads the script, once per page.
   * @throws PlayerError `sdk-blocked`; asking again later tries again
   */
  load(): Promise<SdkNamespace>;
  /**
   * Takes the page's one place for a player. @returns what gives it back
   * @throws PlayerError `page-taken`
   */
  claim(): () => void;
}

/** The script waits for the window's `load`, which a page with many pictures delays. */
const loadLimit = 30_000;
const lookInterval = 250;

const loading = new WeakMap<SdkWindow, Promise<SdkNamespace>>();

export function createSdk(url: string, page: SdkWindow, clock: Clock = systemClock): Sdk {
  return {
    load() {
      const ready = namespaceOf(page);
      if (ready) return Promise.resolve(ready);
      const known = loading.get(page);
      if (known) return known;
      const promise = load(url, page, clock).finally(() => loading.delete(page));
      loading.set(page, promise);
      return promise;
    },
    claim: () => claimPage(page),
  };
}

/** Read anew each time: a host page may wrap or replace it. */
function namespaceOf(page: SdkWindow): SdkNamespace | null {
  const spotify = page.Spotify as Partial<SdkNamespace> | undefined;
  return typeof spotify?.Player === 'function' ? (spotify as SdkNamespace) : null;
}

function load(url: string, page: SdkWindow, clock: Clock): Promise<SdkNamespace> {
  return new Promise((resolve, reject) => {
    const started = clock.now();
    let inserted: HTMLScriptElement | null = null;
    let cancel = (): void => undefined;
    let ended = false;

    const end = (): void => {
      ended = true;
      cancel();
      unchain();
    };
    const fail = (detail: string): void => {
      if (ended) return;
      end();
      reject(new PlayerError('sdk-blocked', detail));
    };
    const look = (): void => {
      if (ended) return;
      cancel();
      const namespace = namespaceOf(page);
      if (namespace) {
        end();
        resolve(namespace);
      } else if (clock.now() - started >= loadLimit) {
        fail('the script did not start in time');
      } else {
        // Beside the callback, for a host page that sets its own after ours takes our place in it.
        cancel = clock.after(lookInterval, look);
      }
    };
    const unchain = chain(page, look);

    try {
      // The host page, or an attempt that ran out of time, may have asked for it already: a second run breaks the first.
      const script = findScript(page, url) ?? (inserted = insertScript(page, url));
      script.addEventListener('error', () => {
        // Gone, so that the next attempt asks for it again. What the host page wrote stays.
        inserted?.remove();
        fail('the script could not be loaded');
      });
      look();
    } catch {
      fail('the page does not allow the script');
    }
  });
}

/** Calls `then` after a callback that the host page set itself. @returns what restores the host's */
function chain(page: SdkWindow, then: () => void): () => void {
  const own = (): void => {
    try {
      before?.call(page);
    } finally {
      then();
    }
  };
  const before = page.onSpotifyWebPlaybackSDKReady;
  page.onSpotifyWebPlaybackSDKReady = own;
  return () => {
    // Not removed without a successor: the script throws when it finds none (spotify.md).
    if (before && page.onSpotifyWebPlaybackSDKReady === own) page.onSpotifyWebPlaybackSDKReady = before;
  };
}

function findScript(page: SdkWindow, url: string): HTMLScriptElement | null {
  return [...page.document.querySelectorAll('script')].find(({ src }) => src === url) ?? null;
}

function insertScript(page: SdkWindow, url: string): HTMLScriptElement {
  const script = page.document.createElement('script');
  script.async = true;
  script.src = trustedScriptUrl(url);
  page.document.body.append(script);
  return script;
}
