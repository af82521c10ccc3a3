import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { systemClock, type Clock } from '../../src/clock.js';
import { playerControlsContext } from '../../src/contexts/player-controls.js';
import { playerStateContext } from '../../src/contexts/player-state.js';
import { PlayerErrorEvent, PlayerStateChangeEvent } from '../../src/events.js';
import type { PlayTarget } from '../../src/player/controls.js';
import type { Endpoints } from '../../src/player/endpoints.js';
import type { PlayerSession, SessionOptions } from '../../src/player/player-session.js';
import { finishSignIn } from '../../src/player/sign-in.js';
import { initialSnapshot, type PlayerSnapshot } from '../../src/player/snapshot.js';
import { playerPart, type PlayerSentences } from '../../src/strings/player.js';
import { lastLevelOf } from '../player-controls/last-level.js';
import { isNobody } from '../player-lists/nobody.js';
import { baseStyles, ownText } from '../shared/base.styles.js';
import { Countdown } from '../shared/countdown.js';
import { replacements } from '../shared/language-scope.js';
import { Localized } from '../shared/localized.js';
import { OwnBox } from '../shared/own-box.js';
import type { CardContext } from './card.js';
import type * as embedModule from './embed.js';
import { parts } from './pieces.js';
import { roomPlayerStyles } from './room-player.styles.js';
import { SessionLink } from './session-link.js';
import { uriList } from './set-up.js';
import { RoomSharing } from './sharing.js';
import type { Tab } from './tabs.js';
import { TrackRequests } from './track-requests.js';
import { notice, showsLists, showsPlayer, slotName, stage, waysOut } from './views.js';

/**
 * The visitor's own Spotify player, and the room around it: what stands inside gets the player's state by context.
 * Nothing is asked of Spotify before the visitor connects. A page has room for one.
 *
 * A visitor without Premium, or on a page without `client-id`, listens without signing in: in Spotify's own embed, which
 * stays in sight while it plays.
 *
 * While the focus is within the player, keys work as in most players: K or the space bar plays and pauses, J and L go
 * ten seconds back and on, N and P skip, M mutes. Never in a text field or on a slider, never elsewhere in the page.
 *
 * Spotify's rules: where its metadata is shown, Spotify's icon, a link back and the uncropped cover stay. The elements
 * that show metadata always render them, no slot replaces them, and no part can hide the icon or crop the cover. A page
 * can still cover or leave out whole elements (`controls="none"`): then keeping the rules is its part.
 *
 * @element room-player
 * @slot - the room: a `<chat-room>`, or anything that belongs beside the player
 * @slot signed-out - in place of the panel that a visitor sees first; `connect()` is for its button
 * @slot signing-in - in place of the panel while Spotify's window is open
 * @slot loading - in place of the panel while Spotify's script loads
 * @slot connecting - in place of the panel until this page is a device
 * @slot empty - in place of the panel until a track was chosen
 * @slot playing - above what plays
 * @slot reconnecting - above what played, until the connection is back
 * @slot elsewhere - in place of the panel for playback on another device
 * @slot failed - in place of the panel for a problem that ended the playback
 * @fires {PlayerStateChangeEvent} player-state-change - the player changed; `event.snapshot` is its state
 * @fires {PlayerErrorEvent} player-error - something could not be done; `event.problem` says what
 * @fires {TrackShareEvent} track-share - the visitor shares a track; it bubbles from the player's elements to the room
 * @attr status - reflects the player's status, for styling
 * @cssstate boxless - the page's styles took its box away; its own insist on one
 * @cssstate reverted - the page's styles took back its own measure of itself; its own insist on it
 * @csspart layout - the player and the room
 * @csspart player - the player's card
 * @csspart room - the box around the default slot
 * @csspart state - the panel of a state without music
 * @csspart message - what it says
 * @csspart record - the record in that panel
 * @csspart message-title - the first line of what it says
 * @csspart message-text - the lines below it
 * @csspart aside - a sentence below a button
 * @csspart action - a button that helps
 * @csspart wait - how long Spotify wants to be left alone
 * @csspart notice - a problem beside the running player
 * @csspart notice-text - its sentence
 * @csspart dismiss - the button that puts the notice away
 * @csspart callback - what the window of the sign-in says while it closes
 * @csspart disconnect - the button that disconnects
 * @csspart tabs - the row of tabs: search, what comes next, library
 * @csspart tab - each of them
 * @csspart now-playing - what plays: `<now-playing>`
 * @csspart actions - what can be done with the track that plays
 * @csspart controls - the buttons and sliders: `<player-controls>`
 * @csspart search - the search: `<track-search>`
 * @csspart queue - what comes next: `<player-queue>`
 * @csspart library - playlists, saved and recent tracks: `<player-library>`
 * @csspart devices - the account's devices: `<player-devices>`
 * @csspart embed - around Spotify's embed, for whoever listens without signing in; it has to stay in sight
 * @csspart link - the form for a link to Spotify
 * @csspart link-label - its label
 * @csspart link-input - its text field
 * @csspart link-problem - that it was no such link
 * @csspart link-play - its button
 * @csspart not-here - what the embed cannot do, and why
 * @csspart other - the button to listen the other way: without signing in, or on the visitor's own account
 * @cssprop --roomtone-accent - colour of what can be pressed, of the filled part of a slider
 * @cssprop --roomtone-on-accent - colour of signs and words on the accent
 * @cssprop --roomtone-surface - background of the card
 * @cssprop --roomtone-raised - background of what lies on it: fields, empty covers
 * @cssprop --roomtone-text - colour of text
 * @cssprop --roomtone-muted - colour of secondary text
 * @cssprop --roomtone-line - colour of lines
 * @cssprop --roomtone-danger - colour of problems
 * @cssprop --roomtone-success - colour of what went well
 * @cssprop --roomtone-glow - colour of the light at the card's top
 * @cssprop --roomtone-shadow - shadow of the card
 * @cssprop --roomtone-font - typeface
 * @cssprop --roomtone-font-display - typeface of titles
 * @cssprop [--roomtone-font-size=max(15px, 0.9375rem)] - size of text
 * @cssprop [--roomtone-radius=14px] - corners of the card
 * @cssprop [--roomtone-space=8px] - the unit of all distances
 */
export class RoomPlayer extends LitElement {
  static override styles = [...baseStyles, ownText, roomPlayerStyles];

  readonly #language = new Localized(this, playerPart);
  readonly #stateProvider = new ContextProvider(this, { context: playerStateContext, initialValue: initialSnapshot });
  readonly #controlsProvider = new ContextProvider(this, { context: playerControlsContext });
  readonly #wait = new Countdown(this, () => this.shown.problem?.retryAt, () => this.clock);
  readonly #link: SessionLink = new SessionLink(this, {
    runs: () => !this.isCallback,
    changed: (snapshot) => this.#show(snapshot),
    controls: (controls) => this.#controlsProvider.setValue(controls),
  });
  #focused: Element | null = null;

  @state() private shown: PlayerSnapshot = initialSnapshot;
  /** Nothing stands beside the player. */
  @state() private alone = true;
  /** This page is the window that Spotify opened, on its way back. */
  @state() private isCallback = false;

  @state() private tab: Tab = 'search';
  /** Whether the player was shown since the visitor connected: what they looked for outlasts a break. */
  #browses = false;

  @query('.card') private card?: HTMLElement | null;

  /** The client ID of the site's own app at Spotify. Without one, visitors listen in Spotify's embed. */
  @property({ attribute: 'client-id' })
  clientId = '';

  /** Where Spotify sends the visitor back; as registered there. By default the page's address without query and hash. */
  @property({ attribute: 'redirect-uri' })
  redirectUri?: string;

  /** The base address of a stand-in for Spotify, or single addresses of it. */
  @property()
  endpoints?: string | Partial<Endpoints>;

  /** Under what name the sign-in is kept in the page's storage: several visitors on one origin need several. */
  @property({ attribute: 'storage-key' })
  storageKey?: string;

  /** The name of this page among the visitor's devices at Spotify. */
  @property()
  name?: string;

  /** Level to start with, from 0 to 1. */
  @property({ type: Number })
  volume?: number;

  /** The host page's own player, already made; it is wrapped, and no other is made. Set it before the visitor connects. */
  @property({ attribute: false })
  player?: Spotify.Player;

  /**
   * The host page's own source of access tokens: the visitor is never asked to sign in. Always the newest is asked;
   * another function in its place changes nothing else.
   */
  @property({ attribute: false })
  getToken?: SessionOptions['getToken'];

  /**
   * Media keys of the keyboard and the system's player control the music. Changed while the visitor is connected, it waits
   * until they have disconnected: the music does not stop for it. The host page's own `player` has its own choice.
   */
  @property({ attribute: 'media-session', type: Boolean })
  mediaSession = false;

  /**
   * `none` leaves the card out: the page places `<player-controls>`, `<track-search>`, `<now-playing>`, `<player-queue>`,
   * `<player-library>`, `<player-devices>` and `<player-actions>` by hand, anywhere inside, and shows the states itself.
   */
  @property()
  controls: 'default' | 'none' = 'default';

  /** Sentences in place of Roomtone's own: some, or all. Those left out stay in the page's language, the closest `lang`. */
  @property({ attribute: false }) strings?: PlayerSentences;

  /**
   * What the page offers to those who have nothing to go on with: URIs or links of tracks, albums, playlists and
   * episodes; as an attribute with spaces between. Without signing in, one is played after the other. On an account,
   * Play starts tracks and episodes one after the other; where albums or playlists are among them, the first item alone.
   */
  @property({ converter: uriList })
  uris: readonly string[] = [];

  /** Leaves the keys to the page. */
  @property({ attribute: 'no-shortcuts', type: Boolean }) noShortcuts = false;

  /** @internal */
  @property({ attribute: false })
  createSession?: (options: SessionOptions) => PlayerSession;

  /** @internal */
  @property({ attribute: false })
  loadEmbed = (): Promise<typeof embedModule> => import('./embed.js');

  /** @internal */
  @property({ attribute: false })
  finishSignIn: () => boolean = finishSignIn;

  /** @internal */
  @property({ attribute: false })
  clock: Clock = systemClock;

  constructor() {
    super();
    new OwnBox(this, this.attachInternals());
    new RoomSharing(this);
    new TrackRequests(this, (uri) => void this.#link.playFor(uri));
    this.addEventListener('keydown', this.#onKeyDown);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#onSlotChange();
    this.isCallback ||= this.finishSignIn();
  }

  protected override scheduleUpdate(): Promise<unknown> | undefined {
    return this.#language.schedule(() => super.scheduleUpdate());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('strings')) replacements.set(this, 'player', this.strings);
    this.#focused = this.shadowRoot?.activeElement ?? null;
    this.#link.begin();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('shown')) this.setAttribute('status', this.shown.status);
    // The button that had the focus went away with its state: the card takes it, so that Tab goes on from here.
    if (this.#focused && !this.shadowRoot?.activeElement) this.card?.focus({ preventScroll: true });
  }

  /** What the visitor's player does now. Frozen, without tokens and device ids. */
  get snapshot(): PlayerSnapshot {
    return this.shown;
  }

  /** Signs in if need be; on a page without `client-id`, listens without signing in. Call it inside a click: a window may open. */
  async connect(): Promise<void> {
    await this.#link.choose('account');
  }

  /**
   * Plays in Spotify's embed, which needs no account here. What played before stops first. Call it inside a click: without
   * one nothing of the embed is loaded, and a warning says so.
   */
  async listenWithoutSigningIn(): Promise<void> {
    await this.#link.choose('embed');
  }

  /** Stops playing, forgets tokens and metadata. A `player` of the host page's own is let go as it is: its music goes on. */
  async disconnect(): Promise<void> {
    await this.#link.disconnect();
  }

  /**
   * Starts something, or goes on with what is there.
   *
   * @param target a Spotify URI, a place within an album or playlist, or `{uris}`, one after the other; without it what is there goes on
   */
  async play(target?: PlayTarget): Promise<void> {
    await this.#link.play(target);
  }

  /** Stops where it is; `resume()` goes on from there. */
  async pause(): Promise<void> {
    await this.#link.command((controls) => controls.pause());
  }

  /** Goes on where it was. */
  async resume(): Promise<void> {
    await this.#link.command((controls) => controls.resume());
  }

  /** Skips to the next track. */
  async next(): Promise<void> {
    await this.#link.command((controls) => controls.next());
  }

  /** Goes back to the previous track. */
  async previous(): Promise<void> {
    await this.#link.command((controls) => controls.previous());
  }

  /** Goes to a place in the track. @param positionMs from its start, in ms */
  async seek(positionMs: number): Promise<void> {
    await this.#link.command((controls) => controls.seek(positionMs));
  }

  /** Sets the volume. @param level from 0 to 1 */
  async setVolume(level: number): Promise<void> {
    await this.#link.command((controls) => controls.setVolume(level));
  }

  /** Plays a track after the current one. @param uri of the track, or of an episode @returns whether Spotify took it */
  async addToQueue(uri: string): Promise<boolean> {
    return (await this.#link.command((controls) => controls.addToQueue(uri))) ?? false;
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const { controls, shortcuts } = this.#link;
    if (this.noShortcuts || !controls) return;
    if (shortcuts?.handle(event, this.card ?? null, this.shown, controls, this.clock.now())) event.preventDefault();
  };

  #show(snapshot: PlayerSnapshot): void {
    const before = this.shown;
    if (snapshot === before) return;
    this.shown = snapshot;
    if (this.#link.controls) lastLevelOf(this.#link.controls).follow(snapshot);
    // The next visitor begins where everybody does.
    if (isNobody(snapshot)) this.tab = 'search';
    this.#browses = !isNobody(snapshot) && (this.#browses || showsLists(snapshot));
    this.#stateProvider.setValue(snapshot);
    this.dispatchEvent(new PlayerStateChangeEvent(snapshot));
    if (snapshot.problem && snapshot.problem !== before.problem) this.dispatchEvent(new PlayerErrorEvent(snapshot.problem));
  }

  readonly #onSlotChange = (): void => {
    this.alone = !this.querySelector(':scope > :not([slot], chat-room[variant="bubble"])');
  };

  protected override render(): TemplateResult {
    if (this.isCallback) return html`<p class="callback" part="callback" role="status"><bdi>${this.#language.strings.callback}</bdi></p>`;
    return html`
      <div class="layout" part="layout" ?data-alone=${this.alone} ?data-bare=${this.controls === 'none'}>
        ${this.controls === 'none' ? this.#link.embed?.frame(this.#language.strings) : this.#card()}
        <div class="room" part="room"><slot @slotchange=${this.#onSlotChange}></slot></div>
      </div>
    `;
  }

  #card(): TemplateResult {
    const shows = showsPlayer(this.shown);
    const { engine, offers } = this.#link.choice;
    const context: CardContext = {
      t: this.#language.strings,
      snapshot: this.shown,
      controls: this.#link.controls,
      connect: () => this.#link.connect(),
      disconnect: () => this.disconnect(),
      offers,
      change: () => (offers === 'embed' ? this.listenWithoutSigningIn() : this.connect()),
      wait: this.#wait.seconds,
      tab: this.tab,
      choose: (tab) => (this.tab = tab),
      shortcuts: !this.noShortcuts,
    };
    return html`
      <section class="card" part="player" aria-label=${this.#language.strings.player} tabindex="-1">
        ${notice(context)}${this.#browses && engine === 'account' ? parts.here?.panels(context) : nothing}
        <slot name=${slotName(this.shown)}>${stage(context)}</slot>
        ${this.#link.embed?.frame(this.#language.strings)}
        ${shows ? (this.#link.embed ?? parts.here)?.music(context) : waysOut(context)}
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'room-player': RoomPlayer;
  }
}
