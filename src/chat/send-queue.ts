import type { PendingMessage } from './model.js';

/** A message on its way. */
export type Outgoing = Omit<PendingMessage, 'at' | 'state' | 'problem'>;

/** Sends one message at a time, so that the order of writing is the order in the log. One that fails holds up no other. */
export class SendQueue {
  readonly #waiting: Outgoing[] = [];
  #busy = false;

  /** @param deliver settles when the message is in the log or given up; never rejects */
  constructor(private readonly deliver: (message: Outgoing) => Promise<void>) {}

  add(message: Outgoing): void {
    this.#waiting.push(message);
    if (!this.#busy) void this.#drain();
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    for (let message = this.#waiting.shift(); message; message = this.#waiting.shift()) await this.deliver(message);
    this.#busy = false;
  }
}
