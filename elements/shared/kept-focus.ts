import type { ReactiveController, ReactiveElement } from 'lit';

/**
 * Asked while `focused` is still there, where the visitor goes on should it go away; what it returns is asked then, and again
 * with every update for as long as nobody moves on.
 */
export type NextFocus = (focused: HTMLElement) => () => HTMLElement | null | undefined;

/**
 * A visitor is not left on what went away with an update, nor on what is out of use: the browser would put them at the page's
 * top. What is of use again gets the focus back.
 */
export class KeptFocus implements ReactiveController {
  #focused: HTMLElement | null = null;
  #next: ReturnType<NextFocus> = () => null;
  /** What has the focus in its place. */
  #standIn: Element | null = null;

  constructor(
    private readonly host: ReactiveElement,
    private readonly next: NextFocus,
  ) {
    host.addController(this);
  }

  get #active(): Element | null {
    return this.host.shadowRoot?.activeElement ?? null;
  }

  hostUpdate(): void {
    const active = this.#active;
    if (active instanceof HTMLElement && active !== this.#standIn) {
      this.#focused = active;
      this.#next = this.next(active);
      this.#standIn = null;
    } else if (!active && !this.#focused?.matches(':disabled')) this.#focused = null;
  }

  hostUpdated(): void {
    const focused = this.#focused;
    const active = this.#active;
    if (!focused || (active && active !== focused && active !== this.#standIn)) return;
    const usable = focused.isConnected && !focused.matches(':disabled');
    // What is out of use loses the focus with the next frame only, in some engines never.
    if (usable && active === focused) return;
    const goal = usable ? focused : this.#next();
    this.#standIn = usable ? null : (goal ?? null);
    if (goal !== active && (active || this.#isNowhere)) goal?.focus();
  }

  /** Not somewhere else in the page meanwhile. */
  get #isNowhere(): boolean {
    const { activeElement, body } = this.host.ownerDocument;
    return !activeElement || activeElement === body || activeElement.contains(this.host);
  }
}
