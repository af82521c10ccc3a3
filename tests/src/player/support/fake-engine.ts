import type { Forgotten } from '../../../../src/player/other-tabs.js';
import type { PlayTarget, SearchPage } from '../../../../src/player/controls.js';
import { PlayerError, type EngineEvent, type PlaybackEngine } from '../../../../src/player/engine.js';
import type { PlayerLibrary } from '../../../../src/player/library.js';
import type { SignIn } from '../../../../src/player/sign-in.js';
import { allCapabilities, type Playback, type RepeatMode } from '../../../../src/player/snapshot.js';
import { Subscribable } from '../../../../src/subscribable.js';

/** An engine in a test's hands: commands are written down and nothing follows by itself. */
export class FakeEngine extends Subscribable<EngineEvent> implements PlaybackEngine {
  readonly name = 'account';
  readonly capabilities = allCapabilities;
  readonly calls: string[] = [];
  /** What the next commands and connects answer; afterwards they succeed. */
  readonly answers: (PlayerError | Error | Promise<void>)[] = [];

  /** Name of the other device that plays. */
  elsewhere: string | null = null;
  alive = true;
  readonly library = fakeLibrary((call) => this.#answer(call));

  tell(event: EngineEvent): void {
    this.emit(event);
  }

  plays(playback: Playback | null): void {
    this.emit({ type: 'playback', playback });
  }

  async connect(): Promise<void> {
    await this.#answer('connect');
    this.emit({ type: 'loaded' });
    this.emit({ type: 'online' });
  }

  disconnect(): void {
    this.calls.push('disconnect');
  }

  activate(): void {
    this.calls.push('activate');
  }

  play(target: PlayTarget): Promise<void> {
    return this.#answer(`play ${JSON.stringify(target)}`);
  }

  pause(): Promise<void> {
    return this.#answer('pause');
  }

  resume(): Promise<void> {
    return this.#answer('resume');
  }

  next(): Promise<void> {
    return this.#answer('next');
  }

  previous(): Promise<void> {
    return this.#answer('previous');
  }

  seek(positionMs: number): Promise<void> {
    return this.#answer(`seek ${positionMs}`);
  }

  setVolume(level: number): Promise<void> {
    return this.#answer(`volume ${level}`);
  }

  setShuffle(on: boolean): Promise<void> {
    return this.#answer(`shuffle ${on}`);
  }

  setRepeat(mode: RepeatMode): Promise<void> {
    return this.#answer(`repeat ${mode}`);
  }

  addToQueue(uri: string): Promise<void> {
    return this.#answer(`queue ${uri}`);
  }

  bringHere(): Promise<void> {
    return this.#answer('bringHere');
  }

  async search(query: string, offset: number): Promise<SearchPage> {
    await this.#answer(`search ${query} ${offset}`);
    return { tracks: [], nextOffset: null };
  }

  async playingOn({ sounding } = { sounding: false }): Promise<string | null> {
    await this.#answer(sounding ? 'playingOn sounding' : 'playingOn');
    return this.elsewhere;
  }

  async isAlive(): Promise<boolean> {
    await this.#answer('isAlive');
    return this.alive;
  }

  async #answer(call: string): Promise<void> {
    this.calls.push(call);
    const answer = this.answers.shift();
    if (answer instanceof Error) throw answer;
    await answer;
  }
}

const noPage = { items: [], nextOffset: null };

export function fakeLibrary(answer: (call: string) => Promise<void>): PlayerLibrary {
  const gives =
    <T>(name: string, value: T) =>
    async (...given: unknown[]): Promise<T> => {
      await answer([name, ...given.filter((part) => typeof part !== 'object')].join(' '));
      return value;
    };
  return {
    searchCollections: gives('searchCollections', noPage),
    playlists: gives('playlists', noPage),
    savedTracks: gives('savedTracks', noPage),
    recentTracks: gives('recentTracks', []),
    collectionTracks: gives('collectionTracks', noPage),
    queue: gives('upNext', []),
    devices: gives('devices', [{ key: 1, name: 'Kitchen', kind: 'Speaker', active: false, here: false }]),
    transferTo: gives('transferTo', undefined),
    isSaved: gives('isSaved', []),
    save: gives('save', undefined),
    unsave: gives('unsave', undefined),
  };
}

/** A sign-in in a test's hands. As with the real one, a new way in gives up the one before. */
export class FakeSignIn implements SignIn {
  /** Where it forgot, each time. */
  readonly forgotten: Forgotten[] = [];
  remembered = false;
  canRedirect = true;
  hosted = false;
  readonly calls: string[] = [];
  returning: Promise<void> | null = null;
  redirecting: Promise<void> = Promise.resolve();
  settle: { signedIn: () => void; fails: (error: Error) => void; closes: () => void } = {
    signedIn: () => undefined,
    fails: () => undefined,
    closes: () => undefined,
  };

  withPopup(onClosed: () => void): Promise<void> {
    this.calls.push('popup');
    this.#giveUp();
    return new Promise((resolve, reject) => {
      this.settle = {
        signedIn: () => {
          this.remembered = true;
          resolve();
        },
        fails: reject,
        closes: onClosed,
      };
    });
  }

  async withRedirect(): Promise<void> {
    this.calls.push('redirect');
    this.#giveUp();
    await this.redirecting;
  }

  takeRedirect(): Promise<void> | null {
    const { returning } = this;
    this.returning = null;
    return returning;
  }

  focus(): void {
    this.calls.push('focus');
  }

  cancel(): void {
    this.calls.push('cancel');
    this.#giveUp();
  }

  forget(where: Forgotten = 'browser'): void {
    this.calls.push('forget');
    this.forgotten.push(where);
    this.remembered = false;
    this.#giveUp();
  }

  #giveUp(): void {
    this.settle.fails(new PlayerError('popup-closed', 'given up'));
  }
}
