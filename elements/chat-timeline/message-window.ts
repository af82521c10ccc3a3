import type { TimelineMessage } from '../../src/chat/model.js';
import { nodesOf } from './node-cost.js';

/** DOM nodes that the rows may have together: with what is around them, 1,500 in the page. */
const budget = 1200;
/** How far below the budget a trimmed window ends, in nodes: rows go by the dozen, not one with each that comes. */
const slack = 160;
/**
 * What they may have where the view itself is so high that it needs more than the budget, in nodes. It also holds where
 * a page gives the list no height: then the view grows with the rows, and no number of them would fill it.
 */
const most = 2 * budget;

export type Direction = 'up' | 'down';

/**
 * Which part of a list of any length is in the page: `start` up to, not including, `end`. It moves along with the
 * reader, and stays over the same messages when others come before, between or after them. What it does costs as much as
 * the window has rows; only where messages both came and went at the same time does it look through the list.
 */
export class MessageWindow {
  #messages: readonly TimelineMessage[] = [];
  #start = 0;
  #end = 0;

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  /** Whether the first of all messages is in it. */
  get atStart(): boolean {
    return this.#start === 0;
  }

  /** Whether the last of all messages is in it. */
  get atEnd(): boolean {
    return this.#end === this.#messages.length;
  }

  /**
   * Another list.
   *
   * @param following whether the window is to reach to the end
   * @param batch rows at once: where more than these came at the end, the window begins anew with them
   * @returns whether at least one message of the window is still there
   */
  take(messages: readonly TimelineMessage[], following: boolean, batch: number): boolean {
    const before = this.#messages;
    const [from, to] = [this.#start, this.#end];
    this.#messages = messages;
    let first = -1;
    for (let index = from; index < to && first < 0; index++) first = place(messages, before, index);
    if (first < 0) {
      this.toEnd(batch);
      return to === from;
    }
    let last = -1;
    for (let index = to - 1; index >= from && last < 0; index--) last = place(messages, before, index);
    this.#start = first;
    this.#end = last + 1;
    if (following) this.#follow(batch);
    return true;
  }

  #follow(batch: number): void {
    if (this.#messages.length - this.#end > batch) return this.toEnd(batch);
    this.#end = this.#messages.length;
    this.#trimStart(this.#end - 3 * batch);
  }

  /** Reaches to the end, with `batch` rows to begin with. */
  toEnd(batch: number): void {
    this.#end = this.#messages.length;
    this.#start = Math.max(0, this.#end - batch);
  }

  /** Reaches around one message, with `batch` rows to begin with. */
  toIndex(index: number, batch: number): void {
    this.#start = Math.max(0, Math.min(index - (batch >> 1), this.#messages.length - batch));
    this.#end = Math.min(this.#messages.length, this.#start + batch);
  }

  includes(index: number): boolean {
    return index >= this.#start && index < this.#end;
  }

  /**
   * Takes up to `count` more rows in, and lets go of rows at the other side where they are too many.
   *
   * @param keep index of the last message that must stay, at that other side
   * @returns whether it took any
   */
  grow(direction: Direction, count: number, keep: number): boolean {
    if (this.#cost() >= most || (direction === 'up' ? this.atStart : this.atEnd)) return false;
    if (direction === 'up') {
      this.#start = Math.max(0, this.#start - count);
      this.#trimEnd(keep);
    } else {
      this.#end = Math.min(this.#messages.length, this.#end + count);
      this.#trimStart(keep);
    }
    return true;
  }

  /** Lets go of rows outside `first` to `last` where there are too many: the view was higher, or many came in between. */
  trim(first: number, last: number): boolean {
    const rows = this.#end - this.#start;
    this.#trimStart(first);
    this.#trimEnd(last);
    return this.#end - this.#start < rows;
  }

  /** How many of the next `count` messages may be taken in so that none has to go. */
  room(direction: Direction, count: number): number {
    let room = budget - slack - this.#cost();
    for (let taken = 0; taken < count; taken++) {
      const index = direction === 'up' ? this.#start - 1 - taken : this.#end + taken;
      if (index < 0 || index >= this.#messages.length) return taken;
      room -= this.#nodes(index);
      if (room < 0) return taken;
    }
    return count;
  }

  #trimStart(keep: number): void {
    let cost = this.#cost();
    if (cost <= budget) return;
    for (; cost > budget - slack && this.#start < keep; this.#start++) cost -= this.#nodes(this.#start);
  }

  #trimEnd(keep: number): void {
    let cost = this.#cost();
    if (cost <= budget) return;
    for (; cost > budget - slack && this.#end - 1 > keep; this.#end--) cost -= this.#nodes(this.#end - 1);
  }

  #cost(): number {
    let nodes = 0;
    for (let index = this.#start; index < this.#end; index++) nodes += this.#nodes(index);
    return nodes;
  }

  #nodes(index: number): number {
    const message = this.#messages[index];
    return message ? nodesOf(message, this.#messages[index - 1]) : 0;
  }
}

/** Where the message of `before[index]` stands in `messages`, or -1. */
function place(messages: readonly TimelineMessage[], before: readonly TimelineMessage[], index: number): number {
  const id = before[index]?.id;
  // Either nothing came or went before it, or nothing behind it.
  for (const guess of [index, messages.length - before.length + index]) if (messages[guess]?.id === id) return guess;
  return messages.findIndex((message) => message.id === id);
}
