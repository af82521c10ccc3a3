/** How far from the end still counts as at the end, in px: a finger or a zoomed page rarely stops exactly there. */
const nearEnd = 16;

interface Anchor {
  readonly row: Element;
  /** From the scroller's upper edge to the row's lower edge, in px. */
  readonly offset: number;
}

/**
 * Keeps the reader where they are while rows come, go and grow; or at the end, when that is where they are.
 *
 * The browsers' own anchoring is off by style: it differs between engines, and stops at scrollTop 0, where history is
 * asked for. Rows are keyed by message id, so a row's element stands for its message. A row is held by its lower edge:
 * when an older message of the same author appears above, a row loses its name line, and its text should not move.
 * Only the scroller's scrollTop is ever written: `scrollIntoView` would scroll the host page too.
 */
export class ScrollAnchor {
  #following = true;
  #anchors: readonly Anchor[] = [];
  /** scrollTop and clientHeight as they were left; what differs since is the reader's doing, or the layout's. */
  #top = 0;
  #height = 0;
  #observer: ResizeObserver | null = null;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly content: HTMLElement,
    /** Whether a child of `content` is a row that stays what it is. */
    private readonly isRow: (child: Element) => boolean,
    /** The reader moved, or `following` changed. */
    private readonly moved: (byReader: boolean) => void,
  ) {}

  /** Whether the reader is at the end, so that new messages come into view by themselves. */
  get following(): boolean {
    return this.#following;
  }

  connect(): void {
    this.#observer ??= new ResizeObserver(() => this.restore());
    this.#observer.observe(this.scroller);
    this.#observer.observe(this.content);
    this.scroller.addEventListener('scroll', this.#scrolled, { passive: true });
  }

  disconnect(): void {
    this.#observer?.disconnect();
    this.scroller.removeEventListener('scroll', this.#scrolled);
  }

  /** Before rows change: scrolling that no event has told of yet still counts. */
  hold(): void {
    if (this.#movedByReader()) this.#note();
  }

  /** After rows changed, before the page is painted. */
  restore(): void {
    const { scroller } = this;
    // In a hidden page part everything is 0 px high; the place is kept until it shows again.
    if (!scroller.clientHeight) return;
    const move = this.#following ? this.#distance() : this.#drift();
    // Writing the same value would still end a smooth scroll that the reader began.
    if (move) scroller.scrollTop += move;
    this.#top = scroller.scrollTop;
    this.#height = scroller.clientHeight;
    if (!this.#following && this.#distance() <= 1) this.#note();
  }

  /** Brings the reader to the end, and keeps them there. */
  toEnd(): void {
    this.#following = true;
    this.#anchors = [];
    this.restore();
    this.moved(false);
  }

  readonly #scrolled = (): void => {
    if (!this.#movedByReader()) return;
    this.#note();
    this.moved(true);
  };

  /** When the height changed the browser may have shifted the rows; the observer puts that right. */
  #movedByReader(): boolean {
    const { scrollTop, clientHeight } = this.scroller;
    return clientHeight > 0 && clientHeight === this.#height && scrollTop !== this.#top;
  }

  #distance(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  #drift(): number {
    const anchor = this.#anchors.find(({ row }) => row.parentNode === this.content);
    if (!anchor) return 0;
    return anchor.row.getBoundingClientRect().bottom - this.scroller.getBoundingClientRect().top - anchor.offset;
  }

  #note(): void {
    const was = this.#following;
    const up = this.scroller.scrollTop < this.#top;
    // Who moves up by a pixel wants to leave: the next message must not pull them back.
    this.#following = this.#distance() <= (up ? 1 : nearEnd);
    this.#anchors = this.#following ? [] : this.#visibleRows();
    this.#top = this.scroller.scrollTop;
    if (was !== this.#following) this.moved(false);
  }

  /** The rows in view, the first one first: should it be discarded, the next one holds. */
  #visibleRows(): Anchor[] {
    const { children } = this.content;
    const { top, bottom } = this.scroller.getBoundingClientRect();
    let low = 0;
    for (let high = children.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((children[middle]?.getBoundingClientRect().bottom ?? Infinity) > top) high = middle;
      else low = middle + 1;
    }
    const anchors: Anchor[] = [];
    for (let row = children[low]; row; row = row.nextElementSibling ?? undefined) {
      const rect = row.getBoundingClientRect();
      if (rect.top >= bottom) break;
      if (this.isRow(row)) anchors.push({ row, offset: rect.bottom - top });
    }
    return anchors;
  }
}
