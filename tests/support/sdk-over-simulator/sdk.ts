import type { DevicePlayback, FromDealer, FromFrame, SdkCommand, ToDealer } from '../../../demo/services/spotify/device/protocol.js';
import { DeviceSession } from '../../../demo/services/spotify/device/session.js';
import type { Simulator } from '../../../demo/services/spotify/simulator.js';
import type { SdkNamespace, SdkPlayer, SdkPlayerOptions } from '../../../src/player/sdk.js';
import type { SdkState } from '../../../src/player/to-playback.js';
import { base } from './network.js';

const eventNames: ReadonlySet<string> = new Set([
  'ready', 'not_ready', 'player_state_changed', 'autoplay_failed', 'initialization_error', 'authentication_error', 'account_error',
  'playback_error',
]);

/**
 * The SDK's frame without a frame: what `demo/services/spotify/client/embedded.ts` is in a browser. It keeps the socket to
 * the dealer, which here is a call, and what breaks is tried again until the page disconnects.
 */
export class SdkFrame {
  /** SDK quirk: there is one callback, and the newest player's overwrites it (spotify.md). */
  onMessage: (message: FromFrame) => void = () => undefined;
  /** Each command as it goes out. */
  onCommand: (command: SdkCommand) => void = () => undefined;
  /** The device's id while it is ready. */
  readyId: string | null = null;
  /** How often a page or the frame itself asked for a device. */
  asked = 0;
  onReadyId: (id: string | null) => void = () => undefined;
  #session: DeviceSession | null = null;
  #wanted: { readonly name: string; readonly id: number | null } | null = null;
  #deviceId: string | null = null;
  #isSignedIn = false;
  #attempts = 0;
  #cancelRetry = (): void => undefined;
  #volume = 1;
  #playback: DevicePlayback | null = null;
  #since = 0;

  constructor(private readonly simulator: Simulator) {}

  connect(name: string, volume: number, id: number): void {
    this.disconnect();
    this.#wanted = { name, id };
    this.#volume = volume;
    this.#open();
  }

  disconnect(): void {
    this.#wanted = null;
    this.#cancelRetry();
    this.#close();
  }

  /** The line to Spotify breaks. */
  cut(): void {
    if (!this.#session) return;
    if (this.readyId) this.#event('not_ready', { device_id: this.readyId });
    this.#close();
    this.#cancelRetry = this.simulator.clock.after(Math.min(8_000, 400 * 2 ** this.#attempts++), () => this.#open());
  }

  token(token: string): void {
    if (!this.#wanted) return;
    if (this.#isSignedIn) return this.#send({ type: 'token', token });
    this.#isSignedIn = true;
    this.#send({ type: 'connect', token, name: this.#wanted.name, volume: this.#volume, deviceId: this.#deviceId });
  }

  command(command: SdkCommand): void {
    if (this.#session) this.onCommand(command);
    this.#send({ type: 'command', command });
  }

  answer(id: number, value: unknown): void {
    this.#tell({ type: 'answer', id, value });
  }

  get volume(): number {
    return this.#volume;
  }

  get state(): Spotify.PlaybackState | null {
    const state = this.#playback?.state;
    if (!state) return null;
    const now = this.simulator.clock.now();
    const position = state.paused ? state.position : Math.min(state.position + now - this.#since, state.duration);
    return { ...state, position, timestamp: now };
  }

  #open(): void {
    this.asked++;
    this.#isSignedIn = false;
    const session: DeviceSession = new DeviceSession(this.simulator, base, (message) =>
      queueMicrotask(() => {
        if (session === this.#session) this.#receive(message);
      }),
    );
    this.#session = session;
    this.#tell({ type: 'token-needed' });
  }

  #close(): void {
    const session = this.#session;
    this.#session = null;
    this.#playback = null;
    this.#becomes(null);
    session?.close();
  }

  #becomes(id: string | null): void {
    this.readyId = id;
    this.onReadyId(id);
  }

  #receive(message: FromDealer): void {
    switch (message.type) {
      case 'connected':
        this.#attempts = 0;
        if (typeof this.#wanted?.id === 'number') this.answer(this.#wanted.id, message.ok);
        if (this.#wanted) this.#wanted = { ...this.#wanted, id: null };
        return;
      case 'ready':
      case 'not_ready':
        this.#deviceId = message.deviceId;
        this.#becomes(message.type === 'ready' ? message.deviceId : null);
        return this.#event(message.type, { device_id: message.deviceId });
      case 'error':
        return this.#event(message.event, { message: message.message });
      case 'token-needed':
        return this.#tell({ type: 'token-needed' });
      case 'playback':
        return this.#follow(message.playback);
      case 'state':
        return this.#event('player_state_changed', message.state);
      case 'volume':
        this.#volume = message.volume;
    }
  }

  #follow(playback: DevicePlayback | null): void {
    this.#playback = playback;
    this.#since = this.simulator.clock.now();
    if (!playback || playback.state.paused || !playback.refused) return;
    this.#send({ type: 'autoplay-failed' });
    this.#event('autoplay_failed', undefined);
  }

  #send(message: ToDealer): void {
    // Over a socket: later than the call, in order.
    const session = this.#session;
    queueMicrotask(() => {
      if (session === this.#session) session?.receive(message);
    });
  }

  #event(name: string, payload: unknown): void {
    this.#tell({ type: 'event', name, payload });
  }

  #tell(message: FromFrame): void {
    queueMicrotask(() => this.onMessage(message));
  }
}

/** `window.Spotify` of one page, as `demo/services/spotify/client/sdk.ts` makes it. */
export function createNamespace(frame: SdkFrame): SdkNamespace {
  let questions = 0;

  class Player implements SdkPlayer {
    readonly #options: SdkPlayerOptions;
    readonly #listeners = new Map<string, Set<(value: unknown) => void>>();
    readonly #answers = new Map<number, (value: unknown) => void>();

    constructor(options: SdkPlayerOptions) {
      this.#options = options;
      frame.onMessage = (message) => this.#receive(message);
    }

    connect(): Promise<boolean> {
      return this.#ask<boolean>((id) => frame.connect(this.#options.name, this.#options.volume, id));
    }

    disconnect(): void {
      queueMicrotask(() => frame.disconnect());
    }

    getCurrentState(): Promise<SdkState> {
      return this.#ask<SdkState>((id) => frame.answer(id, frame.state));
    }

    getVolume(): Promise<number> {
      return this.#ask<number>((id) => frame.answer(id, frame.volume));
    }

    addListener(event: string, listener: (value: unknown) => void): boolean {
      if (!eventNames.has(event)) throw new TypeError(`"${event}" is not an event of Spotify.Player.`);
      const listeners = this.#listeners.get(event) ?? new Set();
      const isNew = !listeners.has(listener);
      this.#listeners.set(event, listeners.add(listener));
      return isNew;
    }

    removeListener(event: string): boolean {
      return this.#listeners.delete(event);
    }

    pause = (): Promise<void> => this.#command({ name: 'pause' });
    resume = (): Promise<void> => this.#command({ name: 'resume' });
    nextTrack = (): Promise<void> => this.#command({ name: 'next' });
    previousTrack = (): Promise<void> => this.#command({ name: 'previous' });
    seek = (value: number): Promise<void> => this.#command({ name: 'seek', value });
    setVolume = (value: number): Promise<void> => this.#command({ name: 'volume', value });
    activateElement = (): Promise<void> => Promise.resolve();

    /** SDK quirk: resolves when the message is posted, not when it takes effect (spotify.md). */
    #command(command: SdkCommand): Promise<void> {
      queueMicrotask(() => frame.command(command));
      return Promise.resolve();
    }

    #ask<T>(question: (id: number) => void): Promise<T> {
      const id = ++questions;
      return new Promise((resolve) => {
        this.#answers.set(id, resolve as (value: unknown) => void);
        queueMicrotask(() => question(id));
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
          this.#options.getOAuthToken((token) => {
            // The first answer wins (spotify.md).
            if (isGiven) return;
            isGiven = true;
            queueMicrotask(() => frame.token(token));
          });
        }
      }
    }
  }
  return { Player };
}
