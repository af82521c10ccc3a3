import { systemClock, withTimeLimit, type Clock } from '../clock.js';
import { PlayerError } from './engine.js';
import { record, text } from './parse.js';
import { sdkEvents, type SdkEventName, type SdkNamespace, type SdkPlayer } from './sdk.js';
import type { SdkState } from './to-playback.js';

export type SdkDeviceEvent =
  | { readonly type: 'online' }
  | { readonly type: 'offline' }
  | { readonly type: 'state'; readonly state: SdkState }
  | { readonly type: 'autoplay-blocked' }
  /** The SDK was given a token and Spotify would not have it. */
  | { readonly type: 'refused' }
  | { readonly type: 'error'; readonly error: PlayerError };

export interface SdkDeviceOptions {
  readonly namespace: SdkNamespace;
  readonly name: string;
  readonly volume: number;
  readonly token: () => Promise<string>;
  readonly report: (event: SdkDeviceEvent) => void;
  readonly clock?: Clock;
}

const readyLimit = 15_000;
/** `connect()` said false: an error event that says why may still be on its way. */
const reasonLimit = 1_000;
const answerLimit = 3_000;

const errorCodes = {
  // No EME, no DRM, no secure context: the browser cannot play what Spotify streams.
  initialization_error: 'sdk-blocked',
  authentication_error: 'sign-in-expired',
  account_error: 'premium-required',
  playback_error: 'playback',
} as const;

/** One `Spotify.Player`, from its creation until it is discarded. Every promise of the SDK gets a time limit here. */
export class SdkDevice {
  readonly #player: SdkPlayer;
  readonly #token: () => Promise<string>;
  readonly #report: (event: SdkDeviceEvent) => void;
  readonly #clock: Clock;
  #id: string | null = null;
  #opening: { resolve: () => void; reject: (error: PlayerError) => void } | null = null;
  #tokenFailed = false;
  #refused = false;
  #discarded = false;

  constructor({ namespace, name, volume, token, report, clock = systemClock }: SdkDeviceOptions) {
    this.#token = token;
    this.#report = report;
    this.#clock = clock;
    this.#player = new namespace.Player({ name, volume, getOAuthToken: (give) => void this.#giveToken(give) });
    for (const name of sdkEvents) this.#listen(name);
  }

  /** null while this page is no device. Never handed out but to the Web API (I3). */
  get id(): string | null {
    return this.#id;
  }

  /** Whether it failed because of the token it was given. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Resolves once this page is a device, which is later than `connect()` says, or never (spotify.md). */
  async open(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.#opening = { resolve, reject };
    });
    const tooLate = (): PlayerError => new PlayerError('device-timeout', 'the SDK got no device in time');
    try {
      // SDK quirk: connect() never resolves when another player took the page's iframe; `ready` alone counts.
      const connected = this.#player.connect().catch(() => false);
      const said = await withTimeLimit(
        Promise.race([connected, ready.then(() => true)]),
        readyLimit,
        tooLate,
        this.#clock,
      );
      await withTimeLimit(ready, said ? readyLimit : reasonLimit, tooLate, this.#clock);
    } finally {
      this.#opening = null;
    }
  }

  /** Gives a command to the SDK, which answers when it has been posted, not when it took effect. */
  async command(run: (player: SdkPlayer) => Promise<unknown>): Promise<void> {
    if (!this.#id) throw new PlayerError('device-lost', 'this page is no device');
    await this.#limited(run);
  }

  state(): Promise<SdkState> {
    return this.#limited((player) => player.getCurrentState());
  }

  volume(): Promise<number> {
    return this.#limited((player) => player.getVolume());
  }

  /** SDK quirk: only a call made synchronously inside the click lets sound start on Safari and on phones. */
  activate(): void {
    // It rejects where no gesture was needed or none was made; `autoplay_failed` tells of the one that matters.
    this.#player.activateElement().catch(() => undefined);
  }

  discard(): void {
    this.#discarded = true;
    this.#id = null;
    this.#opening?.reject(new PlayerError('device-lost', 'given up'));
    for (const name of sdkEvents) this.#attempt(() => this.#player.removeListener(name));
    this.#attempt(() => {
      // SDK quirk: after long idleness disconnect() hangs. Nobody waits for it, and its failure changes nothing.
      Promise.resolve(this.#player.disconnect()).catch(() => undefined);
    });
  }

  #limited<T>(run: (player: SdkPlayer) => Promise<T>): Promise<T> {
    const lost = (): PlayerError => new PlayerError('device-lost', 'the SDK did not answer');
    const answer = Promise.resolve()
      .then(() => run(this.#player))
      // Its own words may hold anything; the code says what a visitor can do.
      .catch(() => Promise.reject(new PlayerError('playback', 'the SDK refused the command')));
    return withTimeLimit(answer, answerLimit, lost, this.#clock);
  }

  #listen(name: SdkEventName): void {
    // An unknown event throws a TypeError (spotify.md); older builds lack `autoplay_failed`.
    this.#attempt(() => this.#player.addListener(name, (value) => this.#on(name, value)));
  }

  #on(name: SdkEventName, value: unknown): void {
    if (this.#discarded) return;
    switch (name) {
      case 'ready':
        // SDK quirk: after `not_ready` it may come back by itself, with a NEW id (spotify.md).
        this.#id = text(record(value).device_id) || null;
        if (this.#opening) this.#opening.resolve();
        else this.#report({ type: 'online' });
        break;
      case 'not_ready':
        // One that tells of an id from before is late.
        if (this.#opening || text(record(value).device_id) !== this.#id) return;
        this.#id = null;
        this.#report({ type: 'offline' });
        break;
      case 'player_state_changed':
        this.#report({ type: 'state', state: (value ?? null) as SdkState });
        break;
      case 'autoplay_failed':
        this.#report({ type: 'autoplay-blocked' });
        break;
      case 'authentication_error':
        // The empty token that stood in for a failure was refused: the failure itself has been told.
        if (this.#tokenFailed) return;
        this.#refused = true;
        if (this.#opening) this.#fail(new PlayerError(errorCodes[name], name));
        else this.#report({ type: 'refused' });
        break;
      default:
        this.#fail(new PlayerError(errorCodes[name], name));
    }
  }

  /** SDK quirk: the first answer wins, and none at all hangs the SDK (spotify.md): it gets one in every case. */
  async #giveToken(give: (token: string) => void): Promise<void> {
    try {
      const token = await this.#token();
      this.#tokenFailed = false;
      give(token);
    } catch (error) {
      this.#tokenFailed = true;
      give('');
      if (this.#discarded) return;
      this.#fail(error instanceof PlayerError ? error : new PlayerError('sign-in-failed', 'no token'));
    }
  }

  #fail(error: PlayerError): void {
    if (this.#opening) this.#opening.reject(error);
    else this.#report({ type: 'error', error });
  }

  #attempt(run: () => unknown): void {
    try {
      run();
    } catch {
      // The SDK's own refusal; each caller says above why that is no matter.
    }
  }
}
