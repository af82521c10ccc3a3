/**
 * Stands for https://open.spotify.com/embed/iframe-api/v1: it hands the API to `window.onSpotifyIframeApiReady` and
 * leaves it nowhere else (spotify.md). Served as a classic script of its own.
 */
import type { EmbedCommandName, EmbedEnvelope, FromEmbed, ToEmbed } from '../embed/protocol.js';

interface ControllerOptions {
  readonly uri: string;
  readonly width?: string | number;
  readonly height?: string | number;
}

type Listener = (event: { readonly data?: unknown }) => void;

const channel: EmbedEnvelope<never>['channel'] = 'spotify-simulator-embed';
const root = new URL('../', (document.currentScript as HTMLScriptElement).src);

class EmbedController {
  readonly iframeElement = document.createElement('iframe');
  readonly #listeners = new Map<string, Set<Listener>>();
  /** Until the frame is there, nothing can be posted to it. */
  #waiting: ToEmbed[] | null = [];

  constructor(element: HTMLElement, { uri, width = '100%', height = 352 }: ControllerOptions) {
    const [, kind, id] = uri.split(':');
    this.iframeElement.src = new URL(`${kind}/${id}`, root).href;
    this.iframeElement.width = String(width);
    this.iframeElement.height = String(height);
    this.iframeElement.allow = 'autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture';
    this.iframeElement.title = 'Spotify simulator: embed';
    window.addEventListener('message', this.#onMessage);
    // An element, not a node: it has to stand in one (spotify.md).
    element.parentElement?.replaceChild(this.iframeElement, element);
  }

  readonly #onMessage = ({ source, origin, data }: MessageEvent<EmbedEnvelope<FromEmbed | null> | null>): void => {
    if (source !== this.iframeElement.contentWindow || origin !== root.origin || data?.channel !== channel) return;
    if (data.message === null) {
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      // The first word, too, tells the frame whose it is.
      this.#post(null);
      waiting.forEach((message) => this.#post(message));
    } else {
      const event = 'data' in data.message ? { data: data.message.data } : {};
      for (const listener of [...(this.#listeners.get(data.message.type) ?? [])]) listener(event);
    }
  };

  #post(message: ToEmbed | null): void {
    if (message && this.#waiting) this.#waiting.push(message);
    else this.iframeElement.contentWindow?.postMessage({ channel, message } satisfies EmbedEnvelope<ToEmbed | null>, root.origin);
  }

  #command(name: EmbedCommandName, value?: number): void {
    this.#post({ type: 'command', name, ...(value !== undefined && { value }) });
  }

  addListener(event: string, listener: Listener): void {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  on(event: string, listener: Listener): void {
    this.addListener(event, listener);
  }

  removeListener(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  loadUri(uri: string): void {
    this.#post({ type: 'load', uri });
  }

  play(): void {
    this.#command('play');
  }

  playFromStart(): void {
    this.restart();
    this.play();
  }

  pause(): void {
    this.#command('pause');
  }

  resume(): void {
    this.#command('resume');
  }

  restart(): void {
    this.seek(0);
  }

  seek(seconds: number): void {
    this.#command('seek', seconds);
  }

  destroy(): void {
    window.removeEventListener('message', this.#onMessage);
    this.iframeElement.remove();
  }
}

interface ApiWindow {
  onSpotifyIframeApiReady?: (api: unknown) => void;
}

(window as ApiWindow).onSpotifyIframeApiReady?.({
  createController(element: HTMLElement, options: ControllerOptions, then: (controller: EmbedController) => void): void {
    then(new EmbedController(element, options));
  },
});
