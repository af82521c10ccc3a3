import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import {
  RoomStatusChangeEvent,
  type GuestJoinEvent,
  type MessageDiscardEvent,
  type MessageRetryEvent,
  type MessageSendEvent,
} from '../../src/chat-events.js';
import { createDefaultChatSession, type DefaultChatOptions } from '../../src/chat/default-session.js';
import type { ChatProblem, ChatSnapshot, ChatStatus } from '../../src/chat/model.js';
import type { ChatSession } from '../../src/chat/session.js';
import { systemClock, type Clock } from '../../src/clock.js';
import { chatStrings } from '../../src/strings/chat.js';
import type { TrackShareEvent } from '../../src/track-events.js';
import type { ChatComposer } from '../chat-composer/chat-composer.js';
import type { ChatTimeline } from '../chat-timeline/chat-timeline.js';
import { baseStyles } from '../shared/base.styles.js';
import { barsStyles } from './bars.styles.js';
import { chatRoomStyles } from './chat-room.styles.js';
import { canTryAgain } from './configuration.js';
import { reflectState } from './custom-state.js';
import { header } from './header.js';
import { Layout } from './layout.js';
import { isConnected, ListeningFeed, listeningSwitch } from './listening.js';
import { listeningStyles } from './listening.styles.js';
import { News } from './news.js';
import { PlayerLink } from './player-link.js';
import { blank, RoomLink, type PlaceOptions } from './room-link.js';
import { ShareDesk } from './share-desk.js';
import { bar, emptyRoom, failure, refusal, skeleton, welcome } from './stages.js';
import { stagesStyles } from './stages.styles.js';

/** The parts of a message, handed on. */
const messageParts =
  'avatar, author, time, bubble, link, track, track-title, track-artists, track-source, play, sending, problem, retry, discard';

/**
 * A room: everybody who is in it chats together. It shows what the visitor's own player plays, and reaches no player.
 *
 * @fires room-status-change - A `RoomStatusChangeEvent`: the room opens, is live, reconnects, failed …
 * @fires room-sharing-change - A `RoomReadyEvent`: the room begins or ceases to take shared tracks.
 * @fires track-request - A `TrackRequestEvent`: the visitor clicked `Play … for me`. Where the attribute `player` names an
 *   element it is fired on that one instead.
 *
 * @csspart room - Everything.
 * @csspart header - The line with the title.
 * @csspart title - The room's title.
 * @csspart status - The state of the connection while it is not live.
 * @csspart members-toggle - The button `Members`.
 * @csspart bar - The line that says what is not as it should be.
 * @csspart dismiss - The button that puts away why a track was not shared.
 * @csspart listening - What the visitor hears.
 * @csspart listening-switch - The switch `Show others what I am listening to`.
 * @csspart timeline - The conversation. Its parts are handed on: log, earlier, beginning, day, message, avatar, author,
 *   time, bubble, link, track, track-title, track-artists, track-source, play, sending, problem, retry, discard, jump,
 *   jump-button, unread.
 * @csspart composer - Where one writes. Its parts: composer-form, composer-input, send, note, count.
 * @csspart members - Who is here. Its parts: members-header, members-list, member, member-avatar, member-name,
 *   member-listening, member-artwork, member-play, members-source.
 * @csspart skeleton - The shape of a conversation that is being read.
 * @csspart empty - What an empty room says.
 * @csspart welcome - The door. Its form's parts: guest-form, guest-label, guest-input, join, guest-problem.
 * @csspart failure - Why there is no room.
 * @csspart try-again - The button `Try again`.
 *
 * @cssprop [--roomtone-chat-block-size=min(640px, 85vh)] - Its height.
 *
 * @cssstate loading - The room is being looked up.
 * @cssstate signed-out - It asks for a name.
 * @cssstate connecting - It joins.
 * @cssstate ready - It is live.
 * @cssstate reconnecting - The connection is being repaired.
 * @cssstate failed - It stopped.
 */
export class ChatRoom extends LitElement {
  static override styles = [...baseStyles, chatRoomStyles, barsStyles, listeningStyles, stagesStyles];

  readonly #strings = chatStrings();
  readonly #internals = this.attachInternals();
  readonly #player = new PlayerLink(this);
  readonly #link = new RoomLink(this, {
    clock: () => this.clock,
    create: (options) => this.#create(options),
    changed: (snapshot, fresh) => this.#changed(snapshot, fresh),
  });
  readonly #desk = new ShareDesk(this, {
    player: () => this.player,
    ready: () => this.#isOpen,
    shared: (event) => this.#share(event),
  });
  readonly #layout = new Layout(this);
  readonly #feed = new ListeningFeed();
  readonly #news = new News(
    () => this.clock,
    this.#strings,
    (text) => (this._announcement = text),
  );
  #focusComposer = false;

  @query('chat-timeline') private readonly _timeline!: ChatTimeline;
  @query('chat-composer') private readonly _composer!: ChatComposer;
  @query('.members-toggle') private readonly _toggle!: HTMLButtonElement | null;
  @state() private _snapshot: ChatSnapshot = blank;
  @state() private _announcement = '';
  /** The visitor gave a name, and the answer is on its way. */
  @state() private _joining = false;
  /** Why the last track was not shared. */
  @state() private _refusal: ChatProblem | null = null;

  /** The room's short name. Another one leaves the room and opens that one. */
  @property() room: string | null = null;

  /** Address of the Supabase project; may be relative to the page. */
  @property({ attribute: 'supabase-url' }) supabaseUrl: string | null = null;

  /** Its publishable key. */
  @property({ attribute: 'supabase-key' }) supabaseKey: string | null = null;

  /** Prefix of what is kept in this browser, a guest's identity too; `roomtone` by default. */
  @property({ attribute: 'storage-key' }) storageKey: string | null = null;

  /** Id of a `<room-player>` elsewhere in the page whose track is shown; by default the one around this element. */
  @property() player: string | null = null;

  /** Leaves out the switch with which visitors show others what they listen to. */
  @property({ type: Boolean, attribute: 'no-listening-switch' }) noListeningSwitch = false;

  /** The page's own supabase-js client, with its session. */
  @property({ attribute: false }) client: DefaultChatOptions['client'];

  /** Gives a fresh access token of the page's own sign-in each time it is called. */
  @property({ attribute: false }) accessToken: DefaultChatOptions['accessToken'];

  /** @internal Tests pass their own. */
  clock: Clock = systemClock;

  /** @internal Tests pass a small fake. */
  createSession: (options: DefaultChatOptions) => ChatSession = createDefaultChatSession;

  /** What the room does now. */
  get status(): ChatStatus {
    return this._snapshot.status;
  }

  /** What is wrong, or null. */
  get problem(): ChatProblem | null {
    return this._snapshot.problem;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    reflectState(this.#internals, this.status, this.status);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('player')) this.#player.id = this.player;
    this.#link.want({
      url: this.supabaseUrl,
      key: this.supabaseKey,
      room: this.room,
      storageKey: this.storageKey,
      client: this.client,
      hasClient: Boolean(this.client),
      hasToken: Boolean(this.accessToken),
    });
  }

  protected override updated(): void {
    this.#feed.follow(this._snapshot.sharingListening, this.#mayShow, this.#link.session, this.#player.value);
    if (!this.#focusComposer || this.#stage !== 'talk') return;
    this.#focusComposer = false;
    void this._composer.updateComplete.then(() => this._composer.focus({ preventScroll: true }));
  }

  #create(options: PlaceOptions): ChatSession {
    // Through this element: a page may pass a new function on every render, and that is no new room.
    const accessToken = this.accessToken && (async () => (await this.accessToken?.()) ?? null);
    return this.createSession({ ...options, client: this.client, accessToken });
  }

  #changed(snapshot: ChatSnapshot, fresh: boolean): void {
    const before = this._snapshot;
    this._snapshot = snapshot;
    if (fresh) this.#startOver();
    if (snapshot.status !== 'connecting') this.#joined(snapshot.status);
    this.#news.changed(snapshot, fresh ? blank : before);
    if (snapshot.status === before.status) return;
    reflectState(this.#internals, before.status, snapshot.status);
    this.dispatchEvent(new RoomStatusChangeEvent(snapshot.status, snapshot.problem));
  }

  #startOver(): void {
    this.#news.startOver();
    this._joining = false;
    this._refusal = null;
    this.#focusComposer = false;
  }

  #joined(status: ChatStatus): void {
    // The form goes, and whoever filled it in goes on by writing.
    if (this._joining && status === 'ready') {
      this.#focusComposer = this.shadowRoot?.activeElement?.localName === 'chat-guest-form';
    }
    this._joining = false;
  }

  #guestJoins = (event: GuestJoinEvent): void => {
    this._joining = true;
    void this.#link.session?.join(event.name);
  };

  #send = (event: MessageSendEvent): void => {
    const problem = this.#link.session?.send(event.body);
    if (problem) event.refuse(problem);
    else this._timeline.scrollToLatest();
  };

  /** A share that the database refuses later stands in the conversation, with its buttons. */
  #share({ uri, title, artists }: TrackShareEvent): void {
    const { session } = this.#link;
    if (!session) return;
    this._refusal = session.shareTrack({ uri, title, artists });
    if (this._refusal) return this.#news.notice(this.#strings.problem(this._refusal));
    this.#news.notice(this.#strings.sharedIn(this.#title));
    this._timeline.scrollToLatest();
  }

  #dismiss = (): void => {
    this._refusal = null;
    this._composer.focus({ preventScroll: true });
  };

  #turnListening = (): void => {
    this.#feed.turn(!this._snapshot.sharingListening, this.#link.session, this.#player.value);
  };

  #retry = (event: MessageRetryEvent): void => {
    event.stopPropagation();
    this.#link.session?.retry(event.id);
  };

  #discard = (event: MessageDiscardEvent): void => {
    event.stopPropagation();
    this.#link.session?.discard(event.id);
  };

  #older = (): void => {
    void this.#link.session?.loadOlder();
  };

  #tryAgain = (): void => {
    this.#link.session?.start();
  };

  #toggleMembers = (): void => {
    this.#layout.choose(!this.#membersShown);
  };

  #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#layout.covered || !this.#membersShown) return;
    this.#layout.choose(false);
    this._toggle?.focus({ preventScroll: true });
  };

  /** Live, or about to be again: what is written or shared now gets there. */
  get #isOpen(): boolean {
    return this.status === 'ready' || this.status === 'reconnecting';
  }

  get #title(): string {
    return this._snapshot.room?.title ?? this.#strings.chatRoom;
  }

  /** Whether there is something to show to others, and the host leaves it to the visitor. */
  get #mayShow(): boolean {
    return !this.noListeningSwitch && (this.#player.value?.status ?? 'signed-out') !== 'signed-out';
  }

  get #membersShown(): boolean {
    return this.#stage === 'talk' && this._snapshot.members.length > 0 && this.#layout.membersOpen;
  }

  get #stage(): 'welcome' | 'failure' | 'talk' {
    const { status, messages } = this._snapshot;
    if (status === 'signed-out' || (status === 'connecting' && this._joining)) return 'welcome';
    return status === 'failed' && !messages.length ? 'failure' : 'talk';
  }

  #header(): TemplateResult {
    const { status, members } = this._snapshot;
    const toggled = this.#stage === 'talk' && members.length > 0;
    return header(this.#strings, {
      title: this.#title,
      status,
      members: toggled ? { count: members.length, shown: this.#membersShown, toggle: this.#toggleMembers } : null,
    });
  }

  /** Stays in the page while the door is shown: what was written in the box is kept. */
  #talk(): TemplateResult {
    const { status, messages, hasOlder, loadingOlder } = this._snapshot;
    const strings = this.#strings;
    const waiting = status === 'loading' || status === 'connecting';
    const reason = strings.notJoined[status] ?? '';
    return html`<div class="talk" ?hidden=${this.#stage !== 'talk'}>
      <chat-timeline
        part="timeline"
        exportparts="log, earlier, beginning, day, message, ${messageParts}, jump, jump-button, unread"
        .messages=${messages}
        .hasOlder=${hasOlder}
        .loadingOlder=${loadingOlder}
        .canPlay=${this.#player.value !== null}
        @older-request=${this.#older}
        @message-retry=${this.#retry}
        @message-discard=${this.#discard}
      >
        <div class=${waiting ? 'waiting' : ''} slot="empty">${waiting ? skeleton : emptyRoom(strings)}</div>
      </chat-timeline>
      <chat-composer
        part="composer"
        exportparts="form: composer-form, input: composer-input, send, note, count"
        ?disabled=${reason !== ''}
        reason=${reason}
        @message-send=${this.#send}
      ></chat-composer>
    </div>`;
  }

  #members(): TemplateResult | typeof nothing {
    if (!this.#membersShown) return nothing;
    return html`<chat-members
      class="members"
      id="members"
      part="members"
      exportparts="header: members-header, list: members-list, member, avatar: member-avatar, name: member-name, listening: member-listening, artwork: member-artwork, play: member-play, source: members-source"
      .members=${this._snapshot.members}
      .me=${this._snapshot.me}
      .count=${this._snapshot.hereCount}
      .canPlay=${this.#player.value !== null}
      .withArtwork=${isConnected(this.#player.value)}
    ></chat-members>`;
  }

  /** What the visitor hears, and whether others see it. */
  #own(): TemplateResult | typeof nothing {
    const playback = this.#player.value;
    const { sharingListening } = this._snapshot;
    const turnable = this.#mayShow && this.#isOpen && this.#stage === 'talk';
    if (!playback?.track && !turnable) return nothing;
    return html`<div class="listening" part="listening">
      ${playback?.track ? html`<now-playing .playback=${playback}></now-playing>` : nothing}
      ${turnable ? listeningSwitch(this.#strings, sharingListening, this.#turnListening) : nothing}
    </div>`;
  }

  protected override render(): TemplateResult {
    const { status, room, problem } = this._snapshot;
    const strings = this.#strings;
    const stage = this.#stage;
    const again = problem && canTryAgain(problem.code) ? this.#tryAgain : null;
    return html`<section
      class="room"
      part="room"
      aria-labelledby="title"
      aria-busy=${status === 'loading' || status === 'connecting'}
      @keydown=${this.#escape}
      @track-request=${this.#desk.requested}
    >
      ${this.#header()} ${stage === 'talk' ? bar(strings, status, problem, again) : nothing}
      ${stage === 'talk' && this._refusal ? refusal(strings, this._refusal, this.#dismiss) : nothing} ${this.#own()}
      <div class="body">
        ${this.#talk()} ${this.#members()}
        ${stage === 'welcome' ? welcome(strings, { room, problem, busy: this._joining, joined: this.#guestJoins }) : nothing}
        ${stage === 'failure' && problem ? failure(strings, problem, again) : nothing}
      </div>
      <div class="visually-hidden" role="status" aria-live="polite">${this._announcement}</div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-room': ChatRoom;
  }
}
