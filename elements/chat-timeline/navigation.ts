import type { TimelineMessage } from '../../src/chat/model.js';
import type { ChatMessage } from '../chat-message/chat-message.js';
import { rest, stepOf, target, type Step } from './reading-keys.js';
import type { RovingFocus } from './roving-focus.js';
import { isMessage, type RowList } from './row-list.js';
import type { ScrollAnchor } from './scroll-anchor.js';

/** A message that is to be brought into view as soon as its row is there. */
interface Goal {
  readonly id: string;
  readonly where: 'nearest' | 'middle';
}

/** What the navigation moves through. */
export interface Conversation {
  messages(): readonly TimelineMessage[];
  /** Sees to it that the row of `messages()[index]` is in the page; then calls `arrive`. */
  show(index: number): void;
  /** The reader is elsewhere now. */
  moved(): void;
}

/** Leads the reader from message to message, by keys or by name, and gives the focus to where they arrive. */
export class Navigation {
  #goal: Goal | null = null;

  constructor(
    private readonly log: HTMLElement,
    private readonly list: RowList,
    private readonly anchor: ScrollAnchor,
    private readonly roving: RovingFocus,
    private readonly conversation: Conversation,
  ) {}

  keyed(event: KeyboardEvent): void {
    const current = this.roving.focused;
    // What a message holds (buttons, a list of emoji) has keys of its own.
    const [origin] = event.composedPath();
    const step = origin === this.log || origin === current ? stepOf(event) : null;
    const last = this.conversation.messages().length - 1;
    if (!step || last < 0) return;
    event.preventDefault();
    if (step === 'first') this.goTo(0, 'nearest');
    else if (step === 'last') this.goTo(last, 'nearest');
    else this.#step(step, current);
  }

  #step(step: Exclude<Step, 'first' | 'last'>, current: ChatMessage | undefined): void {
    const view = this.log.getBoundingClientRect();
    const hidden = current ? rest(step, current, view) : 0;
    const next = target(step, { rows: this.list.messages, current, inView: this.anchor.inView, view });
    if (hidden) this.anchor.scrollBy(hidden);
    else if (next && isMessage(next)) this.#read(next, 'nearest');
    this.conversation.moved();
  }

  goTo(index: number, where: Goal['where']): void {
    const message = this.conversation.messages()[index];
    if (!message) return;
    this.#goal = { id: message.id, where };
    this.conversation.show(index);
  }

  /** Gives a goal up. */
  stop(): void {
    this.#goal = null;
  }

  /** Rows were rendered: the goal may be among them. */
  arrive(): void {
    const row = this.#goal && this.list.message(this.#goal.id);
    // In a hidden part of the page there is no place to scroll to yet.
    if (!row || !this.#goal || !this.log.clientHeight) return;
    const { where } = this.#goal;
    this.#goal = null;
    this.#read(row, where);
    if (where === 'middle') row.part.add('revealed');
    this.conversation.moved();
  }

  /** With the outermost messages the list's own beginning or end comes into view too. */
  #read(row: ChatMessage, where: Goal['where']): void {
    const index = this.list.indexOf(row);
    this.roving.focus(row);
    if (where === 'nearest' && index === this.conversation.messages().length - 1) this.anchor.toEnd();
    else this.anchor.show(row, where);
    if (where === 'nearest' && index === 0) this.anchor.scrollBy(-this.log.scrollTop);
  }
}
