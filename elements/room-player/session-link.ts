import type { CSSResult, ReactiveController } from 'lit';
import { chooseEngine, deniesPlaying, type EngineChoice } from '../../src/player/choose-engine.js';
import type { PlayerControls, PlayTarget } from '../../src/player/controls.js';
import type { PlayerSession } from '../../src/player/player-session.js';
import type { EngineName, PlayerSnapshot } from '../../src/player/snapshot.js';
import type { Unsubscribe } from '../../src/subscribable.js';
import { activation } from './activation.js';
import { EarlyReady } from './early-ready.js';
import type * as embedModule from './embed.js';
import type { EmbedPanel } from './embed.js';
import { parts } from './pieces.js';
import type { RoomPlayer } from './room-player.js';
import { embedLoading, embedNotLoaded, hostGives, idle, isSameSetUp, madeOf, nothingYet, onItsWay, outOfReach, sessionOptions } from './set-up.js';
import type { Shortcuts } from './shortcuts.js';

/** What the code for either engine brings along. */
type Furniture = Pick<typeof embedModule, 'adopt' | 'Shortcuts'>;

/** What the link tells the element. */
export interface SessionHost {
  /** Whether the page has a use for a player: not in the window that Spotify opened. */
  runs(): boolean;
  changed(snapshot: PlayerSnapshot): void;
  /** A session of its own came to be. */
  controls(controls: PlayerControls): void;
}

/**
 * Keeps one session alive for as long as the element is in a page, on the engine that the page and the visitor choose.
 * The code for either engine is loaded when it is first wanted; what the visitor asked for waits for it.
 */
export class SessionLink implements ReactiveController {
  #session?: PlayerSession | undefined;
  #unsubscribe?: Unsubscribe;
  #cancelEnd?: (() => void) | undefined;
  /** What the running session was made of: another client ID is another session, another name is none. */
  #madeOf = nothingYet;
  /** By which button the visitor went last. */
  #chosen: EngineName | null = null;
  #embed?: EmbedPanel | undefined;
  #shortcuts?: Shortcuts;
  /** It would have a session if the parts were here. */
  #waits = false;
  #early?: EarlyReady | undefined;
  /** Whether what it waits for takes the place of the embed. */
  #leavesEmbed = false;
  /** Of what the visitor asked for last while the parts are on their way. */
  #turn = 0;
  /** Counts requests for a track: of several the newest counts. */
  #requests = 0;

  constructor(
    private readonly element: RoomPlayer,
    private readonly host: SessionHost,
  ) {
    element.addController(this);
  }

  get controls(): PlayerControls | undefined {
    return this.#session?.controls;
  }

  /** What the card shows of Spotify's embed; undefined where that does not play. */
  get embed(): EmbedPanel | undefined {
    return this.#embed;
  }

  /** The player's keys, from the first session on. */
  get shortcuts(): Shortcuts | undefined {
    return this.#shortcuts;
  }

  get choice(): EngineChoice {
    return this.#choiceAfter(this.#chosen);
  }

  #choiceAfter(chosen: EngineName | null): EngineChoice {
    return chooseEngine({ host: hostGives(this.element), chosen, problem: this.#shown.problem?.code ?? null });
  }

  get #shown(): PlayerSnapshot {
    return this.element.snapshot;
  }

  hostConnected(): void {
    this.#cancelEnd?.();
    this.#cancelEnd = undefined;
    // A session that was given up with an earlier place is made anew by the next update.
    this.element.requestUpdate();
  }

  hostDisconnected(): void {
    // A framework that moves the element takes it out and puts it back: the music must not stop for that.
    this.#cancelEnd = this.element.clock.after(0, () => {
      this.#chosen = null;
      this.#end();
    });
  }

  /** The visitor's button for one of the two ways. */
  async choose(engine: EngineName): Promise<void> {
    if (this.#lacksClick(engine)) return;
    this.#chosen = engine;
    this.begin();
    await this.connect();
  }

  /** On the engine of the moment. */
  async connect(): Promise<void> {
    if (this.choice.engine === 'embed') await this.#openEmbed();
    else await this.command((controls) => controls.connect(), true);
  }

  async disconnect(): Promise<void> {
    const isEmbed = this.#embed !== undefined;
    if (this.#session) {
      await this.#session.controls.disconnect();
      // Who was on an account before the embed is forgotten there too, or the next visit would sign them in.
      if (isEmbed && hostGives(this.element).clientId) await this.command((controls) => controls.disconnect());
      return;
    }
    // The code for it is on its way, or did not come. What was asked for before is not waited for any more.
    this.#turn++;
    this.#chosen = null;
    this.#madeOf = nothingYet;
    this.begin();
    if (this.#waits) await this.command((controls) => controls.disconnect());
  }

  async play(target?: PlayTarget): Promise<void> {
    if (this.choice.engine === 'embed' && !this.#embed) await this.#openEmbed();
    await this.command((controls) => controls.play(target), true);
  }

  /** `Play … for me`, from the visitor's click: connects first where need be, within that click. */
  async playFor(uri: string): Promise<void> {
    const request = ++this.#requests;
    // Asking the account that may not play once more would lead nowhere.
    if (this.#shown.status === 'failed' && this.choice.offers === 'embed' && deniesPlaying(this.#shown.problem?.code ?? null)) {
      this.#chosen = 'embed';
      this.begin();
    }
    if (!isConnected(this.#shown)) await this.connect();
    if (request === this.#requests && isConnected(this.#shown)) await this.#session?.controls.play(uri);
  }

  /**
   * Runs a command at once where it can, without waiting for an update: a window may open only inside the click that
   * asked for it. @param shows whether the visitor asked, and sees that there is something to wait for
   */
  async command<T>(run: (controls: PlayerControls) => Promise<T>, shows = false): Promise<T | undefined> {
    this.begin();
    const turn = shows ? ++this.#turn : this.#turn;
    if (this.#waits) await this.#arrival(shows);
    const controls = turn === this.#turn ? this.controls : undefined;
    return controls && run(controls);
  }

  /** Has the session that the page's attributes and the visitor's choice ask for; one that fits stays. */
  begin(): void {
    if (!this.element.isConnected || !this.host.runs()) return;
    const { choice, element } = this;
    const made = madeOf(element, choice);
    const create = element.createSession ?? parts.here?.createDefaultSession;
    const isSame = isSameSetUp(made, this.#madeOf, this.#shown.status === 'signed-out');
    if (isSame && (this.#session || choice.engine === 'embed' || (this.#waits && !create))) return;
    const comesFromEmbed = this.#embed !== undefined || (this.#waits && this.#leavesEmbed);
    const early = isSame ? this.#early?.release() : undefined;
    this.#silence();
    this.#end();
    this.#madeOf = made;
    // The page's own arrangement of the parts needs them whatever plays.
    if (!create && element.controls === 'none') parts.load().catch(() => undefined);
    if (choice.engine === 'embed') return;
    if (!create) {
      this.#waits = true;
      this.#leavesEmbed = comesFromEmbed;
      this.#early = element.player && new EarlyReady(element.player);
      return void this.#arrival(false);
    }
    if (parts.here) this.#furnish(parts.here, parts.here.playerStyles);
    const session = create({ ...sessionOptions(element), ...(parts.here && { uris: parts.here.checkedUris(element.uris) }), ...(early && { player: early }) });
    this.#use(session);
    // Whoever leaves the embed is not signed in without being asked.
    if (!comesFromEmbed) void session.restore();
  }

  /** Whether the page would load the embed by itself, which only the visitor may (I4). A sign-in waits for them anyway. */
  #lacksClick(chosen: EngineName | null): boolean {
    if (this.#embed || this.#choiceAfter(chosen).engine === 'account' || activation()?.isActive !== false) return false;
    console.warn('<room-player> loads Spotify’s embed only for a click or a key of the visitor: call connect(), listenWithoutSigningIn() or play() from there.');
    return true;
  }

  /** Nothing of the embed is in the page before the visitor's click, neither Spotify's nor our own code for it. */
  async #openEmbed(): Promise<void> {
    if (this.#lacksClick(this.#chosen)) return;
    this.begin();
    const { element } = this;
    const made = this.#madeOf;
    if (!element.isConnected || !this.host.runs()) return;
    if (!this.#embed) {
      this.host.changed(embedLoading);
      const loaded = await element.loadEmbed().catch(() => null);
      // Something else was chosen meanwhile.
      if (made !== this.#madeOf || !element.isConnected) return;
      if (!loaded) return this.host.changed(embedNotLoaded);
      if (!this.#embed) {
        const { checkedUris, createEmbedSession, EmbedPanel, embedStyles } = loaded;
        this.#furnish(loaded, embedStyles);
        const session = createEmbedSession({ endpoints: element.endpoints ?? undefined, uris: checkedUris(element.uris), clock: element.clock });
        this.#embed = new EmbedPanel(session, () => element.requestUpdate());
        this.#use(session);
      }
    }
    await this.#session?.controls.connect();
  }

  async #arrival(shows: boolean): Promise<void> {
    if (shows) this.host.changed(onItsWay);
    try {
      await parts.load();
    } catch {
      if (shows && this.#waits) this.host.changed(outOfReach);
    }
    if (parts.here && this.#waits) this.begin();
  }

  /** What the card has only where there is a player. */
  #furnish({ adopt, Shortcuts }: Furniture, styles: CSSResult): void {
    adopt(this.element, styles);
    this.#shortcuts ??= new Shortcuts();
  }

  #use(session: PlayerSession): void {
    this.#session = session;
    this.#unsubscribe = session.subscribe((snapshot) => {
      if (snapshot.status === 'signed-out' && this.#embed) this.#leaveEmbed(snapshot);
      else this.host.changed(snapshot);
    });
    this.host.controls(session.controls);
    this.host.changed(session.snapshot);
  }

  /** Whoever changes to the embed hears one thing at a time; a host page's own player, which is only let go, would sound on. */
  #silence(): void {
    if (this.#chosen === 'embed' && !this.#shown.paused) void this.#session?.controls.pause();
  }

  /** Back at the beginning, where there is a choice again, and where only the visitor's click brings anything (I4). */
  #leaveEmbed(snapshot: PlayerSnapshot): void {
    this.#chosen = null;
    // Where there is nothing else to change to, no update ends its session, which would answer whoever calls.
    if (this.choice.engine === 'embed') this.#end();
    else this.host.changed(snapshot);
  }

  #end(): void {
    this.#waits = false;
    this.#early?.release();
    this.#early = undefined;
    this.#unsubscribe?.();
    this.#session?.dispose();
    this.#session = undefined;
    this.#embed = undefined;
    this.host.changed(idle[this.choice.engine]);
  }
}

const isConnected = ({ status }: PlayerSnapshot): boolean => status === 'ready' || status === 'elsewhere';
