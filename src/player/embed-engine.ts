import { systemClock, type Clock } from '../clock.js';
import { Subscribable } from '../subscribable.js';
import type { PlayTarget, SearchPage } from './controls.js';
import { Handover } from './embed-handover.js';
import { toItem } from './embed-item.js';
import { EmbedList } from './embed-list.js';
import { toEmbedPlayback } from './embed-playback.js';
import { SoundWait } from './embed-sound.js';
import { Titles } from './embed-titles.js';
import { embedEvents, toEmbedUpdate, toStarted, type EmbedApi, type EmbedController, type EmbedUpdate } from './embed.js';
import { PlayerError, type EngineEvent, type PlaybackEngine } from './engine.js';
import { noLibrary, notAvailable } from './no-library.js';
import type { Description } from './oembed.js';
import { codeOf } from './problems.js';
import type { Capability, Playback } from './snapshot.js';
import { isItemUri } from './uri.js';

/** Where the embed stands in the page. It stays in sight and untouched wherever it plays (Spotify's terms). */
export interface EmbedPlace {
  /** Makes the element that the embed takes the place of. */
  open(): HTMLElement;
  /** How tall the embed is: a list shows its tracks. */
  show(kind: 'item' | 'list'): void;
  close(): void;
}

export interface EmbedEngineOptions {
  /** Gives the iFrame API, and loads it before where it has to. */
  readonly load: () => Promise<EmbedApi>;
  readonly place: EmbedPlace;
  readonly describe: (uri: string) => Promise<Description | null>;
  /** Takes the page's one place for a player. @returns what gives it back; throws PlayerError `page-taken` */
  readonly claim: () => () => void;
  /** What the host page offers, one after the other. */
  readonly uris?: readonly string[];
  readonly clock?: Clock;
}

const readyLimit = 20_000;
/** An album or a playlist goes on by itself after each of its tracks. */
const goesOnMs = 3_000;
/** So close to its end a track is over, where the embed stops by itself. */
const endMs = 500;
/** Later than this, Previous is the track's own start, as everywhere at Spotify. */
const restartMs = 3_000;

const none: readonly Capability[] = Object.freeze([]);
const skipping: readonly Capability[] = Object.freeze(['skip']);

/** Spotify's embed, driven by its iFrame API: no account, no token, no device. */
export function createEmbedEngine(options: EmbedEngineOptions): PlaybackEngine {
  return new EmbedEngine(options);
}

class EmbedEngine extends Subscribable<EngineEvent> implements PlaybackEngine {
  readonly name = 'embed';
  readonly library = noLibrary;
  readonly #options: EmbedEngineOptions;
  readonly #clock: Clock;
  readonly #handover: Handover;
  #list: EmbedList;
  readonly #titles: Titles;
  #api: EmbedApi | null = null;
  #release: (() => void) | null = null;
  #controller: EmbedController | null = null;
  #ready: Promise<void> | null = null;
  /** Of the newest `connect` or `disconnect`; what belongs to an older one gives up. */
  #turn = 0;
  #starts = 0;
  readonly #sound: SoundWait;
  /** What the frame was made with: it is part of its address. */
  #made = '';
  #loaded = '';
  /** How far that is: `ready` says that it is there, and an update, which may come without, how it plays. */
  #stage: 'asked' | 'there' | 'told' | 'failed' = 'asked';
  #heard: EmbedUpdate | null = null;
  #at = 0;
  /** It has sounded since it was loaded, or since its end. */
  #hasSounded = false;
  /** The visitor's Pause: no end, wherever it falls. */
  #isHalted = false;
  #cancelNext = (): void => undefined;

  constructor(options: EmbedEngineOptions) {
    super();
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#handover = new Handover(this.#clock);
    this.#sound = new SoundWait(this.#clock, () => this.#onSilence());
    this.#titles = new Titles(options.describe);
    this.#list = new EmbedList(options.uris ?? []);
  }

  get capabilities(): readonly Capability[] {
    return this.#list.length > 1 ? skipping : none;
  }

  async connect(): Promise<void> {
    this.#discard();
    const turn = ++this.#turn;
    this.#release ??= this.#options.claim();
    try {
      const api = await this.#options.load();
      this.#stillWanted(turn);
      this.#api = api;
      this.emit({ type: 'loaded' });
      await this.#cue();
      this.#stillWanted(turn);
    } catch (error) {
      if (turn === this.#turn) this.disconnect();
      throw error;
    }
    this.emit({ type: 'online' });
    this.#tell();
  }

  disconnect(): void {
    this.#turn++;
    this.#discard();
    this.#release?.();
    this.#release = null;
  }

  activate(): void {
    // The frame has the page's own click lent to it, by `allow="autoplay"`.
  }

  async play(target: PlayTarget): Promise<void> {
    const { uri, list, positionMs } = toItem(target);
    if (list) this.#list = new EmbedList(list.uris, list.at);
    else this.#list.find(uri);
    await this.#start(uri, positionMs);
  }

  async pause(): Promise<void> {
    this.#cancelNext();
    this.#isHalted = true;
    this.#mustHave().pause();
  }

  async resume(): Promise<void> {
    const controller = this.#mustHave();
    // There is nothing in it that could play.
    if (this.#stage === 'failed') return this.#start(this.#loaded);
    this.#isHalted = false;
    if (this.#hasSounded) controller.resume();
    else controller.play();
    // Told by events: what sounds answers the command by itself, and an error in its place ends it.
    this.#sound.begin().catch((error: unknown) => error instanceof PlayerError && this.emit({ type: 'error', error }));
  }

  async next(): Promise<void> {
    await this.#go(this.#list.step(1));
  }

  async previous(): Promise<void> {
    const isBegun = this.#position() > restartMs;
    const before = isBegun ? null : this.#list.step(-1);
    if (before) await this.#go(before);
    else await this.seek(0);
  }

  async seek(positionMs: number): Promise<void> {
    this.#mustHave().seek(positionMs / 1000);
  }

  setVolume(): Promise<void> {
    return notAvailable();
  }

  setShuffle(): Promise<void> {
    return notAvailable();
  }

  setRepeat(): Promise<void> {
    return notAvailable();
  }

  addToQueue(): Promise<void> {
    return notAvailable();
  }

  bringHere(): Promise<void> {
    return notAvailable();
  }

  search(): Promise<SearchPage> {
    return notAvailable();
  }

  playingOn(): Promise<string | null> {
    return Promise.resolve(null);
  }

  isAlive(): Promise<boolean> {
    return Promise.resolve(true);
  }

  #mustHave(): EmbedController {
    if (!this.#controller) throw new PlayerError('not-found', 'nothing is loaded');
    return this.#controller;
  }

  async #go(uri: string | null): Promise<void> {
    if (uri) await this.#start(uri);
    else await notAvailable();
  }

  /** Resolves when it is heard, or once it is known that it will not be, which an event tells. */
  async #start(uri: string, positionMs = 0): Promise<void> {
    const turn = this.#turn;
    const start = ++this.#starts;
    this.#cancelNext();
    // What was chosen before is not waited for any more.
    this.#sound.end();
    this.#isHalted = false;
    await this.#load(uri);
    if (turn !== this.#turn || start !== this.#starts) return;
    const sound = this.#sound.begin();
    this.#mustHave().play();
    if (positionMs > 0) this.#mustHave().seek(positionMs / 1000);
    this.#tell();
    await sound;
    // Once more: whoever gave the command looks for its effect from now on.
    this.#clock.after(0, () => turn === this.#turn && this.#tell());
  }

  /** Puts the first of the list that is there into the embed, for the visitor to start. */
  async #cue(): Promise<void> {
    for (let uri = this.#list.first(); uri; uri = this.#list.step(1)) {
      try {
        return await this.#load(uri);
      } catch (error) {
        if (!(error instanceof PlayerError) || error.code !== 'not-found') throw error;
      }
    }
  }

  /** @param told what the embed may tell of yet: what was heard of it */
  #load(uri: string, told = this.#heard?.uri ?? this.#loaded): Promise<void> {
    if (!this.#api) return Promise.reject(new PlayerError('device-lost', 'not connected'));
    const { place } = this.#options;
    this.#handover.begin(told);
    this.#titles.retry();
    this.#loaded = uri;
    this.#stage = 'asked';
    this.#heard = null;
    this.#hasSounded = false;
    place.show(isItemUri(uri) ? 'item' : 'list');
    if (this.#controller) this.#controller.loadUri(uri);
    else this.#ready = this.#open(this.#api, uri);
    return this.#ready ?? Promise.resolve();
  }

  /** Resolves with the embed's first `ready`. */
  #open(api: EmbedApi, uri: string): Promise<void> {
    const turn = this.#turn;
    this.#made = uri;
    return new Promise((resolve, reject) => {
      let isReady = false;
      const fail = (error: PlayerError): void => {
        cancel();
        if (turn !== this.#turn) return;
        // One that never got ready is no use for the next try.
        this.#close();
        reject(error);
      };
      const cancel = this.#clock.after(readyLimit, () => fail(new PlayerError('device-timeout', 'the embed did not get ready')));
      // The sizes are the styles': a frame of the page's own, within whatever room there is.
      api.createController(this.#options.place.open(), { uri, width: '100%', height: 152 }, (controller) => {
        if (turn !== this.#turn) return destroy(controller);
        this.#controller = controller;
        for (const name of embedEvents) {
          controller.addListener(name, (event) => {
            if (controller !== this.#controller) return;
            if (name === 'ready') {
              isReady = true;
              cancel();
              resolve();
              this.#onReady();
            } else if (name === 'playback_update') this.#onUpdate(toEmbedUpdate(event));
            else if (name === 'playback_started') this.#onStarted(toStarted(event));
            else if (name === 'error' && isReady) this.#onError();
            else if (name === 'error') fail(new PlayerError('not-found', 'the embed tells an error'));
          });
        }
      });
    });
  }

  #onReady(): void {
    if (this.#stage !== 'told') {
      this.#stage = 'there';
      this.#handover.end();
    } else if (!this.#handover.isRecent) this.#onMoved();
  }

  /** Not of our doing: a frame that was moved in the page loads anew, with what it was made with, and is silent. */
  #onMoved(): void {
    this.#cancelNext();
    void this.#load(this.#loaded, this.#made);
    this.#tell();
  }

  /** Not every embed says `ready` of a second item: this, too, is a word of the new one. */
  #onStarted(uri: string | null): void {
    if (uri === this.#loaded || !isItemUri(this.#loaded)) this.#handover.end();
  }

  /** The embed says no more than that: before anything is heard, what was asked for is not there. */
  #onError(): void {
    const isGone = this.#stage !== 'told';
    if (isGone) this.#stage = 'failed';
    const error = new PlayerError(isGone ? 'not-found' : 'playback', 'the embed tells an error');
    if (this.#sound.isOn) this.#sound.end(error);
    else this.emit({ type: 'error', error });
  }

  #onUpdate(update: EmbedUpdate): void {
    if (this.#stage !== 'told' && this.#handover.isLate(update.uri)) return;
    const reached = this.#position();
    this.#stage = 'told';
    this.#heard = update;
    this.#at = this.#clock.now();
    if (!update.paused) {
      this.#hasSounded = true;
      this.#isHalted = false;
      this.#cancelNext();
      this.#sound.end();
    }
    this.#tell();
    if (this.#isEnd(update, reached)) this.#onEnd();
  }

  /** @param reached the position just before */
  #isEnd({ paused, positionMs, durationMs }: EmbedUpdate, reached: number): boolean {
    if (!paused || !this.#hasSounded || this.#isHalted || durationMs === 0) return false;
    return Math.max(positionMs, positionMs === 0 ? reached : 0) >= durationMs - endMs;
  }

  #onEnd(): void {
    this.#hasSounded = false;
    // Whatever the visitor chose beside the list ends by itself.
    if (this.#list.current !== this.#loaded || !this.#list.has(1)) return;
    const turn = this.#turn;
    this.#cancelNext = this.#clock.after(isItemUri(this.#loaded) ? 0 : goesOnMs, () => {
      if (turn === this.#turn) void this.#goOn();
    });
  }

  async #goOn(): Promise<void> {
    const uri = this.#list.step(1);
    if (!uri) return;
    try {
      await this.#start(uri);
    } catch (error) {
      this.emit({ type: 'error', error: error instanceof PlayerError ? error : new PlayerError('playback') });
      // One that is gone does not end the list. Whatever else it is would be the same with the next one.
      const isGone = codeOf(error) === 'not-found' && this.#list.current === uri && this.#loaded === uri;
      if (isGone) await this.#goOn();
    }
  }

  /** Without a word of what is loaded, nothing is there to be refused sound. */
  #onSilence(): PlayerError | null {
    const isThere = this.#stage === 'there' || this.#stage === 'told';
    if (!isThere) this.#stage = 'failed';
    if (this.#isHalted) return null;
    if (!isThere) return new PlayerError('device-timeout', 'the embed did not load in time');
    this.emit({ type: 'autoplay-blocked' });
    return null;
  }

  #position(): number {
    const { paused = true, positionMs = 0 } = this.#heard ?? {};
    return paused ? positionMs : positionMs + this.#clock.now() - this.#at;
  }

  #tell(): void {
    if (this.#controller) this.emit({ type: 'playback', playback: this.#playback() });
  }

  #playback(): Playback {
    const turn = this.#turn;
    return toEmbedPlayback({
      loaded: this.#loaded,
      heard: this.#heard,
      at: this.#heard ? this.#at : this.#clock.now(),
      list: this.#list,
      describe: (uri) => this.#titles.of(uri, () => turn === this.#turn && this.#tell()),
    });
  }

  #stillWanted(turn: number): void {
    if (turn !== this.#turn) throw new PlayerError('device-lost', 'given up for a newer connect or disconnect');
  }

  #close(): void {
    this.#cancelNext();
    const controller = this.#controller;
    this.#controller = null;
    this.#ready = null;
    this.#heard = null;
    this.#loaded = '';
    if (controller) destroy(controller);
    this.#options.place.close();
  }

  #discard(): void {
    this.#starts++;
    this.#sound.end();
    this.#close();
  }
}

/** Whatever becomes of that in Spotify's own code: the frame leaves the page with its place, and the page is free again. */
function destroy(controller: EmbedController): void {
  try {
    controller.destroy();
  } catch {
    // Nobody could do anything about it.
  }
}
