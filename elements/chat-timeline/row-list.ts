import type { AvatarSource } from '../chat-message/avatar.js';
import type { ChatMessage } from '../chat-message/chat-message.js';
import { messageParts } from '../chat-message/parts.js';
import { dayName, dayOf } from '../chat-message/time.js';
import type { TimelineRow } from './rows.js';

/** What all rows have in common. */
export interface RowSettings {
  readonly canPlay: boolean;
  readonly myName: string;
  readonly avatar: AvatarSource | null;
  readonly locale: string | undefined;
  /** ms since the epoch: a day is named by its distance from now. */
  readonly now: number;
  readonly unreadLine: string;
}

/**
 * The rows in the page, keyed: a message keeps its element as long as it is there. By hand, because Lit's `repeat` leaves
 * two comments beside each row, and because only what is not there yet is to be made.
 */
export class RowList {
  readonly #elements = new Map<string, HTMLElement>();
  #rows: readonly TimelineRow[] = [];

  /** @param box whose only children are the rows */
  constructor(readonly box: HTMLElement) {}

  show(rows: readonly TimelineRow[], settings: RowSettings): void {
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, element] of this.#elements) {
      if (keys.has(key)) continue;
      element.remove();
      this.#elements.delete(key);
    }
    let next = this.box.firstElementChild;
    for (const row of rows) {
      const element = this.#elementOf(row);
      fill(element, row, settings);
      if (element === next) next = next.nextElementSibling;
      else this.box.insertBefore(element, next);
    }
    this.#rows = rows;
  }

  #elementOf({ kind, key }: TimelineRow): HTMLElement {
    let element = this.#elements.get(key);
    if (!element) this.#elements.set(key, (element = makers[kind]()));
    return element;
  }

  /** The element of the message `id`. */
  message(id: string): ChatMessage | undefined {
    const element = this.#elements.get(id);
    return element && isMessage(element) ? element : undefined;
  }

  /** All messages' elements, oldest first. */
  get messages(): ChatMessage[] {
    return [...this.box.children].filter(isMessage);
  }

  /** Index in the whole list of the message that a row shows, or stands above; -1 of what is no row. */
  indexOf(element: Element): number {
    const place = [...this.box.children].indexOf(element);
    const row = place < 0 ? undefined : this.#rows.slice(place).find(({ kind }) => kind === 'message');
    return row?.kind === 'message' ? row.index : -1;
  }
}

/** Whether a row stands for a message. */
export const isMessage = (element: Element): element is ChatMessage => element.localName === 'chat-message';

const makers: Readonly<Record<TimelineRow['kind'], () => HTMLElement>> = {
  message() {
    const element = document.createElement('chat-message');
    element.part.add('message');
    element.setAttribute('exportparts', messageParts);
    element.role = 'article';
    element.tabIndex = -1;
    return element;
  },
  day() {
    const element = divider('day');
    element.append(document.createElement('time'));
    return element;
  },
  unread: () => divider('unread-line'),
};

function divider(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  element.part.add(name);
  return element;
}

function fill(element: HTMLElement, row: TimelineRow, { avatar, canPlay, locale, myName, now, unreadLine }: RowSettings): void {
  if (row.kind === 'message') {
    Object.assign(element as ChatMessage, { message: row.message, grouped: row.grouped, canPlay, locale, myName, avatar });
  } else if (row.kind === 'unread') {
    write(element, unreadLine);
  } else {
    const time = element.querySelector('time');
    if (!time) return;
    time.dateTime = dayOf(row.at);
    write(time, dayName(row.at, now, locale));
  }
}

/** Leaves the text node alone where nothing changed: a reader's selection may be in it. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
