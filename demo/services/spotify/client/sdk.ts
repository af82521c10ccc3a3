/**
 * Stands for https://sdk.scdn.co/spotify-player.js and behaves as its loader does (spotify.md): one frame for all
 * players, one message callback that the newest player takes over, commands that resolve when they are posted.
 * Served as a classic script of its own.
 */
import type { Envelope, FromFrame, SdkCommand, ToFrame } from '../device/protocol.js';

type Listener = (payload: unknown) => void;

const channel: Envelope<never>['channel'] = 'spotify-simulator';
const here = (document.currentScript as HTMLScriptElement).src;
const frameOrigin = new URL(here).origin;
const eventNames = new Set([
  'ready',
  'not_ready',
  'player_state_changed',
  'autoplay_failed',
  'initialization_error',
  'authentication_error',
  'account_error',
  'playback_error',
]);

let frame: HTMLIFrameElement | null = null;
/** Until the frame has loaded, nothing can be posted to it; null from then on. */
let waiting: ToFrame[] | null = [];
/** SDK quirk: there is one callback, and the newest player's overwrites it. */
let onMessage: (message: FromFrame) => void = () => undefined;
let players = 0;
let questions = 0;

function post(message: ToFrame): void {
  if (waiting) waiting.push(message);
  else frame?.contentWindow?.postMessage({ channel, message } satisfies Envelope<ToFrame>, frameOrigin);
}

function addFrame(): void {
  frame = document.createElement('iframe');
  frame.src = new URL('embedded.html', here).href;
  frame.allow = 'encrypted-media; autoplay';
  frame.title = 'Spotify simulator';
  frame.style.display = 'none';
  window.addEventListener('message', ({ source, origin, data }: MessageEvent<Envelope<FromFrame> | null>) => {
    if (source !== frame?.contentWindow || origin !== frameOrigin || data?.channel !== channel) return;
    if (data.message.type !== 'loaded') return onMessage(data.message);
    const early = waiting ?? [];
    waiting = null;
    early.forEach(post);
  });
  document.body.append(frame);
}

class Player {
  readonly _options: Spotify.PlayerInit & { id: string };
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #answers = new Map<number, (value: unknown) => void>();

  constructor(options: Spotify.PlayerInit) {
    if (typeof options?.name !== 'string') throw new TypeError('Spotify.Player needs a name.');
    if (typeof options.getOAuthToken !== 'function') throw new TypeError('Spotify.Player needs getOAuthToken.');
    this._options = { volume: 1, enableMediaSession: false, ...options, id: `player-${++players}` };
    onMessage = (message) => this.#receive(message);
  }

  connect(): Promise<boolean> {
    const { name, volume = 1 } = this._options;
    return this.#ask((id) => ({ type: 'connect', id, name, volume })) as Promise<boolean>;
  }

  disconnect(): void {
    post({ type: 'disconnect' });
  }

  getCurrentState(): Promise<Spotify.PlaybackState | null> {
    return this.#ask((id) => ({ type: 'state?', id })) as Promise<Spotify.PlaybackState | null>;
  }

  getVolume(): Promise<number> {
    return this.#ask((id) => ({ type: 'volume?', id })) as Promise<number>;
  }

  /** @returns whether `listener` was new */
  addListener(event: string, listener: Listener): boolean {
    if (!eventNames.has(event)) throw new TypeError(`"${event}" is not an event of Spotify.Player.`);
    const listeners = this.#listeners.get(event) ?? new Set();
    const isNew = !listeners.has(listener);
    this.#listeners.set(event, listeners.add(listener));
    return isNew;
  }

  on(event: string, listener: Listener): boolean {
    return this.addListener(event, listener);
  }

  /** Without a listener it removes all of the event. @returns whether there was one to remove */
  removeListener(event: string, listener?: Listener): boolean {
    if (listener) return this.#listeners.get(event)?.delete(listener) ?? false;
    return this.#listeners.delete(event);
  }

  pause(): Promise<void> {
    return this.#command({ name: 'pause' });
  }

  resume(): Promise<void> {
    return this.#command({ name: 'resume' });
  }

  togglePlay(): Promise<void> {
    return this.#command({ name: 'toggle' });
  }

  nextTrack(): Promise<void> {
    return this.#command({ name: 'next' });
  }

  previousTrack(): Promise<void> {
    return this.#command({ name: 'previous' });
  }

  seek(positionMs: number): Promise<void> {
    return this.#command({ name: 'seek', value: positionMs });
  }

  setVolume(level: number): Promise<void> {
    return this.#command({ name: 'volume', value: level });
  }

  setName(name: string): Promise<void> {
    this._options.name = name;
    post({ type: 'rename', name });
    return Promise.resolve();
  }

  activateElement(): Promise<void> {
    post({ type: 'activate' });
    return Promise.resolve();
  }

  /** SDK quirk: resolves when the message is posted, not when it takes effect. */
  #command(command: SdkCommand): Promise<void> {
    post({ type: 'command', command });
    return Promise.resolve();
  }

  /** Waits for an answer; where none comes, for ever. */
  #ask(question: (id: number) => ToFrame): Promise<unknown> {
    const id = ++questions;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      post(question(id));
    });
  }

  #receive(message: FromFrame): void {
    switch (message.type) {
      case 'answer':
        this.#answers.get(message.id)?.(message.value);
        this.#answers.delete(message.id);
        return;
      case 'event':
        for (const listener of [...(this.#listeners.get(message.name) ?? [])]) listener(message.payload);
        return;
      case 'token-needed': {
        let isGiven = false;
        this._options.getOAuthToken((token) => {
          // The first answer wins. [source]
          if (isGiven) return;
          isGiven = true;
          post({ type: 'token', token });
        });
      }
    }
  }
}

function start(): void {
  window.Spotify = { Player } as unknown as typeof Spotify;
  addFrame();
  // `Spotify` is set all the same. [source]
  if (typeof window.onSpotifyWebPlaybackSDKReady !== 'function') {
    throw new Error('onSpotifyWebPlaybackSDKReady is not defined');
  }
  window.onSpotifyWebPlaybackSDKReady();
}

if (document.readyState === 'complete') start();
else window.addEventListener('load', start);
