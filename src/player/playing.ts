import type { Clock } from '../clock.js';
import type { PlayTarget, SearchPage } from './controls.js';
import { PlayerError, type PlaybackEngine } from './engine.js';
import type { Memory, Place } from './memory.js';
import { level } from './parse.js';
import { effects, PendingCommands, type Effect, type Pending } from './pending.js';
import { codeOf, deniesAccount, toNotice } from './problems.js';
import type { SnapshotStore } from './snapshot-store.js';
import {
  idlePlayback,
  isSamePlayback,
  type PendingCommand,
  type Playback,
  type PlayerErrorCode,
  type PlayerSnapshot,
  type RepeatMode,
} from './snapshot.js';
import { Turns, type Way } from './turns.js';

/** What commands need of the connection that they go over. */
export interface Connection {
  /** Changes with each connect, disconnect and loss. A command from before has nothing to say any more. */
  attempt(): number;
  connect(): Promise<void>;
  /** Asks for another device, for this one is gone. @returns whether there is one */
  recover(): Promise<boolean>;
  /** A request was answered with what holds for all of them. */
  deny(error: unknown): void;
}

export interface PlayingOptions {
  readonly engine: PlaybackEngine;
  readonly store: SnapshotStore;
  readonly connection: Connection;
  readonly memory: Memory;
  readonly offer: PlayTarget | null;
  readonly clock: Clock;
}

/** A visitor's command on its way to the engine. */
interface Command {
  readonly way: Way;
  /** What shows that it took effect, from what plays when it is given. */
  readonly effect: (before: PlayerSnapshot) => Effect;
  readonly run: () => Promise<void>;
  /**
   * Of what starts playback: its number. It is worth a second try on a fresh device when this one turns out to be gone,
   * unless it is the second.
   */
  readonly choice?: number;
  readonly isSecond?: boolean;
  /** It is for what plays here. */
  readonly onTrack?: boolean;
}

/** Events of a playback that was refused go on for so long. */
const refusalMs = 1_500;

/** What happens on a connected device: the visitor's commands out, what plays in. */
export class Playing {
  readonly #engine: PlaybackEngine;
  readonly #store: SnapshotStore;
  readonly #connection: Connection;
  readonly #memory: Memory;
  readonly #offer: PlayTarget | null;
  readonly #clock: Clock;
  readonly #pending: PendingCommands;
  readonly #turns: Turns;
  /** Something played here since the device came: a state of null then means that it moved elsewhere. */
  #wasActive = false;
  #wantedVolume = 0;
  /** How often something was chosen to play. */
  #choices = 0;
  /** How much of that was chosen before the newest Pause: it is not given again. */
  #halted = 0;
  /** When the browser refused sound, until the visitor's own click on it. */
  #silencedAt: number | null = null;

  constructor({ engine, store, connection, memory, offer, clock }: PlayingOptions) {
    this.#engine = engine;
    this.#store = store;
    this.#connection = connection;
    this.#memory = memory;
    this.#offer = offer;
    this.#clock = clock;
    this.#turns = new Turns(clock);
    this.#pending = new PendingCommands(clock, (name, answered) => this.#onExpire(name, answered));
  }

  /** Another device, or none: nothing is pending, and nothing has played on it. */
  reset(): void {
    this.#wasActive = false;
    this.#turns.clear();
    this.#pending.clear();
    this.#store.update({ pending: this.#pending.names });
  }

  onPlayback(playback: Playback | null): void {
    const { status, problem } = this.#store.current;
    if (!this.#store.isOnline && status !== 'reconnecting') return;
    const took = this.#pending.observe(playback);
    if (playback) this.#turns.observe(playback);
    const pending = this.#pending.names;
    if (!playback) {
      const moved = this.#store.isOnline && this.#wasActive ? 'elsewhere' : status;
      this.#wasActive = false;
      this.#store.update({ ...idlePlayback, status: moved, pending });
      if (moved !== status) void this.locate();
      return;
    }
    this.#wasActive = true;
    const known = !took && isSamePlayback(this.#store.current, playback);
    const isOver = !playback.paused && problem !== null && this.#isDisproved(problem.code);
    this.#store.update({
      ...(known ? {} : playback),
      status: status === 'elsewhere' ? 'ready' : status,
      pending,
      ...(isOver && { problem: null }),
    });
  }

  onVolume(told: number, fixed: boolean): void {
    if (fixed || Math.abs(told - this.#wantedVolume) < 0.01) this.#pending.remove('volume');
    const volume = level(told, this.#store.current.volume);
    this.#store.update({ volume, volumeFixed: fixed, pending: this.#pending.names });
  }

  onSilenced(): void {
    this.#silencedAt = this.#clock.now();
    this.#turns.settle();
    this.#store.update({ problem: toNotice(new PlayerError('autoplay-blocked')) });
  }

  async play(target: PlayTarget): Promise<void> {
    this.#activate();
    const choice = ++this.#choices;
    if (!this.#store.isOnline) await this.#connection.connect();
    if (!this.#store.isOnline || this.#halted >= choice) return;
    await this.#start(choice, begunBy(target), () => this.#engine.play(target));
  }

  async resume(): Promise<void> {
    this.#activate();
    const { status, track } = this.#store.current;
    if (!track && status === 'ready' && this.#memory.place) return this.#resumeAt(this.#memory.place);
    if (this.#store.current.offered && this.#offer) return this.play(this.#offer);
    // Nothing is here to be resumed: whatever the account plays elsewhere, or played last, is brought here.
    if (!track) return this.bringHere();
    return this.#onTrack('resume', () => effects.resume(), () => this.#engine.resume());
  }

  async bringHere(): Promise<void> {
    this.#activate();
    if (!this.#store.isOnline) return;
    await this.#command('transfer', {
      way: 'web-api',
      effect: () => effects.transfer(),
      run: () => this.#engine.bringHere(),
      choice: ++this.#choices,
    });
    // It did not come: whoever has it may have changed.
    if (this.#store.current.problem) await this.locate();
  }

  /** Gives playback away. @throws PlayerError where it was asked, not as the player's problem */
  async transferTo(key: number, name: string | null): Promise<void> {
    if (!this.#store.isOnline) throw notConnected();
    const isHere = this.#store.current.track !== null;
    const turn = this.#turns.take('web-api');
    const pending = this.#pending.add('transfer', isHere ? effects.leave() : effects.transfer());
    this.#store.update({ pending: this.#pending.names });
    try {
      if (turn.comes && !(await turn.comes)) throw notConnected();
      await this.read(() => this.#engine.library.transferTo(key));
    } catch (error) {
      pending.remove();
      throw error;
    } finally {
      turn.end();
      // From one other device to another, no event tells of it.
      if (isHere) pending.taken();
      else pending.remove();
      this.#store.update({ pending: this.#pending.names });
    }
    if (this.#store.current.status === 'elsewhere') this.#store.update({ elsewhere: name });
  }

  /** Asks once where the account plays now, while it is not here. Never rejects. */
  async locate(): Promise<void> {
    const isElsewhere = (): boolean => this.#store.current.status === 'elsewhere';
    if (isElsewhere()) await this.#ask(false, (elsewhere) => isElsewhere() && this.#store.update({ elsewhere }));
  }

  /** Asks once on a device where nothing plays: no event tells it that another one does. Never rejects. */
  async lookElsewhere(): Promise<void> {
    const isIdle = (): boolean => {
      const { status, track, pending } = this.#store.current;
      return status === 'ready' && track === null && pending.length === 0;
    };
    if (!isIdle()) return;
    await this.#ask(true, (elsewhere) => elsewhere !== null && isIdle() && this.#store.update({ status: 'elsewhere', elsewhere }));
  }

  async #ask(sounding: boolean, found: (elsewhere: string | null) => unknown): Promise<void> {
    const attempt = this.#connection.attempt();
    try {
      const elsewhere = await this.#engine.playingOn({ sounding });
      if (attempt === this.#connection.attempt()) found(elsewhere);
    } catch (error) {
      // A name is a nicety; only what holds for every request is told.
      if (attempt === this.#connection.attempt() && deniesAccount(error)) this.#connection.deny(error);
    }
  }

  async pause(): Promise<void> {
    this.#halted = this.#choices;
    const { track, paused } = this.#store.current;
    if (this.#store.isOnline && track && !paused && this.#turns.isUnderWay) {
      // Silence at once; what is on its way may start all the same, and is paused in its turn, which tells of a failure.
      this.#engine.pause().catch(() => undefined);
    }
    await this.#onTrack('pause', () => effects.pause(), () => this.#engine.pause());
  }

  next(): Promise<void> {
    return this.#onTrack('next', effects.skip, () => this.#engine.next());
  }

  previous(): Promise<void> {
    return this.#onTrack('previous', effects.skip, () => this.#engine.previous());
  }

  async seek(positionMs: number): Promise<void> {
    if (!Number.isFinite(positionMs)) return;
    const wanted = Math.max(0, Math.round(positionMs));
    // Of the track that plays when its turn comes.
    const target = ({ track }: PlayerSnapshot): number => Math.min(wanted, track?.durationMs ?? wanted);
    await this.#onTrack(
      'seek',
      (before) => effects.seek(target(before), this.#clock.now()),
      () => this.#engine.seek(target(this.#store.current)),
    );
  }

  setShuffle(on: boolean): Promise<void> {
    return this.#onTrack('shuffle', () => effects.shuffle(on), () => this.#engine.setShuffle(on), 'web-api');
  }

  setRepeat(mode: RepeatMode): Promise<void> {
    return this.#onTrack('repeat', () => effects.repeat(mode), () => this.#engine.setRepeat(mode), 'web-api');
  }

  async setVolume(asked: number): Promise<void> {
    if (!this.#store.isOnline || !Number.isFinite(asked)) return;
    const attempt = this.#connection.attempt();
    const wanted = level(asked, 1);
    this.#wantedVolume = wanted;
    const pending = this.#show('volume', () => false);
    try {
      await this.#engine.setVolume(wanted);
      // Its effect is told by an event of its own.
      pending.taken();
      if (attempt === this.#connection.attempt()) this.#succeed();
    } catch (error) {
      this.#hide(pending);
      if (attempt === this.#connection.attempt()) this.#refuse(error);
    }
  }

  async addToQueue(uri: string): Promise<boolean> {
    if (!this.#store.isOnline) return false;
    const attempt = this.#connection.attempt();
    const isOwn = (): boolean => attempt === this.#connection.attempt();
    const turn = this.#turns.take('web-api');
    try {
      if (turn.comes && !(await turn.comes)) return false;
      await this.#engine.addToQueue(uri);
      if (isOwn()) this.#succeed();
      return true;
    } catch (error) {
      // A late answer is nothing to the next visitor.
      if (isOwn()) this.#refuse(error);
      return false;
    } finally {
      turn.end();
    }
  }

  search(query: string, offset: number, signal?: AbortSignal): Promise<SearchPage> {
    return this.read(() => this.#engine.search(query, offset, signal));
  }

  /** Something that the visitor asked to see or to keep, while they are connected. */
  async read<T>(run: () => Promise<T>): Promise<T> {
    if (!this.#store.isOnline && this.#store.current.status !== 'reconnecting') throw notConnected();
    const attempt = this.#connection.attempt();
    try {
      return await run();
    } catch (error) {
      // The page shows a failure where it was asked; only what ends everything is the player's.
      const isOwn = attempt === this.#connection.attempt() && this.#store.isOnline;
      if (isOwn && deniesAccount(error)) this.#connection.deny(error);
      throw error;
    }
  }

  /** Starts what was left here, where it was left. */
  #resumeAt({ track, context, positionMs }: Place): Promise<void> {
    const attempt = this.#connection.attempt();
    const start = async (): Promise<void> => {
      const alone = { context: track, positionMs };
      try {
        await this.#engine.play(context ? { context, offset: track, positionMs } : alone);
      } catch (error) {
        // The playlist changed or is closed to the visitor by now: the track itself may still be there.
        if (!context || !isGone(error) || attempt !== this.#connection.attempt()) throw error;
        await this.#engine.play(alone);
      }
    };
    const startOrForget = (): Promise<void> =>
      start().catch((error: unknown) => {
        if (isGone(error)) this.#memory.leave(null);
        throw error;
      });
    return this.#start(++this.#choices, track, startOrForget);
  }

  /** Synchronously inside the click: sound is allowed only there. */
  #activate(): void {
    this.#engine.activate();
    this.#silencedAt = null;
  }

  #start(choice: number, uri: string, run: () => Promise<void>): Promise<void> {
    return this.#command('play', { way: 'web-api', effect: (before) => effects.play(before, uri), run, choice });
  }

  async #onTrack(name: PendingCommand, effect: Command['effect'], run: Command['run'], way: Way = 'sdk'): Promise<void> {
    // What is on its way may bring the track that it is meant for.
    const isMeant = this.#store.current.track || (way === 'sdk' && this.#turns.isUnderWay);
    if (this.#store.isOnline && isMeant) await this.#command(name, { way, effect, run, onTrack: true });
  }

  #show(name: PendingCommand, effect: Effect): Pending {
    const pending = this.#pending.add(name, effect);
    this.#store.update({ pending: this.#pending.names });
    return pending;
  }

  #hide(pending: Pending): void {
    pending.remove();
    this.#store.update({ pending: this.#pending.names });
  }

  async #command(name: PendingCommand, command: Command): Promise<void> {
    const { way, effect, run, choice, onTrack = false } = command;
    const attempt = this.#connection.attempt();
    const turn = this.#turns.take(way);
    let isEffect: Effect = () => false;
    const pending = this.#show(name, (playback) => isEffect(playback));
    try {
      if (turn.comes && !(await turn.comes)) return;
      // What was to come did not.
      if (onTrack && !this.#store.current.track) return this.#hide(pending);
      isEffect = effect(this.#store.current);
      await run();
      pending.taken();
      turn.answered(choice === undefined ? undefined : isEffect);
      // A problem that came while it waited is that of another command.
      if (!turn.comes && attempt === this.#connection.attempt()) this.#succeed();
    } catch (error) {
      this.#hide(pending);
      if (attempt !== this.#connection.attempt()) return;
      // SDK quirk: after long idleness the device 404s without a word of it (spotify.md).
      if (codeOf(error) !== 'device-lost' || choice === undefined || command.isSecond) return this.#refuse(error);
      // What was chosen since is what the visitor wants, and it asks for a device itself.
      if (choice !== this.#choices) return;
      if ((await this.#connection.recover()) && choice > this.#halted) await this.#command(name, { ...command, isSecond: true });
    } finally {
      turn.end();
    }
  }

  #succeed(): void {
    // Whether sound is allowed is for the playback to tell.
    const isSilenced = this.#store.current.problem?.code === 'autoplay-blocked';
    if (this.#store.isOnline && !isSilenced) this.#store.update({ problem: null });
  }

  #refuse(error: unknown): void {
    if (!this.#store.isOnline) return;
    if (deniesAccount(error)) this.#connection.deny(error);
    else this.#store.update({ problem: toNotice(error) });
  }

  /** Whether the problem is over once something plays. */
  #isDisproved(code: PlayerErrorCode): boolean {
    if (code !== 'autoplay-blocked') return code === 'playback' || code === 'device-lost' || code === 'device-timeout';
    // The SDK tells of the track that it was about to play even after sound was refused, and only then of the pause.
    return this.#silencedAt === null || this.#clock.now() - this.#silencedAt > refusalMs;
  }

  #onExpire(name: PendingCommand, answered: boolean): void {
    // SDK quirk: a device may be dead without `not_ready` after long idleness (spotify.md). These always have an effect.
    const speaks = ['play', 'pause', 'resume'].includes(name) || (name !== 'volume' && !answered);
    const isSilent = speaks && this.#store.isOnline && !this.#store.current.problem;
    this.#store.update({
      pending: this.#pending.names,
      ...(isSilent && { problem: toNotice(new PlayerError('device-lost')) }),
    });
  }
}

/** URI of the track, or of the album or playlist, that shows that it plays. */
function begunBy(target: PlayTarget): string {
  if (typeof target === 'string') return target;
  if (!('uris' in target)) return target.context;
  const { uris, offset = 0 } = target;
  return typeof offset === 'string' ? offset : (uris[offset] ?? '');
}

const notConnected = (): PlayerError => new PlayerError('sign-in-expired', 'not connected');

/** What was asked for cannot be had, and asking again changes nothing. */
const isGone = (error: unknown): boolean => ['not-found', 'restricted'].includes(codeOf(error));
