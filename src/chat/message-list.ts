import type { TimelineMessage } from './model.js';

/** What several versions of a list share. Positions are 0 and up in `back`, -1 and down in `front`. */
interface Memory {
  readonly back: TimelineMessage[];
  readonly front: TimelineMessage[];
  readonly where: Map<string, number>;
  /** A newer version took `where` along: who holds this one copies before growing. */
  sealed: boolean;
}

/**
 * Messages in the order of the log, found by id. An immutable value: the newest version grows at either end without
 * copying what is there, and replacing some of them copies no more than references.
 */
export class MessageList {
  #array: readonly TimelineMessage[] | null = null;

  private constructor(
    private readonly memory: Memory,
    private readonly low: number,
    private readonly high: number,
  ) {}

  static empty(): MessageList {
    return new MessageList({ back: [], front: [], where: new Map(), sealed: false }, 0, 0);
  }

  get length(): number {
    return this.high - this.low;
  }

  /** @param index from 0, the oldest; negative ones from the newest, -1 */
  at(index: number): TimelineMessage | undefined {
    return this.#at(index < 0 ? this.high + index : this.low + index);
  }

  get(id: string): TimelineMessage | undefined {
    const position = this.memory.where.get(id);
    const found = position === undefined ? undefined : this.#at(position);
    return found?.id === id ? found : undefined;
  }

  /** Adds at the newer end. */
  append(messages: readonly TimelineMessage[]): MessageList {
    if (messages.length === 0) return this;
    const memory = this.#own();
    for (const message of messages) {
      memory.where.set(message.id, memory.back.length);
      memory.back.push(message);
    }
    return new MessageList(memory, this.low, this.high + messages.length);
  }

  /** Adds at the older end. @param messages oldest first */
  prepend(messages: readonly TimelineMessage[]): MessageList {
    if (messages.length === 0) return this;
    const memory = this.#own();
    for (const message of [...messages].reverse()) {
      memory.front.push(message);
      memory.where.set(message.id, -memory.front.length);
    }
    return new MessageList(memory, this.low - messages.length, this.high);
  }

  /** Puts other messages in the place of those of the same ids; the rest stays as it is. */
  replace(messages: readonly TimelineMessage[]): MessageList {
    const changes = messages.filter((message) => this.get(message.id) !== message);
    if (changes.length === 0) return this;
    const { where } = this.#own();
    const back = this.memory.back.slice(0, Math.max(this.high, 0));
    const front = this.memory.front.slice(0, Math.max(-this.low, 0));
    for (const message of changes) {
      const position = where.get(message.id);
      if (position === undefined) continue;
      if (position < 0) front[-position - 1] = message;
      else back[position] = message;
    }
    this.memory.sealed = true;
    return new MessageList({ back, front, where, sealed: false }, this.low, this.high);
  }

  /** All of them, oldest first. Frozen; the same array each time. */
  toArray(): readonly TimelineMessage[] {
    if (!this.#array) {
      const { back, front } = this.memory;
      const older = front.slice(0, Math.max(-this.low, 0)).reverse();
      const newer = back.slice(0, Math.max(this.high, 0));
      this.#array = Object.freeze(older.length === 0 ? newer : older.concat(newer));
    }
    return this.#array;
  }

  #at(position: number): TimelineMessage | undefined {
    if (position < this.low || position >= this.high) return undefined;
    return position < 0 ? this.memory.front[-position - 1] : this.memory.back[position];
  }

  /** The memory, fit to grow: a version that is not the newest takes a copy, so that none ever sees another's messages. */
  #own(): Memory {
    const { back, front, where, sealed } = this.memory;
    const newest = !sealed && back.length === Math.max(this.high, 0) && front.length === Math.max(-this.low, 0);
    if (newest) return this.memory;
    const copy: Memory = {
      back: back.slice(0, Math.max(this.high, 0)),
      front: front.slice(0, Math.max(-this.low, 0)),
      where: new Map(),
      sealed: false,
    };
    for (const [id, position] of where) if (this.get(id)) copy.where.set(id, position);
    return copy;
  }
}
