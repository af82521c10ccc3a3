import { randomBytes } from 'node:crypto';
import type { Track } from '../catalogue/catalogue.js';
import type { FaultName } from '../faults.js';
import type { CommandName } from '../log.js';
import type { Simulator } from '../simulator.js';
import type { Listener } from './listener.js';
import type { EmbedUpdate, FromEmbed, ToEmbed } from './protocol.js';

const previewMs = 30_000;

/** A row of `GET /spotify/embeds`. */
export interface EmbedReport {
  readonly id: string;
  /** The account, or who listens without one. */
  readonly listener: string;
  /** What was loaded, and what of it plays. */
  readonly loaded: string | null;
  readonly uri: string | null;
  readonly positionMs: number;
  readonly durationMs: number;
  readonly paused: boolean;
  readonly preview: boolean;
}

/** One embed in one page: what is loaded in it, and how far it has played. By a clock that really advances. */
export class EmbedSession {
  readonly id = randomBytes(8).toString('hex');
  #loaded: string | null = null;
  #tracks: readonly Track[] = [];
  #index = 0;
  #paused = true;
  #positionMs = 0;
  #at = 0;
  /** With the fault `autoplay-blocked`: the visitor has pressed a button of the embed's own. */
  #hasGesture = false;
  #isReady = false;
  /** The page's commands wait until the item is there. */
  #waiting: (() => void)[] = [];
  #cancelLoad = (): void => undefined;
  #cancelTick = (): void => undefined;
  #isClosed = false;

  /** @param base address of the simulator, for covers and sound */
  constructor(
    private readonly simulator: Simulator,
    private readonly listener: Listener,
    private readonly base: string,
    private readonly send: (message: FromEmbed) => void,
  ) {
    simulator.embeds.add(this);
  }

  get report(): EmbedReport {
    this.#settle();
    return {
      id: this.id,
      listener: this.listener.name,
      loaded: this.#loaded,
      uri: this.#track?.uri ?? null,
      positionMs: Math.round(this.#position),
      durationMs: this.#duration,
      paused: this.#paused,
      preview: this.#isPreview,
    };
  }

  receive(message: ToEmbed): void {
    switch (message.type) {
      case 'load':
        this.#record('load', { uri: message.uri });
        return this.#load(message.uri);
      case 'command':
        this.#record(message.name, message.name === 'seek' ? { seconds: message.value } : null);
        return this.#whenReady(() => this.#command(message.name, message.value ?? 0));
      case 'button':
        this.#hasGesture = true;
        return this.#whenReady(() => this.#command(message.name, 0));
      case 'autoplay-failed':
        return this.#whenReady(() => this.#command('pause', 0));
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelLoad();
    this.#cancelTick();
    this.simulator.embeds.delete(this);
  }

  get #track(): Track | undefined {
    return this.#tracks[this.#index];
  }

  get #isPreview(): boolean {
    return !this.listener.isLoggedIn || this.#has('embed-cookies-blocked');
  }

  get #duration(): number {
    const whole = this.#track?.durationMs ?? 0;
    return this.#isPreview ? Math.min(whole, previewMs) : whole;
  }

  get #position(): number {
    const moved = this.#paused ? 0 : this.simulator.clock.now() - this.#at;
    return Math.min(this.#positionMs + moved, this.#duration);
  }

  #has(fault: FaultName): boolean {
    return this.simulator.faults.has(this.listener.name, fault);
  }

  #record(command: CommandName, body: unknown): void {
    const { clock, log } = this.simulator;
    log.add({ at: clock.now(), account: this.listener.name, source: 'embed', command, deviceId: this.id, body });
  }

  #whenReady(run: () => void): void {
    if (this.#isReady) run();
    else this.#waiting.push(run);
  }

  #load(uri: string): void {
    const { catalogue, clock, timing } = this.simulator;
    this.#tellLate();
    this.#cancelLoad();
    this.#cancelTick();
    this.#isReady = false;
    this.#waiting = [];
    this.#loaded = uri;
    const single = catalogue.item(uri);
    this.#tracks = single ? [single] : /^spotify:(album|playlist):/.test(uri) ? (catalogue.context(uri)?.tracks ?? []) : [];
    this.#index = 0;
    this.#paused = true;
    this.#positionMs = 0;
    if (this.#has('embed-ready-never')) return;
    this.#cancelLoad = clock.after(timing.ready, () => {
      // An item that is not there: the embed says so itself, and its page hears an error.
      if (!this.#track) return this.send({ type: 'error', data: { code: 'not_found' } });
      this.#isReady = true;
      this.#show();
      this.send({ type: 'ready' });
      this.#tell();
      for (const run of this.#waiting.splice(0)) run();
    });
  }

  #show(): void {
    const track = this.#track;
    if (!track) return;
    const by = track.artists.map(({ name }) => name).join(', ');
    const whole = this.simulator.catalogue.context(this.#loaded ?? '');
    this.send({
      type: 'shown',
      shown: {
        title: track.name,
        by: whole ? `${by} – ${whole.name}` : by,
        artworkUrl: `${this.base}/art/${track.album.id}.svg`,
        audioUrl: `${this.base}/audio/${track.id}.wav`,
        titles: whole ? whole.tracks.map(({ name }) => name) : [track.name],
        isPreview: this.#isPreview,
      },
    });
  }

  #command(name: 'play' | 'pause' | 'resume' | 'seek', seconds: number): void {
    this.#settle();
    if (name === 'seek') this.#become(this.#paused, Math.min(Math.max(0, seconds * 1000), this.#duration));
    else if (name === 'pause') this.#become(true, this.#position);
    else {
      if (this.#has('embed-error')) return this.send({ type: 'error', data: { code: 'playback_error' } });
      // What was refused sound does not tell of it.
      if (this.#has('autoplay-blocked') && !this.#hasGesture) return;
      const isOver = this.#position >= this.#duration;
      this.#become(false, isOver ? 0 : this.#position);
      if (this.#track) this.send({ type: 'playback_started', data: { playingURI: this.#track.uri } });
    }
    this.#tell();
  }

  #become(paused: boolean, positionMs: number): void {
    this.#positionMs = positionMs;
    this.#at = this.simulator.clock.now();
    this.#paused = paused;
    this.#cancelTick();
    if (!paused) this.#tick();
  }

  /** While it plays the embed tells its position now and again. */
  #tick(): void {
    const { clock, timing } = this.simulator;
    this.#cancelTick();
    this.#cancelTick = clock.after(Math.min(timing.tick, Math.max(1, this.#duration - this.#position)), () => {
      if (this.#settle()) return;
      this.#tell();
      this.#tick();
    });
  }

  /** What ended meanwhile is over: the next one of an album or a playlist plays, or it is quiet. @returns whether one did */
  #settle(): boolean {
    if (this.#isClosed || this.#paused || this.#position < this.#duration) return false;
    const ended = this.#track;
    if (this.#index + 1 < this.#tracks.length) {
      this.#index++;
      this.#become(false, 0);
      this.#show();
      if (this.#track) this.send({ type: 'playback_started', data: { playingURI: this.#track.uri } });
    } else if (ended) this.#become(true, this.#duration);
    this.#tell();
    return true;
  }

  #tell(): void {
    const data = this.#update;
    if (data) this.send({ type: 'playback_update', data });
  }

  /** What was on its way while something else was loaded arrives all the same. */
  #tellLate(): void {
    const { clock, timing } = this.simulator;
    const data = this.#update;
    if (!data || data.isPaused) return;
    clock.after(timing.effect, () => {
      if (!this.#isClosed) this.send({ type: 'playback_update', data });
    });
  }

  get #update(): EmbedUpdate | null {
    const track = this.#track;
    return (
      track && {
        playingURI: track.uri,
        isPaused: this.#paused,
        isBuffering: false,
        duration: this.#duration,
        position: Math.round(this.#position),
      }
    ) ?? null;
  }
}
