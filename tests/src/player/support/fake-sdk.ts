import type { Sdk, SdkEventName, SdkNamespace, SdkPlayer, SdkPlayerOptions } from '../../../../src/player/sdk.js';
import { PlayerError } from '../../../../src/player/engine.js';
import type { SdkState } from '../../../../src/player/to-playback.js';

/** One `Spotify.Player` in a test's hands: nothing happens by itself. */
export class FakePlayer implements SdkPlayer {
  readonly calls: string[] = [];
  readonly tokens: string[] = [];
  state: SdkState | 'hangs' = null;
  level: number;
  /** What setVolume makes of what it is asked. */
  takesVolume = (asked: number): number => asked;
  connected: boolean | 'hangs' = true;
  rejects = false;
  readonly #listeners = new Map<SdkEventName, Set<(value: unknown) => void>>();

  constructor(readonly options: SdkPlayerOptions) {
    this.level = options.volume;
  }

  tell(event: SdkEventName, value?: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(value);
  }

  ready(id = 'device-1'): void {
    this.tell('ready', { device_id: id });
  }

  /** As the SDK does at connect, at expiry, on wake. */
  askToken(): void {
    this.options.getOAuthToken((token) => this.tokens.push(token));
  }

  connect(): Promise<boolean> {
    this.calls.push('connect');
    this.askToken();
    return this.connected === 'hangs' ? new Promise(() => undefined) : Promise.resolve(this.connected);
  }

  disconnect(): Promise<void> {
    this.calls.push('disconnect');
    return new Promise(() => undefined);
  }

  addListener(event: SdkEventName, listener: (value: unknown) => void): boolean {
    if (event === 'autoplay_failed' && this.options.name === 'old build') throw new TypeError('unknown event');
    const known = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, known.add(listener));
    return true;
  }

  removeListener(event: SdkEventName, listener: (value: unknown) => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  get listening(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  getCurrentState(): Promise<SdkState> {
    this.calls.push('state');
    return this.state === 'hangs' ? new Promise(() => undefined) : Promise.resolve(this.state);
  }

  getVolume(): Promise<number> {
    return Promise.resolve(this.level);
  }

  setVolume(asked: number): Promise<void> {
    this.level = this.takesVolume(asked);
    return this.#call(`volume ${asked}`);
  }

  pause(): Promise<void> {
    return this.#call('pause');
  }

  resume(): Promise<void> {
    return this.#call('resume');
  }

  seek(positionMs: number): Promise<void> {
    return this.#call(`seek ${positionMs}`);
  }

  nextTrack(): Promise<void> {
    return this.#call('next');
  }

  previousTrack(): Promise<void> {
    return this.#call('previous');
  }

  activateElement(): Promise<void> {
    return this.#call('activate');
  }

  #call(name: string): Promise<void> {
    this.calls.push(name);
    return this.rejects ? Promise.reject(new Error('a message with BQ-secret in it')) : Promise.resolve();
  }
}

/** The SDK of a page, loaded at once. `prepare` sets each new player up. */
export class FakeSdk implements Sdk {
  readonly players: FakePlayer[] = [];
  prepare: (player: FakePlayer) => void = () => undefined;
  taken = false;

  get player(): FakePlayer {
    const last = this.players.at(-1);
    if (!last) throw new Error('no player was made');
    return last;
  }

  load(): Promise<SdkNamespace> {
    const { players, prepare } = { players: this.players, prepare: (player: FakePlayer) => this.prepare(player) };
    return Promise.resolve({
      Player: class extends FakePlayer {
        constructor(options: SdkPlayerOptions) {
          super(options);
          players.push(this);
          prepare(this);
        }
      },
    });
  }

  claim(): () => void {
    if (this.taken) throw new PlayerError('page-taken');
    this.taken = true;
    return () => {
      this.taken = false;
    };
  }
}
