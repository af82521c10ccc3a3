/**
 * Tells once a frame what of the conversation has come before the reader's eyes: the page is visible, and the log is on
 * the screen. In a hidden page there are no frames, so nothing counts as seen there.
 */
export class Seen {
  #seq = -Infinity;
  #frame: number | null = null;
  #onScreen = false;
  #observer: IntersectionObserver | null = null;

  constructor(
    private readonly log: HTMLElement,
    /** The largest seq in view, or null. */
    private readonly newestInView: () => number | null,
    /** A larger seq than ever was seen. */
    private readonly tell: (seq: number) => void,
  ) {}

  connect(): void {
    this.#observer ??= new IntersectionObserver((entries) => {
      this.#onScreen = entries.at(-1)?.isIntersecting ?? false;
      this.look();
    });
    this.#observer.observe(this.log);
    document.addEventListener('visibilitychange', this.look);
  }

  disconnect(): void {
    this.#observer?.disconnect();
    document.removeEventListener('visibilitychange', this.look);
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** Something moved. */
  readonly look = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      if (!this.#onScreen || document.visibilityState !== 'visible') return;
      const seq = this.newestInView();
      if (seq === null || seq <= this.#seq) return;
      this.#seq = seq;
      this.tell(seq);
    });
  };

  /** Another room. */
  reset(): void {
    this.#seq = -Infinity;
  }
}
