import type {
  FollowChangeEvent,
  MessageDiscardEvent,
  MessageEditEvent,
  MessageEditRequestEvent,
  MessageModerateEvent,
  MessageReactEvent,
  MessageRemoveEvent,
  MessageReplyEvent,
  MessageReportEvent,
  MessageRetryEvent,
  MessageRevealEvent,
  MessagesSeenEvent,
  MessageSendEvent,
} from '../../src/chat-events.js';
import { authorsOf } from '../../src/chat/authors.js';
import type { ChatProblem, Member, Mention, TimelineMessage } from '../../src/chat/model.js';
import type { ChatSession } from '../../src/chat/session.js';
import type { ChatComposer } from '../chat-composer/chat-composer.js';
import type { ChatTimeline } from '../chat-timeline/chat-timeline.js';

/** What the host gives to the desk. */
export interface MessageDeskHost {
  session(): ChatSession | null;
  timeline(): ChatTimeline;
  /** null before the first rendering. */
  composer(): ChatComposer | null;
  /** What the session told is in the page. */
  rendered(): Promise<unknown>;
  /** Asks why a message is reported. */
  report(message: TimelineMessage): void;
  /** Asks what is to be done about its author. */
  moderate(message: TimelineMessage): void;
  /** The message that a reply quotes is not shown, and why. */
  missing(problem: ChatProblem): void;
}

/** Between what the visitor does at the messages and in the composer, and the session. */
export class MessageDesk {
  /** Who writes here. */
  #owner: Member | null = null;

  constructor(private readonly host: MessageDeskHost) {}

  readonly send = (event: MessageSendEvent): void => {
    const { body, replyTo, mentions } = event;
    const problem = this.host.session()?.send(body, { replyTo: replyTo ?? undefined, mentions });
    if (problem) event.refuse(problem);
    else this.host.timeline().scrollToLatest();
  };

  readonly edit = (event: MessageEditEvent): void => {
    const problem = this.host.session()?.edit(event.id, event.body, event.mentions);
    if (problem) event.refuse(problem);
  };

  /** Whom one can name besides those who are here. */
  readonly authors = (): readonly Mention[] => authorsOf(this.host.session()?.snapshot.messages ?? []);

  readonly typing = (): void => this.host.session()?.typing();

  readonly retry = (event: MessageRetryEvent): void => this.#take(event)?.retry(event.id);

  readonly discard = (event: MessageDiscardEvent): void => this.#take(event)?.discard(event.id);

  readonly remove = (event: MessageRemoveEvent): void => this.#take(event)?.remove(event.id);

  readonly react = (event: MessageReactEvent): void => this.#take(event)?.react(event.id, event.emoji);

  readonly reply = (event: MessageReplyEvent): void => {
    this.#take(event);
    const message = this.#find(event.id);
    if (!message) return;
    const { id, authorName, body } = message;
    const composer = this.host.composer();
    if (composer) composer.replyTo = { id, authorName, body, state: 'known' };
  };

  readonly editRequest = (event: MessageEditRequestEvent): void => {
    this.#take(event);
    const message = this.#find(event.id);
    if (message?.may.edit) this.#edit(message);
  };

  /** The up arrow in an empty box. */
  readonly editLast = (): void => {
    const message = this.host.session()?.snapshot.messages.findLast(({ mine, may }) => mine && may.edit);
    if (message) this.#edit(message);
  };

  readonly report = (event: MessageReportEvent): void => {
    this.#take(event);
    const message = this.#find(event.id);
    if (message) this.host.report(message);
  };

  readonly moderate = (event: MessageModerateEvent): void => {
    this.#take(event);
    const message = this.#find(event.id);
    if (message?.may.moderate) this.host.moderate(message);
  };

  readonly reveal = (event: MessageRevealEvent): void => {
    const session = this.#take(event);
    if (session) void this.#reveal(session, event.id);
  };

  readonly stopRevealing = (): void => {
    this.host.session()?.stopRevealing();
    // The button went with what it stopped.
    this.host.composer()?.focus({ preventScroll: true });
  };

  readonly seen = (event: MessagesSeenEvent): void => this.host.session()?.markRead(event.seq);

  readonly follow = (event: FollowChangeEvent): void => this.host.session()?.follow(event.following);

  readonly older = (): void => void this.host.session()?.loadOlder();

  /**
   * What is half written is its writer's, and not for the next account to send; a guest who became a member is who they
   * were. @returns whether somebody else sits there now
   */
  changesHands(me: Member): boolean {
    const before = this.#owner;
    this.#owner = me;
    if (!before || before.isGuest || before.id === me.id) return false;
    this.host.composer()?.clear();
    return true;
  }

  /** Another room: what was answered or edited is not in it. */
  startOver(): void {
    const composer = this.host.composer();
    if (!composer) return;
    composer.editing = null;
    composer.replyTo = null;
  }

  /** Whoever was refused goes on with what they had written. */
  #edit({ id, body, mentions, unsaved }: TimelineMessage): void {
    const composer = this.host.composer();
    if (composer) composer.editing = { id, body: unsaved?.body ?? body, mentions: unsaved?.mentions ?? mentions };
  }

  async #reveal(session: ChatSession, id: string): Promise<void> {
    const found = await session.reveal(id);
    if (session !== this.host.session() || found === 'stopped') return;
    if (found !== 'found') return this.host.missing(found);
    await this.host.rendered();
    if (!(await this.host.timeline().reveal(id))) this.host.missing({ code: 'message-unknown' });
  }

  /** It is this room's business, and nobody's around it. */
  #take(event: Event): ChatSession | null {
    event.stopPropagation();
    return this.host.session();
  }

  #find(id: string): TimelineMessage | undefined {
    return this.host.session()?.snapshot.messages.find((message) => message.id === id);
  }
}
