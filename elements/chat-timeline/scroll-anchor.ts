/** How far from the end still counts as at the end, in px: a finger or a zoomed page rarely stops exactly there. */
const nearEnd = 16;

interface Anchor {
  readonly row: Element;
  /** From the scroller's upper edge to the row's lower edge, in px. */
  readonly offset: number;
}

/** What the rows are part of. */
export interface AnchoredPage {
  /** Whether a child of the box is a row that stays what it is. */
  isRow(child: Element): boolean;
  /** Whether the last row is the last there is, so that the end of the box is the end of the conversation. */
  isComplete(): boolean;
  /** The row that is being read with the keyboard: following stops before it would leave the view. */
  readWithKeys(): Element | null;
  /** The reader moved, or `following` changed. */
  moved(byReader: boolean): void;
  /** The view or the rows have another size, and the reader is where they were. */
  resized(): void;
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
    /** Holds the rows and nothing else. */
    private readonly box: HTMLElement,
    private readonly page: AnchoredPage,
  ) {}

  /** Whether the reader is at the end, so that new messages come into view by themselves. */
  get following(): boolean {
    return this.#following;
  }

  connect(): void {
    this.#observer ??= new ResizeObserver(() => {
      this.restore();
      this.page.resized();
    });
    // What stands above the rows may grow too: the box's parent grows with both.
    for (const element of [this.scroller, this.box, this.box.parentElement]) if (element) this.#observer.observe(element);
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
    const move = this.#following ? this.#ahead() : this.#drift();
    // Writing the same value would still end a smooth scroll that the reader began.
    if (move) scroller.scrollTop += move;
    this.#top = scroller.scrollTop;
    this.#height = scroller.clientHeight;
    if (this.#following ? this.#distance() > nearEnd : this.#distance() <= 1) this.#note();
  }

  /** Brings the reader to the end, and keeps them there. */
  toEnd(): void {
    this.#following = true;
    this.#anchors = [];
    this.restore();
    this.page.moved(false);
  }

  /** Brings a row into view, by no more than is needed; or into the middle of it. */
  show(row: Element, where: 'nearest' | 'middle'): void {
    const view = this.scroller.getBoundingClientRect();
    const { top, bottom, height } = row.getBoundingClientRect();
    const room = view.height - height;
    let move = 0;
    if (where === 'middle') move = top - view.top - Math.max(0, room / 2);
    else if (top < view.top || room < 0) move = top - view.top;
    else if (bottom > view.bottom) move = bottom - view.bottom;
    this.scrollBy(move);
  }

  /** Scrolls for the reader, in px; they stay where that leads. */
  scrollBy(move: number): void {
    this.scroller.scrollTop += Math.trunc(move) + Math.sign(move % 1);
    this.#note();
  }

  /** Stops following: the rows are about to be others. */
  release(): void {
    this.#following = false;
    this.#anchors = [];
  }

  /** The row `beyond` px above (negative) or below the view; the outermost one where there are not so many. */
  rowBeyond(beyond: number): Element | null {
    const { top, bottom } = this.scroller.getBoundingClientRect();
    const row = this.box.children[this.#firstBelow((beyond < 0 ? top : bottom) + beyond)];
    return row ?? this.box.lastElementChild;
  }

  /** The first and the last row in view. */
  get inView(): readonly [Element, Element] | null {
    const rows = this.#visibleRows();
    const [first, last] = [rows[0], rows.at(-1)];
    return first && last ? [first.row, last.row] : null;
  }

  readonly #scrolled = (): void => {
    if (!this.#movedByReader()) return;
    this.#note();
    this.page.moved(true);
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

  /** To the end, or as far as the keyboard's reader can follow. */
  #ahead(): number {
    const row = this.page.readWithKeys();
    if (!row) return this.#distance();
    const above = row.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
    return Math.min(this.#distance(), Math.max(0, Math.floor(above)));
  }

  #drift(): number {
    const anchor = this.#anchors.find(({ row }) => row.parentNode === this.box);
    if (!anchor) return 0;
    return anchor.row.getBoundingClientRect().bottom - this.scroller.getBoundingClientRect().top - anchor.offset;
  }

  #note(): void {
    const was = this.#following;
    const up = this.scroller.scrollTop < this.#top;
    // Who moves up by a pixel wants to leave: the next message must not pull them back.
    this.#following = this.page.isComplete() && this.#distance() <= (up ? 1 : nearEnd);
    this.#anchors = this.#following ? [] : this.#visibleRows();
    this.#top = this.scroller.scrollTop;
    if (was !== this.#following) this.page.moved(false);
  }

  /** The rows in view, the first one first: should it be discarded, the next one holds. */
  #visibleRows(): Anchor[] {
    const { top, bottom } = this.scroller.getBoundingClientRect();
    const anchors: Anchor[] = [];
    for (let row = this.box.children[this.#firstBelow(top)]; row; row = row.nextElementSibling ?? undefined) {
      const rect = row.getBoundingClientRect();
      if (rect.top >= bottom) break;
      if (this.page.isRow(row)) anchors.push({ row, offset: rect.bottom - top });
    }
    return anchors;
  }

  /** Index among the box's children of the first one whose lower edge is below `y`. */
  #firstBelow(y: number): number {
    const { children } = this.box;
    let low = 0;
    for (let high = children.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((children[middle]?.getBoundingClientRect().bottom ?? Infinity) > y) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
