import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomStatusChangeEvent, UnreadChangeEvent, type GuestJoinEvent } from '../../src/chat-events.js';
import type { DefaultChatOptions } from '../../src/chat/default-session.js';
import { plainMember, type ChatProblem, type ChatSnapshot, type ChatStatus } from '../../src/chat/model.js';
import type { ChatSession } from '../../src/chat/session.js';
import { systemClock, type Clock } from '../../src/clock.js';
import type { MemberModerateEvent } from '../../src/moderation-events.js';
import { chatPart, type ChatSentences } from '../../src/strings/chat.js';
import type { TrackShareEvent } from '../../src/track-events.js';
import type { ChatComposer } from '../chat-composer/chat-composer.js';
import type { AvatarSource } from '../chat-message/avatar.js';
import type { ChatTimeline } from '../chat-timeline/chat-timeline.js';
import { baseStyles, ownText } from '../shared/base.styles.js';
import { replacements } from '../shared/language-scope.js';
import { Localized } from '../shared/localized.js';
import { OwnBox } from '../shared/own-box.js';
import { Piece } from '../shared/piece.js';
import { barsStyles } from './bars.styles.js';
import { Bubble } from './bubble.js';
import { chatRoomStyles } from './chat-room.styles.js';
import { canTryAgain } from './configuration.js';
import { reflectState } from './custom-state.js';
import { Dialogs } from './dialogs.js';
import { header } from './header.js';
import { invitationIn } from './invitation.js';
import { Layout } from './layout.js';
import { ListeningFeed, ownListening } from './listening.js';
import { listeningStyles } from './listening.styles.js';
import { membersPanel } from './members-panel.js';
import { MessageDesk } from './message-desk.js';
import { News } from './news.js';
import { PlayerLink } from './player-link.js';
import { blank, RoomLink, type PlaceOptions } from './room-link.js';
import { ShareDesk } from './share-desk.js';
import { bar, failure, progressBar, refusal, welcome } from './stages.js';
import { stagesStyles } from './stages.styles.js';
import { talk } from './talk.js';
import { notified } from './voice.js';

// eslint-disable-next-line no-restricted-syntax -- a literal, and a module of the chat's own: no player is reached (I1)
const parts = new Piece(() => import('./parts.js'));

/**
 * A room: everybody who is in it chats together. It shows what the visitor's own player plays, and reaches no player.
 *
 * With `variant="bubble"` it is a button in the corner of the window, with a badge for what is unread; the button opens the room.
 *
 * @fires room-status-change - A `RoomStatusChangeEvent`: the room opens, is live, reconnects, failed …
 * @fires room-sharing-change - A `RoomReadyEvent`: the room begins or ceases to take shared tracks.
 * @fires unread-change - An `UnreadChangeEvent`: how many messages of others the visitor has not read, up to 100.
 * @fires track-request - A `TrackRequestEvent`: the visitor clicked `Play … for me`. Where the attribute `player` names an
 *   element it is fired on that one instead.
 *
 * @slot header - In the line with the title, before its buttons.
 * @slot empty - In place of what an empty room says.
 * @slot composer - Beside the box, before the button that sends: a page's own buttons.
 * @slot launcher - In place of the bubble's sign.
 *
 * @csspart room - Everything.
 * @csspart launcher - The bubble.
 * @csspart launcher-badge - How much is unread, on the bubble.
 * @csspart put-away - The button that closes the bubble's panel.
 * @csspart header - The line with the title.
 * @csspart title - The room's title.
 * @csspart status - The state of the connection while it is not live.
 * @csspart members-toggle - The button `Members`.
 * @csspart moderation-button - The button `Moderation`, for who may moderate.
 * @csspart bar - The line that says what is not as it should be.
 * @csspart stop - The button that gives up reading back to a message.
 * @csspart dismiss - The button that puts away why something was not done.
 * @csspart listening - What the visitor hears.
 * @csspart now-playing - The track in it.
 * @csspart listening-switch - The switch `Show others what I am listening to`.
 * @csspart timeline - The conversation.
 * @csspart typing - The line that says who is typing.
 * @csspart composer - Where one writes.
 * @csspart members - Who is here.
 * @csspart skeleton - The shape of a conversation that is being read.
 * @csspart empty - What an empty room says.
 * @csspart welcome - The door.
 * @csspart emblem - The sign above a sentence of these.
 * @csspart lead - The first line of them.
 * @csspart text - The lines below it.
 * @csspart failure - Why there is no room.
 * @csspart try-again - The button `Try again`.
 *
 * @cssprop [--roomtone-chat-block-size=clamp(320px, 85vh, 640px)] - Its height.
 * @cssprop [--roomtone-bubble-inline-size=400px] - Width of the bubble's panel.
 *
 * @cssstate loading - The room is being looked up.
 * @cssstate signed-out - It asks for a name.
 * @cssstate connecting - It joins.
 * @cssstate ready - It is live.
 * @cssstate reconnecting - The connection is being repaired.
 * @cssstate failed - It stopped.
 * @cssstate boxless - The page's styles took its box away; its own insist on one.
 * @cssstate reverted - The page's styles took back its own measure of itself; its own insist on it.
 */
export class ChatRoom extends LitElement {
  static override styles = [...baseStyles, ownText, chatRoomStyles, barsStyles, listeningStyles, stagesStyles];

  readonly #language = new Localized(this, chatPart);
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
  readonly #bubble = new Bubble(this);
  readonly #dialogs = new Dialogs(this, {
    session: () => this.#link.session,
    snapshot: () => this._snapshot,
    failed: () => (this._refusal = { code: 'network' }),
    lost: () => this._composer.focus({ preventScroll: true }),
  });
  readonly #messages = new MessageDesk({
    session: () => this.#link.session,
    timeline: () => this._timeline,
    composer: () => this._composer,
    rendered: () => this.updateComplete,
    report: (message) => void this.#dialogs.openReport(message),
    moderate: ({ authorId, authorName }) => void this.#dialogs.openMember({ ...plainMember, id: authorId, name: authorName }),
    missing: (problem) => this.#refuse(problem),
  });
  readonly #feed = new ListeningFeed();
  readonly #news = new News(
    () => this.clock,
    this.#language,
    // By one way or by the other: what is said twice is worse than what is not said.
    (text) => (this._announcement = notified(this._box, text) ? '' : text),
  );
  #focusComposer = false;

  @query('chat-timeline') private readonly _timeline!: ChatTimeline;
  @query('chat-composer') private readonly _composer!: ChatComposer;
  @query('#room') private readonly _box!: HTMLElement | null;
  @query('.members-toggle') private readonly _toggle!: HTMLButtonElement | null;
  @state() private _snapshot: ChatSnapshot = blank;
  @state() private _announcement = '';
  /** The visitor gave a name, and the answer is on its way. */
  @state() private _joining = false;
  /** Why what the visitor did last was not done, where the session knows nothing of it. */
  @state() private _refusal: ChatProblem | null = null;

  /** The room's short name. Another one leaves the room and opens that one. */
  @property() room: string | null = null;

  /** Address of the Supabase project; may be relative to the page. */
  @property({ attribute: 'supabase-url' }) supabaseUrl: string | null = null;

  /** Its publishable key. */
  @property({ attribute: 'supabase-key' }) supabaseKey: string | null = null;

  /** Prefix of what is kept in this browser, a guest's identity too; `roomtone` by default. */
  @property({ attribute: 'storage-key' }) storageKey: string | null = null;

  /** What lets one into a private room. Without it the page's own query is read: `room-invitation=…`. */
  @property() invitation: string | null = null;

  /** Id of a `<room-player>` elsewhere in the page whose track is shown; by default the one around this element. */
  @property() player: string | null = null;

  /** Leaves out the switch with which visitors show others what they listen to. */
  @property({ type: Boolean, attribute: 'no-listening-switch' }) noListeningSwitch = false;

  /** `bubble`: a button in the corner of the window that opens the room; otherwise it stands where it is written. */
  @property({ reflect: true }) variant: string | null = null;

  /** Whether the bubble's panel is open. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** Sentences in place of Roomtone's own: some, or all. Those left out stay in the page's language, the closest `lang`. */
  @property({ attribute: false }) strings?: ChatSentences;

  /** Gives the address of a member's picture, by their `id` and `name`; null leaves the initial. Roomtone itself loads none. */
  @property({ attribute: false }) avatar: AvatarSource | null = null;

  /** The page's own supabase-js client, with its session. */
  @property({ attribute: false }) client: DefaultChatOptions['client'];

  /** Gives a fresh access token of the page's own sign-in each time it is called. */
  @property({ attribute: false }) accessToken: DefaultChatOptions['accessToken'];

  /** @internal Tests pass their own. */
  clock: Clock = systemClock;

  /** @internal Tests pass a small fake. */
  createSession?: (options: DefaultChatOptions) => ChatSession;

  /** What the room does now. */
  get status(): ChatStatus {
    return this._snapshot.status;
  }

  /** What is wrong, or null. */
  get problem(): ChatProblem | null {
    return this._snapshot.problem;
  }

  /** How many messages of others the visitor has not read; 100 means 100 or more. */
  get unread(): number {
    return this._snapshot.unread;
  }

  constructor() {
    super();
    new OwnBox(this, this.#internals);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    reflectState(this.#internals, this.status, this.status);
  }

  protected override scheduleUpdate(): Promise<unknown> | undefined {
    return this.#language.schedule(() => super.scheduleUpdate());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('strings')) this.#replaceSentences();
    if (changed.has('player')) this.#player.id = this.player;
    this.#link.want({
      url: this.supabaseUrl,
      key: this.supabaseKey,
      room: this.room,
      storageKey: this.storageKey,
      invitation: this.invitation,
      client: this.client,
      hasToken: Boolean(this.accessToken),
    });
  }

  protected override updated(): void {
    this.#feed.follow(this._snapshot.sharingListening, this.#mayShow, this.#link.session, this.#player.value);
    if (!this.#focusComposer || this.#stage !== 'talk') return;
    this.#focusComposer = false;
    void this._composer.updateComplete.then(() => this._composer.focus({ preventScroll: true }));
  }

  #replaceSentences(): void {
    const { moderationDialog, ...chat } = this.strings ?? {};
    replacements.set(this, 'chat', this.strings && chat);
    replacements.set(this, 'moderation', moderationDialog);
  }

  #create(place: PlaceOptions): ChatSession | Promise<ChatSession> {
    const create = this.createSession ?? parts.here?.createDefaultChatSession;
    if (create) return create(this.#options(place));
    return parts.load().then(({ createDefaultChatSession }) => createDefaultChatSession(this.#options(place)));
  }

  #options(place: PlaceOptions): DefaultChatOptions {
    // Through this element: a page may pass a new function on every render, and that is no new room.
    const accessToken = this.accessToken && (async () => (await this.accessToken?.()) ?? null);
    const invitation = this.invitation ?? invitationIn(location.search);
    return { ...place, invitation, client: this.client, accessToken };
  }

  #changed(snapshot: ChatSnapshot, fresh: boolean): void {
    const before = this._snapshot;
    this._snapshot = snapshot;
    if (fresh) this.#startOver();
    if (snapshot.me && this.#messages.changesHands(snapshot.me)) this.#dialogs.close();
    if (snapshot.status !== 'connecting') this.#joined(snapshot.status);
    this.#news.changed(snapshot, fresh ? blank : before);
    if (snapshot.unread !== before.unread) this.dispatchEvent(new UnreadChangeEvent(snapshot.unread));
    if (snapshot.status === before.status) return;
    reflectState(this.#internals, before.status, snapshot.status);
    this.dispatchEvent(new RoomStatusChangeEvent(snapshot.status, snapshot.problem));
  }

  #startOver(): void {
    this.#news.startOver();
    this.#messages.startOver();
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

  /** A share that the database refuses later stands in the conversation, with its buttons. */
  #share({ uri, title, artists }: TrackShareEvent): void {
    const { session } = this.#link;
    if (!session) return;
    const problem = session.shareTrack({ uri, title, artists });
    if (problem) return this.#refuse(problem);
    this._refusal = null;
    this.#news.notice(this.#language.strings.sharedIn(this.#title));
    this._timeline.scrollToLatest();
  }

  #refuse(problem: ChatProblem): void {
    this._refusal = problem;
    this.#news.notice(this.#language.strings.problem(problem));
  }

  #dismiss = (): void => {
    this._refusal = null;
    this.#link.session?.dismissNotice();
    this._composer.focus({ preventScroll: true });
  };

  #turnListening = (): void => {
    this.#feed.turn(!this._snapshot.sharingListening, this.#link.session, this.#player.value);
  };

  #tryAgain = (): void => {
    this.#link.again();
  };

  #toggleMembers = (): void => {
    this.#layout.choose(!this.#membersShown);
  };

  #moderate = (event: MemberModerateEvent): void => {
    event.stopPropagation();
    const member = this._snapshot.members.find(({ id }) => id === event.id);
    if (member) void this.#dialogs.openMember(member);
  };

  #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (!this.#layout.covered || !this.#membersShown) return this.#bubble.on ? this.#bubble.putAway() : undefined;
    this.#layout.choose(false);
    this._toggle?.focus({ preventScroll: true });
  };

  /** Live, or about to be again: what is written or shared now gets there. */
  get #isOpen(): boolean {
    return this.status === 'ready' || this.status === 'reconnecting';
  }

  get #title(): string {
    return this._snapshot.room?.title ?? this.#language.strings.chatRoom;
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
    const { status, members, hereCount, moderation } = this._snapshot;
    const talks = this.#stage === 'talk';
    const count = Math.max(hereCount, members.length);
    return header(this.#language.strings, {
      title: this.#title,
      status,
      members: talks && members.length ? { count, shown: this.#membersShown, toggle: this.#toggleMembers } : null,
      moderation: talks && moderation ? { reports: moderation.reports.reports, open: this.#dialogs.openModeration } : null,
      putAway: this.#bubble.on ? this.#bubble.putAway : null,
    });
  }

  #talk(): TemplateResult {
    const shown = this.#stage === 'talk';
    return talk(this.#language.strings, this._snapshot, { avatar: this.avatar, shown, canPlay: this.#player.value !== null, desk: this.#messages });
  }

  /** What the visitor hears, and whether others see it. */
  #own(): TemplateResult | typeof nothing {
    const turnable = this.#mayShow && this.#isOpen && this.#stage === 'talk';
    const turned = turnable ? this.#turnListening : null;
    return ownListening(this.#language.strings, this.#player.value, this._snapshot.sharingListening, turned);
  }

  /** Reading on is what reconnecting comes to. */
  #bars(again: (() => void) | null): readonly (TemplateResult | typeof nothing)[] {
    const { status, problem, progress } = this._snapshot;
    const strings = this.#language.strings;
    const stop = progress?.to === 'source' ? this.#messages.stopRevealing : null;
    const readsOn = progress?.to === 'end';
    return [readsOn ? nothing : bar(strings, status, problem, again), progress ? progressBar(strings, progress, stop) : nothing];
  }

  protected override render(): TemplateResult {
    const { status, room, problem, notice, unread } = this._snapshot;
    const strings = this.#language.strings;
    const stage = this.#stage;
    const refused = this._refusal ?? notice;
    const again = problem && canTryAgain(problem.code) ? this.#tryAgain : null;
    const { on, launcher, show } = this.#bubble;
    // Always the same box around the room: what was written in it outlives another variant.
    return html`<div class="dock" popover=${on ? 'manual' : nothing}>
        <section
          class="room"
          id="room"
          part="room"
          aria-labelledby="title"
          aria-busy=${status === 'loading' || status === 'connecting'}
          ?hidden=${on && !this.open}
          @keydown=${this.#escape}
          @track-request=${this.#desk.requested}
        >
          ${this.#header()} ${stage === 'talk' ? this.#bars(again) : nothing}
          ${stage === 'talk' && refused ? refusal(strings, refused, this.#dismiss) : nothing} ${this.#own()}
          <div class="body">
            ${this.#talk()}
            ${this.#membersShown ? membersPanel(this._snapshot, this.#player.value, this.avatar, this.#moderate) : nothing}
            ${stage === 'welcome' ? welcome(strings, { room, problem, busy: this._joining, joined: this.#guestJoins }) : nothing}
            ${stage === 'failure' && problem ? failure(strings, problem, again) : nothing}
          </div>
          <div class="visually-hidden" role="status" aria-live="polite">${this._announcement}</div>
        </section>
        ${launcher?.(strings, { title: this.#title, unread, open: this.open, show })}
      </div>
      ${this.#dialogs.render()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-room': ChatRoom;
  }
}
