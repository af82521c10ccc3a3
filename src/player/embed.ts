import { systemClock, type Clock } from '../clock.js';
import { PlayerError } from './engine.js';
import { amount, record, text } from './parse.js';
import { trustedScriptUrl } from './trusted-script.js';

/**
 * The only file that touches Spotify's iFrame API. Its script hands the API to `window.onSpotifyIframeApiReady`, once,
 * and leaves it nowhere else: whoever comes later cannot ask for it (spotify.md).
 */

/** One embed, as `createController` makes it. */
export interface EmbedController {
  /** Puts another item in its place; what played before stops. */
  loadUri(uri: string): void;
  play(): void;
  pause(): void;
  resume(): void;
  /** @param seconds from the start of what is loaded */
  seek(seconds: number): void;
  destroy(): void;
  addListener(event: EmbedEventName, listener: (event: unknown) => void): void;
}

export const embedEvents = ['ready', 'playback_started', 'playback_update', 'error'] as const;
export type EmbedEventName = (typeof embedEvents)[number];

export interface EmbedApi {
  /** Replaces `element` by the embed. */
  createController(
    element: HTMLElement,
    options: { readonly uri: string; readonly width: string; readonly height: number },
    then: (controller: EmbedController) => void,
  ): void;
}

/** What is needed of the page's window. */
export interface EmbedWindow {
  onSpotifyIframeApiReady?: ((api: EmbedApi) => void) | undefined;
  readonly document: Pick<Document, 'createElement' | 'body' | 'querySelectorAll'>;
}

/** What the embed says of its playback. */
export interface EmbedUpdate {
  /** What sounds: within an album or a playlist one of its tracks. Older builds do not tell. */
  readonly uri: string | null;
  readonly paused: boolean;
  readonly positionMs: number;
  /** 0 while it is not known; half a minute for whoever hears previews. */
  readonly durationMs: number;
}

/** @param event as `playback_update` hands it over: any field may be missing */
export function toEmbedUpdate(event: unknown): EmbedUpdate {
  const { playingURI, isPaused, position, duration } = record(record(event).data);
  const durationMs = amount(duration);
  return {
    uri: text(playingURI) || null,
    // An update that does not say is of something that does not sound: the safer thing to show.
    paused: isPaused !== false,
    positionMs: durationMs ? Math.min(amount(position), durationMs) : amount(position),
    durationMs,
  };
}

/** @param event as `playback_started` hands it over. @returns what began to sound, where it says so */
export function toStarted(event: unknown): string | null {
  return text(record(record(event).data).playingURI) || null;
}

const loadLimit = 30_000;

const known = new WeakMap<EmbedWindow, EmbedApi>();
const loading = new WeakMap<EmbedWindow, Promise<EmbedApi>>();

/**
 * Loads the iFrame API, once per page.
 * @throws PlayerError `sdk-blocked`; asking again later tries again
 */
export function loadEmbedApi(url: string, page: EmbedWindow, clock: Clock = systemClock): Promise<EmbedApi> {
  const api = known.get(page);
  if (api) return Promise.resolve(api);
  const promise =
    loading.get(page) ??
    load(url, page, clock)
      .then((loaded) => {
        known.set(page, loaded);
        return loaded;
      })
      .finally(() => loading.delete(page));
  loading.set(page, promise);
  return promise;
}

function load(url: string, page: EmbedWindow, clock: Clock): Promise<EmbedApi> {
  return new Promise((resolve, reject) => {
    let inserted: HTMLScriptElement | null = null;
    const before = page.onSpotifyIframeApiReady;
    const own = (api: EmbedApi): void => {
      end();
      resolve(api);
      // The host page may use embeds of its own.
      before?.call(page, api);
    };
    const end = (): void => {
      cancel();
      if (page.onSpotifyIframeApiReady === own) page.onSpotifyIframeApiReady = before;
    };
    const fail = (detail: string): void => {
      end();
      // Gone, so that the next attempt asks for it again. What the host page wrote stays.
      inserted?.remove();
      reject(new PlayerError('sdk-blocked', detail));
    };
    const cancel = clock.after(loadLimit, () => fail('the script of the embed did not start in time'));
    page.onSpotifyIframeApiReady = own;
    try {
      const script = [...page.document.querySelectorAll('script')].find(({ src }) => src === url) ?? (inserted = insert(url, page));
      script.addEventListener('error', () => fail('the script of the embed could not be loaded'));
    } catch {
      fail('the page does not allow the script of the embed');
    }
  });
}

function insert(url: string, page: EmbedWindow): HTMLScriptElement {
  const script = page.document.createElement('script');
  script.async = true;
  script.src = trustedScriptUrl(url);
  page.document.body.append(script);
  return script;
}
