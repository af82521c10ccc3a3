import { systemClock, withTimeLimit, type Clock } from '../clock.js';
import { PlayerError } from './engine.js';
import { record, text } from './parse.js';
import { sdkEvents, type SdkEventName, type SdkNamespace, type SdkPlayer, type SdkPlayerOptions } from './sdk.js';
import type { SdkState } from './to-playback.js';

export type SdkDeviceEvent =
  | { readonly type: 'online' }
  | { readonly type: 'offline' }
  | { readonly type: 'state'; readonly state: SdkState }
  | { readonly type: 'autoplay-blocked' }
  /** The SDK was given a token and Spotify would not have it. */
  | { readonly type: 'refused' }
  | { readonly type: 'error'; readonly error: PlayerError };

/** A player of our own, to be made. */
export interface OwnPlayer extends Omit<SdkPlayerOptions, 'getOAuthToken'> {
  readonly namespace: SdkNamespace;
  readonly token: () => Promise<string>;
}

/** The host page's player. It stays the host's: it is listened to and told what to do, never disconnected. */
export interface HostPlayer {
  readonly player: SdkPlayer;
  /** The id that its `ready` told before, where that was heard. */
  readonly id: string | null;
  /** Asks the Web API for the id of a player whose `ready` nobody heard. @param playing whether it plays */
  readonly findId: (playing: boolean) => Promise<string | null>;
}

export interface SdkDeviceOptions {
  readonly source: OwnPlayer | HostPlayer;
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

/** One `Spotify.Player`, from its creation or adoption until it is discarded. Its promises get their time limits here. */
export class SdkDevice {
  readonly #player: SdkPlayer;
  readonly #own: OwnPlayer | null;
  readonly #host: HostPlayer | null;
  readonly #listeners = new Map<SdkEventName, (value: unknown) => void>();
  readonly #report: (event: SdkDeviceEvent) => void;
  readonly #clock: Clock;
  #id: string | null = null;
  /** A host's player may play without an id that we know. */
  #online = false;
  #opening: { resolve: () => void; reject: (error: PlayerError) => void } | null = null;
  #tokenFailed = false;
  #refused = false;
  #discarded = false;

  constructor({ source, report, clock = systemClock }: SdkDeviceOptions) {
    this.#own = 'namespace' in source ? source : null;
    this.#host = 'player' in source ? source : null;
    this.#report = report;
    this.#clock = clock;
    this.#player = 'player' in source ? source.player : this.#create(source);
    this.#setId(this.#host?.id ?? null);
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
    if (this.#host && (await this.#adopt(this.#host))) return;
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
    if (!this.#online) throw new PlayerError('device-lost', 'this page is no device');
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
    this.#setId(null);
    this.#opening?.reject(new PlayerError('device-lost', 'given up'));
    for (const [name, listener] of this.#listeners) this.#attempt(() => this.#player.removeListener(name, listener));
    if (this.#host) return;
    this.#attempt(() => {
      // SDK quirk: after long idleness disconnect() hangs. Nobody waits for it, and its failure changes nothing.
      Promise.resolve(this.#player.disconnect()).catch(() => undefined);
    });
  }

  #create({ namespace, name, volume, enableMediaSession }: OwnPlayer): SdkPlayer {
    const getOAuthToken = (give: (token: string) => void): void => void this.#giveToken(give);
    return new namespace.Player({ name, volume, enableMediaSession, getOAuthToken });
  }

  #setId(id: string | null): void {
    this.#id = id;
    this.#online = id !== null;
  }

  /**
   * Takes a player that is connected already, and tells `ready` no more. Nothing that is documented says its id; what
   * says it without doubt is that it has a state, for then it is the account's one device that plays.
   *
   * @returns false where it does not seem to be connected
   */
  async #adopt(host: HostPlayer): Promise<boolean> {
    if (this.#online) return true;
    // It may hang on a player that was never connected.
    const isPlaying = Boolean(await this.state().catch(() => null));
    const id = await host.findId(isPlaying);
    if (this.#discarded) throw new PlayerError('device-lost', 'given up');
    // Told by its own `ready` meanwhile.
    if (this.#online) return true;
    this.#setId(id);
    // Without an id the SDK's own commands still reach it.
    this.#online ||= isPlaying;
    return this.#online;
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
    const listener = (value: unknown): void => this.#on(name, value);
    this.#listeners.set(name, listener);
    this.#attempt(() => this.#player.addListener(name, listener));
  }

  #on(name: SdkEventName, value: unknown): void {
    if (this.#discarded) return;
    switch (name) {
      case 'ready':
        // SDK quirk: after `not_ready` it may come back by itself, with a NEW id (spotify.md).
        this.#setId(text(record(value).device_id) || null);
        if (this.#opening) this.#opening.resolve();
        else this.#report({ type: 'online' });
        break;
      case 'not_ready':
        // One that tells of an id from before is late.
        if (this.#opening || text(record(value).device_id) !== this.#id) return;
        this.#setId(null);
        this.#report({ type: 'offline' });
        break;
      case 'player_state_changed':
        this.#report({ type: 'state', state: (value ?? null) as SdkState });
        break;
      case 'autoplay_failed':
        this.#report({ type: 'autoplay-blocked' });
        break;
      case 'authentication_error':
        // The host's player got its token from the host.
        if (this.#host) return this.#fail(new PlayerError('sign-in-failed', name));
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
      const token = (await this.#own?.token()) ?? '';
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
