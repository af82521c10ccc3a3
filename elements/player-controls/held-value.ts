/**
 * The value of a slider between the visitor's hand and the engine's report: while it is dragged, and until its
 * command took effect, the slider shows this and not the snapshot, so that the thumb never jumps back.
 * One command is on its way at a time; of what is asked meanwhile only the newest is sent.
 */
export class HeldValue {
  #held: number | null = null;
  #next: number | null = null;
  #inHand = false;
  #sending = false;

  constructor(
    private readonly send: (value: number) => Promise<void>,
    /** Called when what is shown may have changed. */
    private readonly changed: () => void,
  ) {}

  /** What to show instead of the snapshot's value, or null. */
  get value(): number | null {
    return this.#held;
  }

  /** Whether it is shown without having been asked for. */
  get inHand(): boolean {
    return this.#inHand;
  }

  /** Shows `value` without asking for it yet. */
  hold(value: number): void {
    this.#held = value;
    this.#inHand = true;
    this.changed();
  }

  /** Shows `value` and asks for it. */
  commit(value: number): void {
    this.#held = value;
    this.#next = value;
    this.#inHand = false;
    this.changed();
    if (!this.#sending) void this.#sendNewest();
  }

  /** Lets go once the engine took the command and no longer reports it as pending. Call it before each rendering. */
  settle(pending: boolean): void {
    if (!this.#inHand && !this.#sending && !pending) this.#held = null;
  }

  /** Shows the snapshot again, whatever was under way. */
  release(): void {
    this.#held = null;
    this.#next = null;
    this.#inHand = false;
  }

  async #sendNewest(): Promise<void> {
    this.#sending = true;
    try {
      while (this.#next !== null) {
        const value = this.#next;
        this.#next = null;
        await this.send(value);
      }
    } finally {
      this.#sending = false;
      this.changed();
    }
  }
}
