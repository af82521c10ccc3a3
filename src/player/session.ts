import { systemClock, type Clock } from '../clock.js';
import type { Unsubscribe } from '../subscribable.js';
import type { PlayerControls, PlayTarget } from './controls.js';
import { PlayerError, type EngineEvent, type PlaybackEngine } from './engine.js';
import { createLibraryAccess } from './library-access.js';
import { createMemory, type Memory } from './memory.js';
import { noLife, type PageLife } from './page-life.js';
import { noOtherTabs, type Forgotten, type OtherTabs } from './other-tabs.js';
import type { PlayerSession } from './player-session.js';
import { Playing, type Connection } from './playing.js';
import { codeOf, endsPlayback, mayPassByItself, toFailure, toNotice } from './problems.js';
import { heardUntil, remember } from './remembering.js';
import type { SignIn } from './sign-in.js';
import { SnapshotStore } from './snapshot-store.js';
import { idlePlayback, initialSnapshot, type PlayerSnapshot } from './snapshot.js';
import { wait } from './wait.js';
import { watchWaking } from './waking.js';

export interface PlayerSessionOptions {
  readonly engine: PlaybackEngine;
  readonly signIn: SignIn;
  /** Level to start with, from 0 to 1. */
  readonly volume?: number;
  /** What is known of the last time; by default for as long as the session lives. */
  readonly memory?: Memory;
  /** By default the page never sleeps. */
  readonly life?: PageLife;
  /** By default there are none. */
  readonly otherTabs?: OtherTabs;
  /** What Play starts for somebody who has nothing to go on with; by default nothing. */
  readonly offer?: PlayTarget | null;
  readonly clock?: Clock;
}

/** How long before each attempt to get a device back. The first leaves the engine time to find it by itself. */
const returnDelays: readonly number[] = [5_000, 2_000, 8_000];
/** As above, where the device is known to be gone. */
const lostDelays: readonly number[] = [0, 3_000];
/** A redirect leaves the page; a page that is still here was brought back by the browser's Back, or never left. */
const redirectLimit = 15_000;

/** From signed out to playing: the visitor's commands in, one true state out. */
export function createPlayerSession(options: PlayerSessionOptions): PlayerSession {
  return new Session(options);
}

class Session implements PlayerSession {
  readonly controls: PlayerControls;
  readonly #engine: PlaybackEngine;
  readonly #signIn: SignIn;
  readonly #clock: Clock;
  readonly #store: SnapshotStore;
  readonly #playing: Playing;
  readonly #memory: Memory;
  readonly #otherTabs: OtherTabs;
  readonly #unsubscribe: readonly Unsubscribe[];
  /** Of the newest connect, disconnect or loss. What an older one still has under way comes to nothing. */
  #attempt = 0;
  #connecting: Promise<void> | null = null;
  #disposed = false;

  constructor(options: PlayerSessionOptions) {
    const { engine, signIn, volume = 1, clock = systemClock } = options;
    const { memory = createMemory(null, ''), life = noLife, otherTabs = noOtherTabs, offer = null } = options;
    this.#engine = engine;
    this.#signIn = signIn;
    this.#clock = clock;
    this.#store = new SnapshotStore(volume, () => (memory.place ? 'place' : offer ? 'offer' : null), engine);
    this.#memory = memory;
    this.#otherTabs = otherTabs;
    const store = this.#store;
    const connection = this.#createConnection();
    const playing = (this.#playing = new Playing({ engine, store, connection, memory, offer, clock }));
    this.#unsubscribe = [
      engine.subscribe((event) => this.#on(event)),
      remember({ store, memory, life, clock }),
      otherTabs.onTold(() => this.#disconnect('page')),
      watchWaking({
        ...{ engine, store, connection, life, clock },
        // The SDK may be about to find its device by itself: it gets the time that it has after `not_ready`.
        recover: () => this.#return(returnDelays),
        locate: () => playing.locate(),
      }),
    ];
    this.controls = this.#createControls();
  }

  get snapshot(): PlayerSnapshot {
    return this.#store.current;
  }

  subscribe(listener: (snapshot: PlayerSnapshot) => void): Unsubscribe {
    return this.#store.subscribe(listener);
  }

  async restore(): Promise<void> {
    if (this.#disposed || this.#connecting || this.snapshot.status !== 'signed-out') return;
    const returning = this.#signIn.takeRedirect();
    // Nobody is asked, and nothing is contacted, where there is no sign-in to take up (I4).
    if (!returning && (this.#signIn.hosted || !this.#signIn.remembered)) return;
    await this.#begin(() => {
      this.#store.update({ ...idlePlayback, status: returning ? 'signing-in' : 'loading', problem: null });
      return returning ?? Promise.resolve();
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#store.close();
    this.#supersede();
    for (const end of this.#unsubscribe) end();
    this.#signIn.cancel();
    this.#engine.disconnect();
  }

  #createControls(): PlayerControls {
    const playing = this.#playing;
    return Object.freeze<PlayerControls>({
      library: createLibraryAccess(this.#engine.library, playing),
      connect: () => this.#connect(),
      connectByRedirect: () => this.#connectByRedirect(),
      disconnect: async () => this.#disconnect(),
      play: (target) => (target === undefined ? playing.resume() : playing.play(target)),
      pause: () => playing.pause(),
      resume: () => playing.resume(),
      next: () => playing.next(),
      previous: () => playing.previous(),
      seek: (positionMs) => playing.seek(positionMs),
      setVolume: (level) => playing.setVolume(level),
      setShuffle: (on) => playing.setShuffle(on),
      setRepeat: (mode) => playing.setRepeat(mode),
      addToQueue: (uri) => playing.addToQueue(uri),
      bringHere: () => playing.bringHere(),
      dismissProblem: () => {
        // What ended the playback stays until something is done about it.
        if (this.snapshot.status !== 'failed') this.#store.update({ problem: null });
      },
      search: (query, { offset = 0, signal } = {}) => playing.search(query, offset, signal),
    });
  }

  #createConnection(): Connection {
    return {
      attempt: () => this.#attempt,
      connect: () => this.#connect(),
      recover: () => this.#return(lostDelays),
      deny: (error) => this.#fail(this.#attempt, error),
    };
  }

  #connect(): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    if (this.#connecting) {
      this.#signIn.focus();
      return this.#connecting;
    }
    if (this.#store.isOnline && this.snapshot.problem?.code !== 'device-lost') {
      this.#store.update({ problem: null });
      return Promise.resolve();
    }
    // Both synchronously inside the click: sound and windows are allowed only there.
    this.#engine.activate();
    return this.#begin((attempt, leave) => {
      const { remembered } = this.#signIn;
      this.#store.update({ ...idlePlayback, status: remembered ? 'loading' : 'signing-in', problem: null });
      if (remembered) return Promise.resolve();
      return this.#signIn.withPopup(() => {
        if (attempt !== this.#attempt) return;
        this.#show(new PlayerError('popup-closed'));
        leave();
      });
    });
  }

  #connectByRedirect(): Promise<void> {
    if (this.#disposed || this.#store.isOnline) return Promise.resolve();
    const attempt = this.#supersede();
    this.#engine.disconnect();
    this.#store.update({ ...idlePlayback, status: 'signing-in', problem: null });
    this.#clock.after(redirectLimit, () => {
      const isStillHere = attempt === this.#attempt && this.snapshot.status === 'signing-in';
      if (isStillHere) this.#store.update({ status: 'signed-out' });
    });
    return this.#signIn.withRedirect().catch((error: unknown) => this.#fail(attempt, error));
  }

  #disconnect(forgotten: Forgotten = 'browser'): void {
    if (this.#disposed) return;
    this.#supersede();
    this.#engine.disconnect();
    this.#signIn.forget(forgotten);
    this.#memory.forget(forgotten);
    if (forgotten === 'browser') this.#otherTabs.tell();
    const { volume, volumeFixed } = this.snapshot;
    this.#store.update({ ...initialSnapshot, volume, volumeFixed });
  }

  /** Makes what is under way an older attempt's. @returns the new attempt */
  #supersede(): number {
    this.#connecting = null;
    this.#playing.reset();
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
    this.#store.update({ status: 'loading', problem: null });
    await this.#engine.connect();
    if (attempt === this.#attempt) this.#online();
  }

  #online(): void {
    // A loop that asks for the device has its answer.
    this.#attempt++;
    this.#playing.reset();
    this.#store.update({ status: 'ready', problem: null });
    void this.#playing.lookElsewhere();
  }

  /**
   * Asks for the device again, a bounded number of times.
   *
   * @returns whether this page is a device again
   */
  async #return(delays: readonly number[]): Promise<boolean> {
    const attempt = this.#supersede();
    const now = this.#clock.now();
    // Nothing is heard from a device that is gone, and the visitor goes on where it fell silent.
    const silence = { paused: true, positionMs: heardUntil(this.snapshot, now), at: now };
    this.#store.update({ ...(this.snapshot.paused ? {} : silence), status: 'reconnecting', problem: null });
    let last: unknown = new PlayerError('device-lost');
    for (const delay of delays) {
      await wait(delay, this.#clock);
      if (attempt !== this.#attempt) return false;
      try {
        await this.#engine.connect();
        if (attempt === this.#attempt) this.#online();
        return this.#store.isOnline;
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
    const { status, problem, forget } = toFailure(error, this.#signIn);
    this.#store.update({ ...idlePlayback, status, problem });
    if (!forget) return;
    this.#signIn.forget();
    // The next to sign in may be somebody else.
    this.#memory.forget();
  }

  #on(event: EngineEvent): void {
    if (this.#disposed) return;
    const { status } = this.snapshot;
    switch (event.type) {
      case 'loaded':
        if (status === 'loading') this.#store.update({ status: 'connecting' });
        break;
      case 'online':
        // Signed out: the host page's own player was connected by the host.
        if (status === 'signed-out' ? !this.#signIn.hosted : status === 'signing-in' || status === 'failed') return;
        this.#online();
        break;
      case 'offline':
        if (this.#store.isOnline) void this.#return(event.returns === false ? lostDelays : returnDelays);
        break;
      case 'playback':
        this.#playing.onPlayback(event.playback);
        break;
      case 'volume':
        this.#playing.onVolume(event.level, event.fixed === true);
        break;
      case 'autoplay-blocked':
        if (this.#store.isOnline) this.#playing.onSilenced();
        break;
      case 'error':
        // While connecting, connect() itself rejects.
        if (!this.#store.isOnline) return;
        if (endsPlayback(event.error)) this.#fail(this.#attempt, event.error);
        else this.#store.update({ problem: toNotice(event.error) });
        break;
    }
  }
}
