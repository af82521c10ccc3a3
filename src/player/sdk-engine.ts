import { systemClock, type Clock } from '../clock.js';
import { Subscribable } from '../subscribable.js';
import type { PlayTarget, SearchPage } from './controls.js';
import { PlayerError, type EngineEvent, type PlaybackEngine } from './engine.js';
import type { PlayerLibrary } from './library.js';
import { level } from './parse.js';
import { SdkDevice, type SdkDeviceEvent, type SdkDeviceOptions } from './sdk-device.js';
import { SdkStates } from './sdk-states.js';
import type { Sdk, SdkNamespace, SdkPlayer } from './sdk.js';
import { allCapabilities, type PlayerErrorCode, type RepeatMode } from './snapshot.js';
import type { TokenSource } from './tokens.js';
import { wait } from './wait.js';
import type { WebApi } from './web-api.js';

export interface SdkEngineOptions {
  readonly sdk: Sdk;
  readonly tokens: TokenSource;
  /** Makes the Web API's client, which asks for the engine's device of the moment. */
  readonly createApi: (deviceId: () => string | null) => WebApi;
  /** The device's name in Spotify's own apps. */
  readonly name: string;
  /** Level to start with, from 0 to 1. */
  readonly volume: number;
  /** Whether media keys control the music. */
  readonly mediaSession?: boolean;
  /** The host page's own player: no other is made, and no script is loaded. */
  readonly player?: SdkPlayer | undefined;
  readonly clock?: Clock;
}

/** On wake the SDK asks for a token before the network is back (spotify.md). */
const tokenDelays: readonly number[] = [1000, 3000, 6000];
const volumeDelays: readonly number[] = [0, 150, 400, 1000, 2000, 2500];
const sameQuestionMs = 2_000;
/** So many refusals of a running device within this time: fresh tokens are no better than the ones before. */
const refusals = { most: 3, withinMs: 60_000 };

/** What may pass by itself. */
const passing: ReadonlySet<PlayerErrorCode> = new Set(['network', 'server', 'rate-limited']);
/** What the Web API tells of an account that may not use the site's app. */
const denials: ReadonlySet<PlayerErrorCode> = new Set([
  'not-on-list',
  'owner-premium',
  'premium-required',
  'sign-in-expired',
]);

/** Spotify's Web Playback SDK, with the Web API for what the SDK cannot do. */
export function createSdkEngine(options: SdkEngineOptions): PlaybackEngine {
  return new SdkEngine(options);
}

class SdkEngine extends Subscribable<EngineEvent> implements PlaybackEngine {
  readonly name = 'account';
  readonly capabilities = allCapabilities;
  readonly #sdk: Sdk;
  readonly #tokens: TokenSource;
  readonly #api: WebApi;
  readonly library: PlayerLibrary;
  readonly #deviceName: string;
  readonly #mediaSession: boolean;
  readonly #host: SdkPlayer | null;
  readonly #clock: Clock;
  readonly #states: SdkStates;
  #device: SdkDevice | null = null;
  #connected = false;
  #release: (() => void) | null = null;
  /** Of the newest `connect` or `disconnect`; what belongs to an older one gives up. */
  #turn = 0;
  #level: number;
  #volumeTurn = 0;
  #following = false;
  /** The platform ignores what is asked. Seen by trying, and true of every device of this page. */
  #volumeFixed = false;
  /** The token that the SDK has, and since when. */
  #given = '';
  #givenAt = 0;
  #refusedAt: readonly number[] = [];

  constructor({ sdk, tokens, createApi, name, volume, mediaSession, player, clock = systemClock }: SdkEngineOptions) {
    super();
    this.#mediaSession = mediaSession === true;
    this.#host = player ?? null;
    this.#sdk = sdk;
    this.#tokens = tokens;
    this.#api = createApi(() => this.#device?.id ?? null);
    this.library = this.#api.library;
    this.#deviceName = name;
    this.#level = level(volume, 1);
    this.#clock = clock;
    this.#states = new SdkStates({
      read: () => this.#readState(),
      emit: (playback) => this.emit({ type: 'playback', playback }),
      clock,
    });
    // Its `ready` may come before the visitor connects, and comes once.
    if (player) this.#device = this.#createDevice({ player, id: null, findId: (playing) => this.#findId(playing) });
  }

  async connect(): Promise<void> {
    const heard = this.#turn === 0 ? (this.#device?.id ?? null) : null;
    this.#discard();
    const turn = ++this.#turn;
    if (!this.#claim()) await this.#claimLater(turn);
    try {
      // Before the script: a sign-in that ran out needs none of it.
      if (!this.#host) await this.#tokens.get();
      this.#stillWanted(turn);
      await Promise.race([this.#host ? this.#adopt(this.#host, heard, turn) : this.#start(turn), this.#denial(turn)]);
    } catch (error) {
      if (turn === this.#turn) this.disconnect();
      throw error;
    }
    this.#online();
  }

  /** Where a page puts a copy in an element's place, the one before gives the page back a task later. */
  async #claimLater(turn: number): Promise<void> {
    await new Promise<void>((passed) => this.#clock.after(0, passed));
    this.#stillWanted(turn);
    this.#release ??= this.#sdk.claim();
  }

  disconnect(): void {
    this.#turn++;
    this.#discard();
    this.#api.leave();
    this.#given = '';
    this.#refusedAt = [];
    this.#release?.();
    this.#release = null;
  }

  activate(): void {
    this.#device?.activate();
  }

  async play(target: PlayTarget): Promise<void> {
    await this.#api.play(target);
    this.#states.settleSoon();
  }

  pause(): Promise<void> {
    return this.#command((player) => player.pause());
  }

  resume(): Promise<void> {
    return this.#command((player) => player.resume());
  }

  next(): Promise<void> {
    return this.#command((player) => player.nextTrack());
  }

  previous(): Promise<void> {
    return this.#command((player) => player.previousTrack());
  }

  seek(positionMs: number): Promise<void> {
    return this.#command((player) => player.seek(Math.round(positionMs)));
  }

  async setVolume(asked: number): Promise<void> {
    const turn = ++this.#volumeTurn;
    await this.#give((player) => player.setVolume(asked));
    this.#level = asked;
    void this.#followVolume(asked, turn);
  }

  async setShuffle(on: boolean): Promise<void> {
    await this.#api.setShuffle(on);
    this.#states.settleSoon();
  }

  async setRepeat(mode: RepeatMode): Promise<void> {
    await this.#api.setRepeat(mode);
    this.#states.settleSoon();
  }

  async addToQueue(uri: string): Promise<void> {
    await this.#api.addToQueue(uri);
    this.#states.settleSoon();
  }

  async bringHere(): Promise<void> {
    await this.#api.transfer();
    this.#states.settleSoon();
  }

  search(query: string, offset: number, signal?: AbortSignal): Promise<SearchPage> {
    return this.#api.search(query, offset, signal);
  }

  playingOn(how?: { readonly sounding: boolean }): Promise<string | null> {
    return this.#api.library.playingOn(how);
  }

  isAlive(): Promise<boolean> {
    return this.#api.library.hasOwnDevice();
  }

  async #command(run: (player: SdkPlayer) => Promise<unknown>): Promise<void> {
    await this.#give(run);
    this.#states.settleSoon();
  }

  async #give(run: (player: SdkPlayer) => Promise<unknown>): Promise<void> {
    if (!this.#device) throw new PlayerError('device-lost', 'not connected');
    await this.#device.command(run);
  }

  async #start(turn: number): Promise<void> {
    const namespace = await this.#sdk.load();
    this.#stillWanted(turn);
    this.emit({ type: 'loaded' });
    try {
      await this.#openDevice(namespace);
    } catch (error) {
      this.#stillWanted(turn);
      if (!this.#device?.refused) throw error;
      // The token may have been revoked before its time; a fresh one, once, tells.
      await this.#tokens.renew(this.#given);
      this.#stillWanted(turn);
      await this.#openDevice(namespace);
    }
    this.#stillWanted(turn);
  }

  /**
   * Never resolves; rejects when the account may not use the site's app. A listener who is not on the site's list gets
   * through the sign-in, and the SDK does not say what is wrong: the Web API does (spotify.md).
   */
  #denial(turn: number): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.#api.checkAccess().catch((error: unknown) => {
        // Anything else says nothing of the account, and the SDK may well work.
        if (turn !== this.#turn || !(error instanceof PlayerError) || !denials.has(error.code)) return;
        if (this.#connected) this.emit({ type: 'error', error });
        else reject(error);
      });
    });
  }

  async #openDevice(namespace: SdkNamespace): Promise<void> {
    this.#givenAt = this.#clock.now();
    // The old one goes first: the newest player takes the page's message callback from all others (spotify.md).
    this.#discard();
    this.#device = this.#createDevice({
      namespace,
      name: this.#deviceName,
      volume: this.#level,
      enableMediaSession: this.#mediaSession,
      token: () => this.#token(),
    });
    await this.#device.open();
  }

  /** @param heard the id that its `ready` told */
  async #adopt(player: SdkPlayer, heard: string | null, turn: number): Promise<void> {
    this.emit({ type: 'loaded' });
    this.#device = this.#createDevice({ player, id: heard, findId: (playing) => this.#findId(playing) });
    await this.#device.open();
    this.#stillWanted(turn);
  }

  #createDevice(source: SdkDeviceOptions['source']): SdkDevice {
    const device: SdkDevice = new SdkDevice({
      source,
      report: (event) => {
        if (device === this.#device) this.#on(event);
      },
      clock: this.#clock,
    });
    return device;
  }

  async #findId(playing: boolean): Promise<string | null> {
    try {
      return await this.#api.library.findDevice({ playing, name: this.#deviceName });
    } catch (error) {
      // A sign-in that ran out is a matter of its own; without an answer, the player itself may still tell.
      if (error instanceof PlayerError && denials.has(error.code)) throw error;
      return null;
    }
  }

  #discard(): void {
    this.#states.reset();
    this.#volumeTurn++;
    this.#following = false;
    this.#connected = false;
    this.#device?.discard();
    this.#device = null;
  }

  #stillWanted(turn: number): void {
    if (turn !== this.#turn) throw new PlayerError('device-lost', 'given up for a newer connect or disconnect');
  }

  #online(): void {
    this.#connected = true;
    this.#states.reset();
    this.emit({ type: 'online' });
    // A device that came back may play on; and iOS reads its volume as 1 whatever was asked (spotify.md).
    this.#states.settleSoon();
  }

  #on(event: SdkDeviceEvent): void {
    switch (event.type) {
      case 'online':
        if (this.#claim()) this.#online();
        break;
      case 'state':
        this.#states.event(event.state);
        break;
      case 'refused':
        this.#renewAndReturn();
        break;
      case 'error':
        // Renewing failed for a reason that may pass: connecting again, a bounded number of times, is the session's.
        this.emit(passing.has(event.error.code) ? { type: 'offline' } : event);
        break;
      default:
        this.emit(event);
    }
  }

  /** A host's player that the host itself connects takes the page's place too. @returns whether it is free */
  #claim(): boolean {
    try {
      this.#release ??= this.#sdk.claim();
      return true;
    } catch {
      // Who connects is told of it; nobody has asked to yet.
      return false;
    }
  }

  #renewAndReturn(): void {
    const now = this.#clock.now();
    this.#refusedAt = [...this.#refusedAt.filter((at) => now - at < refusals.withinMs), now];
    if (this.#refusedAt.length >= refusals.most) {
      this.emit({ type: 'error', error: new PlayerError('sign-in-expired', 'the SDK refuses fresh tokens too') });
      return;
    }
    // A failure shows when the session connects again, which asks for a token first.
    this.#tokens.renew(this.#given).catch(() => undefined);
    this.emit({ type: 'offline', returns: false });
  }

  async #token(delays = tokenDelays): Promise<string> {
    try {
      const known = await this.#tokens.get();
      const now = this.#clock.now();
      // Asked again: what it has is no good any more, whatever its time. Twice in a moment is one question.
      const isSpent = known === this.#given && now - this.#givenAt > sameQuestionMs;
      const token = isSpent ? await this.#tokens.renew(known) : known;
      if (token !== this.#given) this.#givenAt = now;
      return (this.#given = token);
    } catch (error) {
      const [delay, ...later] = delays;
      if (delay === undefined || !(error instanceof PlayerError) || !passing.has(error.code)) throw error;
      await wait(delay, this.#clock);
      return this.#token(later);
    }
  }

  #readState(): ReturnType<SdkDevice['state']> {
    if (!this.#device) return Promise.reject(new PlayerError('device-lost', 'not connected'));
    // No event tells of a level that was changed in Spotify's own apps.
    if (!this.#following) void this.#readVolume(this.#volumeTurn);
    return this.#device.state();
  }

  /** SDK quirk: setVolume() resolves before its effect and no event follows (spotify.md): the level is read back. */
  async #followVolume(asked: number, turn: number): Promise<void> {
    this.#following = true;
    let reads: readonly number[] = [];
    for (const delay of volumeDelays) {
      await wait(delay, this.#clock);
      const read = await this.#readVolume(turn);
      if (read === null || Math.abs(read - asked) < 0.01) break;
      reads = [...reads, read];
    }
    if (turn !== this.#volumeTurn) return;
    this.#following = false;
    // iOS reads 1 whatever was asked (spotify.md). Anything else is an effect that is late, or somebody else's hand.
    if (reads.length === volumeDelays.length && reads.every((read) => read === 1)) {
      this.#volumeFixed = true;
      this.emit({ type: 'volume', level: 1, fixed: true });
    }
  }

  /** @returns null when it is of no use any more */
  async #readVolume(turn: number): Promise<number | null> {
    try {
      const read = level(await this.#device?.volume(), NaN);
      if (turn !== this.#volumeTurn || Number.isNaN(read)) return null;
      if (read !== 1) this.#volumeFixed = false;
      this.emit({ type: 'volume', level: read, ...(this.#volumeFixed && { fixed: true }) });
      return read;
    } catch {
      // It may hang on a dead device. What is shown stays what was last read.
      return null;
    }
  }
}
