import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** From this width on, in px, the members stand beside the conversation: chat-room.styles.ts has the same number. */
const wideFrom = 560;

/** Whether the members stand beside the conversation, lie over it, or are put away. */
export class Layout implements ReactiveController {
  #resized: ResizeObserver | null = null;
  #wide = false;
  /** What the visitor chose; null leaves it to the width. */
  #chosen: boolean | null = null;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  get membersOpen(): boolean {
    return this.#chosen ?? this.#wide;
  }

  /** Whether the members lie over the conversation, and are in its way. */
  get covered(): boolean {
    return this.membersOpen && !this.#wide;
  }

  hostConnected(): void {
    this.#resized ??= new ResizeObserver(([entry]) => this.#measured(entry?.contentRect.width ?? 0));
    this.#resized.observe(this.host);
  }

  hostDisconnected(): void {
    this.#resized?.disconnect();
  }

  choose(open: boolean): void {
    this.#chosen = open;
    this.host.requestUpdate();
  }

  #measured(width: number): void {
    const wide = width >= wideFrom;
    if (wide === this.#wide) return;
    this.#wide = wide;
    this.host.requestUpdate();
  }
}
