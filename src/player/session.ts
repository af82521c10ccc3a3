import { systemClock, type Clock } from '../clock.js';
import { Subscribable, type Unsubscribe } from '../subscribable.js';
import type { PlayerControls, PlayTarget, SearchPage } from './controls.js';
import { PlayerError, type EngineEvent, type PlaybackEngine } from './engine.js';
import { level } from './parse.js';
import { effects, PendingCommands, type Effect } from './pending.js';
import type { PlayerSession } from './player-session.js';
import { codeOf, deniesAccount, endsPlayback, mayPassByItself, toFailure, toNotice } from './problems.js';
import type { SignIn } from './sign-in.js';
import {
  idlePlayback,
  initialSnapshot,
  isSamePlayback,
  type PendingCommand,
  type Playback,
  type PlayerErrorCode,
  type PlayerSnapshot,
  type PlayerStatus,
  type RepeatMode,
} from './snapshot.js';
import { wait } from './wait.js';

export interface PlayerSessionOptions {
  readonly engine: PlaybackEngine;
  readonly signIn: SignIn;
  /** Level to start with, from 0 to 1. */
  readonly volume?: number;
  readonly clock?: Clock;
}

/** How long before each attempt to get a device back. The first leaves the engine time to find it by itself. */
const returnDelays: readonly number[] = [5_000, 2_000, 8_000];
/** As above, where the device is known to be gone. */
const lostDelays: readonly number[] = [0, 3_000];
/** Events of a playback that was refused go on for so long. */
const refusalMs = 1_500;
/** A redirect leaves the page; a page that is still here was brought back by the browser's Back, or never left. */
const redirectLimit = 15_000;

/** From signed out to playing: the visitor's commands in, one true state out. */
export function createPlayerSession(options: PlayerSessionOptions): PlayerSession {
  return new Session(options);
}

class Session extends Subscribable<PlayerSnapshot> implements PlayerSession {
  readonly controls: PlayerControls;
  readonly #engine: PlaybackEngine;
  readonly #signIn: SignIn;
  readonly #clock: Clock;
  readonly #pending: PendingCommands;
  readonly #unsubscribe: Unsubscribe;
  #snapshot: PlayerSnapshot;
  /** Of the newest connect, disconnect or loss. What an older one still has under way comes to nothing. */
  #attempt = 0;
  #connecting: Promise<void> | null = null;
  /** Something played here since the device came: a state of null then means that it moved elsewhere. */
  #wasActive = false;
  #wantedVolume = 0;
  /** When the browser refused sound, until the visitor's own click on it. */
  #silencedAt: number | null = null;
  #disposed = false;

  constructor({ engine, signIn, volume = 1, clock = systemClock }: PlayerSessionOptions) {
    super();
    this.#engine = engine;
    this.#signIn = signIn;
    this.#clock = clock;
    this.#snapshot = Object.freeze({ ...initialSnapshot, volume: level(volume, 1) });
    this.#pending = new PendingCommands(clock, (name, answered) => this.#onExpire(name, answered));
    this.#unsubscribe = engine.subscribe((event) => this.#on(event));
    this.controls = this.#createControls();
  }

  get snapshot(): PlayerSnapshot {
    return this.#snapshot;
  }

  async restore(): Promise<void> {
    if (this.#disposed || this.#connecting || this.#snapshot.status !== 'signed-out') return;
    const returning = this.#signIn.takeRedirect();
    // Nobody is asked, and nothing is contacted, where there is no sign-in to take up (I4).
    if (!returning && !this.#signIn.remembered) return;
    await this.#begin(() => {
      this.#update({ ...idlePlayback, status: returning ? 'signing-in' : 'loading', problem: null });
      return returning ?? Promise.resolve();
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#attempt++;
    this.#pending.clear();
    this.#unsubscribe();
    this.#signIn.cancel();
    this.#engine.disconnect();
  }

  #createControls(): PlayerControls {
    return Object.freeze<PlayerControls>({
      connect: () => this.#connect(),
      connectByRedirect: () => this.#connectByRedirect(),
      disconnect: async () => this.#disconnect(),
      play: (target) => (target === undefined ? this.#resume() : this.#play(target)),
      pause: () => this.#onTrack('pause', effects.pause(), () => this.#engine.pause()),
      resume: () => this.#resume(),
      next: () => this.#onTrack('next', effects.skip(this.#snapshot), () => this.#engine.next()),
      previous: () => this.#onTrack('previous', effects.skip(this.#snapshot), () => this.#engine.previous()),
      seek: (positionMs) => this.#seek(positionMs),
      setVolume: (volume) => this.#setVolume(volume),
      setShuffle: (on) => this.#onTrack('shuffle', effects.shuffle(on), () => this.#engine.setShuffle(on)),
      setRepeat: (mode: RepeatMode) => this.#onTrack('repeat', effects.repeat(mode), () => this.#engine.setRepeat(mode)),
      addToQueue: (uri) => this.#addToQueue(uri),
      bringHere: () => this.#bringHere(),
      dismissProblem: () => {
        // What ended the playback stays until something is done about it.
        if (this.#snapshot.status !== 'failed') this.#update({ problem: null });
      },
      search: (query, { offset = 0, signal } = {}) => this.#search(query, offset, signal),
    });
  }

  #connect(): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    if (this.#connecting) {
      this.#signIn.focus();
      return this.#connecting;
    }
    const { status, problem } = this.#snapshot;
    if (isOnline(status) && problem?.code !== 'device-lost') {
      this.#update({ problem: null });
      return Promise.resolve();
    }
    // Both synchronously inside the click: sound and windows are allowed only there.
    this.#engine.activate();
    return this.#begin((attempt, leave) => {
      const { remembered } = this.#signIn;
      this.#update({ ...idlePlayback, status: remembered ? 'loading' : 'signing-in', problem: null });
      if (remembered) return Promise.resolve();
      return this.#signIn.withPopup(() => {
        if (attempt !== this.#attempt) return;
        this.#show(new PlayerError('popup-closed'));
        leave();
      });
    });
  }

  #connectByRedirect(): Promise<void> {
    if (this.#disposed || isOnline(this.#snapshot.status)) return Promise.resolve();
    const attempt = this.#supersede();
    this.#engine.disconnect();
    this.#update({ ...idlePlayback, status: 'signing-in', problem: null });
    this.#clock.after(redirectLimit, () => {
      if (attempt === this.#attempt && this.#snapshot.status === 'signing-in') this.#update({ status: 'signed-out' });
    });
    return this.#signIn.withRedirect().catch((error: unknown) => this.#fail(attempt, error));
  }

  #disconnect(): void {
    if (this.#disposed) return;
    this.#supersede();
    this.#engine.disconnect();
    this.#signIn.forget();
    this.#wasActive = false;
    this.#update({ ...initialSnapshot, volume: this.#snapshot.volume });
  }

  /** Makes what is under way an older attempt's. @returns the new attempt */
  #supersede(): number {
    this.#connecting = null;
    this.#pending.clear();
    this.#update({ pending: this.#pending.names });
    return ++this.#attempt;
  }

  /**
   * Signs in and makes this page a device. Never rejects.
   *
   * @param signIn called at once. Its `leave` lets the caller of connect() go while the answer may still come.
   */
  #begin(signIn: (attempt: number, leave: () => void) => Promise<void>): Promise<void> {
    const attempt = this.#supersede();
    let leave = (): void => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    let hasLeft = false;

    const run = async (): Promise<void> => {
      try {
        await signIn(attempt, () => {
          hasLeft = true;
          leave();
        });
        if (attempt === this.#attempt) await this.#establish(attempt);
      } catch (error) {
        // The closed window was told of when it closed.
        if (!hasLeft || codeOf(error) !== 'popup-closed') this.#fail(attempt, error);
      }
    };
    const connecting = Promise.race([left, run()]).finally(() => {
      if (this.#connecting === connecting) this.#connecting = null;
    });
    this.#connecting = connecting;
    return connecting;
  }

  async #establish(attempt: number): Promise<void> {
    this.#update({ status: 'loading', problem: null });
    await this.#engine.connect();
    if (attempt === this.#attempt) this.#online();
  }

  #online(): void {
    // A loop that asks for the device has its answer.
    this.#attempt++;
    this.#wasActive = false;
    this.#update({ status: 'ready', problem: null });
  }

  /**
   * Asks for the device again, a bounded number of times.
   *
   * @returns whether this page is a device again
   */
  async #return(delays: readonly number[]): Promise<boolean> {
    const attempt = this.#supersede();
    this.#update({ status: 'reconnecting', problem: null });
    let last: unknown = new PlayerError('device-lost');
    for (const delay of delays) {
      await wait(delay, this.#clock);
      if (attempt !== this.#attempt) return false;
      try {
        await this.#engine.connect();
        if (attempt === this.#attempt) this.#online();
        return isOnline(this.#snapshot.status);
      } catch (error) {
        // A device that does not come in time is, to the visitor, the one that got lost.
        last = codeOf(error) === 'device-timeout' ? new PlayerError('device-lost') : error;
        if (!mayPassByItself(error)) break;
      }
    }
    this.#fail(attempt, last);
    return false;
  }

  /** Ends an attempt that is still the newest. */
  #fail(attempt: number, error: unknown): void {
    if (attempt !== this.#attempt) return;
    this.#supersede();
    this.#engine.disconnect();
    this.#show(error);
  }

  #show(error: unknown): void {
    const { status, problem, forget } = toFailure(error, this.#signIn.canRedirect);
    if (forget) this.#signIn.forget();
    this.#wasActive = false;
    this.#update({ ...idlePlayback, status, problem });
  }

  #on(event: EngineEvent): void {
    if (this.#disposed) return;
    const { status } = this.#snapshot;
    switch (event.type) {
      case 'loaded':
        if (status === 'loading') this.#update({ status: 'connecting' });
        break;
      case 'online':
        if (status !== 'signed-out' && status !== 'signing-in' && status !== 'failed') this.#online();
        break;
      case 'offline':
        if (isOnline(status)) void this.#return(event.returns === false ? lostDelays : returnDelays);
        break;
      case 'playback':
        this.#onPlayback(event.playback);
        break;
      case 'volume':
        if (Math.abs(event.level - this.#wantedVolume) < 0.01) this.#pending.remove('volume');
        this.#update({ volume: level(event.level, this.#snapshot.volume), pending: this.#pending.names });
        break;
      case 'autoplay-blocked':
        if (!isOnline(status)) return;
        this.#silencedAt = this.#clock.now();
        this.#update({ problem: toNotice(new PlayerError('autoplay-blocked')) });
        break;
      case 'error':
        // While connecting, connect() itself rejects.
        if (!isOnline(status)) return;
        if (endsPlayback(event.error)) this.#fail(this.#attempt, event.error);
        else this.#update({ problem: toNotice(event.error) });
        break;
    }
  }

  #onPlayback(playback: Playback | null): void {
    const { status, problem } = this.#snapshot;
    if (!isOnline(status) && status !== 'reconnecting') return;
    const took = this.#pending.observe(playback);
    const pending = this.#pending.names;
    if (!playback) {
      const moved = isOnline(status) && this.#wasActive ? 'elsewhere' : status;
      this.#wasActive = false;
      this.#update({ ...idlePlayback, status: moved, pending });
      return;
    }
    this.#wasActive = true;
    const known = !took && isSamePlayback(this.#snapshot, playback);
    const plays = !playback.paused && problem !== null && this.#isDisproved(problem.code);
    this.#update({
      ...(known ? {} : playback),
      status: status === 'elsewhere' ? 'ready' : status,
      pending,
      ...(plays && { problem: null }),
    });
  }

  /** Whether the problem is over once something plays. */
  #isDisproved(code: PlayerErrorCode): boolean {
    // The SDK tells of the track that it was about to play even after sound was refused, and only then of the pause.
    if (code === 'autoplay-blocked') return this.#silencedAt === null || this.#clock.now() - this.#silencedAt > refusalMs;
    return code === 'playback' || code === 'device-lost';
  }

  #onExpire(name: PendingCommand, answered: boolean): void {
    // SDK quirk: a device may be dead without `not_ready` after long idleness (spotify.md). These always have an effect.
    const speaks = ['play', 'pause', 'resume'].includes(name) || (name !== 'volume' && !answered);
    const silent = speaks && isOnline(this.#snapshot.status) && !this.#snapshot.problem;
    this.#update({ pending: this.#pending.names, ...(silent && { problem: toNotice(new PlayerError('device-lost')) }) });
  }

  /** Synchronously inside the click: sound is allowed only there. */
  #activate(): void {
    this.#engine.activate();
    this.#silencedAt = null;
  }

  async #play(target: PlayTarget): Promise<void> {
    this.#activate();
    if (!isOnline(this.#snapshot.status)) await this.#connect();
    if (!isOnline(this.#snapshot.status)) return;
    const uri = typeof target === 'string' ? target : target.context;
    await this.#command('play', effects.play(this.#snapshot, uri), () => this.#engine.play(target), true);
  }

  async #resume(): Promise<void> {
    this.#activate();
    // Nothing is here to be resumed: whatever the account plays elsewhere, or played last, is brought here.
    if (!this.#snapshot.track) return this.#bringHere();
    return this.#onTrack('resume', effects.resume(), () => this.#engine.resume());
  }

  async #bringHere(): Promise<void> {
    this.#activate();
    if (!isOnline(this.#snapshot.status)) return;
    await this.#command('transfer', effects.transfer(), () => this.#engine.bringHere(), true);
  }

  async #seek(positionMs: number): Promise<void> {
    const { track } = this.#snapshot;
    if (!track || !Number.isFinite(positionMs)) return;
    const target = Math.min(Math.max(0, Math.round(positionMs)), track.durationMs);
    return this.#onTrack('seek', effects.seek(target, this.#clock.now()), () => this.#engine.seek(target));
  }

  async #setVolume(asked: number): Promise<void> {
    if (!isOnline(this.#snapshot.status) || !Number.isFinite(asked)) return;
    const wanted = level(asked, 1);
    this.#wantedVolume = wanted;
    // Told by an event of its own.
    await this.#command('volume', () => false, () => this.#engine.setVolume(wanted));
  }

  async #addToQueue(uri: string): Promise<boolean> {
    if (!isOnline(this.#snapshot.status)) return false;
    try {
      await this.#engine.addToQueue(uri);
      this.#succeed();
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    }
  }

  async #search(query: string, offset: number, signal?: AbortSignal): Promise<SearchPage> {
    if (!isOnline(this.#snapshot.status) && this.#snapshot.status !== 'reconnecting') throw new PlayerError('sign-in-expired', 'not connected');
    try {
      return await this.#engine.search(query, offset, signal);
    } catch (error) {
      if (deniesAccount(error) && isOnline(this.#snapshot.status)) this.#fail(this.#attempt, error);
      throw error;
    }
  }

  async #onTrack(name: PendingCommand, effect: Effect, run: () => Promise<void>): Promise<void> {
    if (isOnline(this.#snapshot.status) && this.#snapshot.track) await this.#command(name, effect, run);
  }

  /** @param again whether it is worth a second try on a fresh device when this one turns out to be gone */
  async #command(name: PendingCommand, effect: Effect, run: () => Promise<void>, again = false): Promise<void> {
    const attempt = this.#attempt;
    const pending = this.#pending.add(name, effect);
    this.#update({ pending: this.#pending.names });
    try {
      await run();
      pending.taken();
      if (attempt === this.#attempt) this.#succeed();
    } catch (error) {
      pending.remove();
      this.#update({ pending: this.#pending.names });
      if (attempt !== this.#attempt) return;
      // SDK quirk: after long idleness the device 404s without a word of it (spotify.md).
      if (codeOf(error) !== 'device-lost' || !again) this.#refuse(error);
      else if (await this.#return(lostDelays)) await this.#command(name, effect, run);
    }
  }

  #succeed(): void {
    // Whether sound is allowed is for the playback to tell.
    if (isOnline(this.#snapshot.status) && this.#snapshot.problem?.code !== 'autoplay-blocked') this.#update({ problem: null });
  }

  #refuse(error: unknown): void {
    if (!isOnline(this.#snapshot.status)) return;
    if (deniesAccount(error)) this.#fail(this.#attempt, error);
    else this.#update({ problem: toNotice(error) });
  }

  #update(change: Partial<PlayerSnapshot>): void {
    if (this.#disposed) return;
    const before = this.#snapshot;
    const keys = Object.keys(change) as (keyof PlayerSnapshot)[];
    if (keys.every((key) => isSameValue(change[key], before[key]))) return;
    this.#snapshot = Object.freeze({ ...before, ...change });
    this.emit(this.#snapshot);
  }
}

function isOnline(status: PlayerStatus): boolean {
  return status === 'ready' || status === 'elsewhere';
}

function isSameValue(a: unknown, b: unknown): boolean {
  // Problems and lists are made anew each time.
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}
