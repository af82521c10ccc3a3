/** Where a key leads, from the message that is being read. */
export type Step = 'previous' | 'next' | 'page-up' | 'page-down' | 'first' | 'last';

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: 'previous',
  ArrowDown: 'next',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'first',
  End: 'last',
};

/** How much of a page a page's step is: a line of the old one stays in view. */
const page = 0.9;

/** The step that a key takes, or null. With a modifier the key is the browser's or somebody else's. */
export function stepOf({ key, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented }: KeyboardEvent): Step | null {
  if (defaultPrevented || altKey || ctrlKey || metaKey || shiftKey) return null;
  return steps[key] ?? null;
}

/** What of the list the steps need to know. */
export interface Read {
  /** Messages in the page, oldest first. */
  readonly rows: readonly HTMLElement[];
  /** The one being read; undefined before the first step, or when it is not in the page any more. */
  readonly current: HTMLElement | undefined;
  /** The first and the last one in view. */
  readonly inView: readonly [Element, Element] | null;
  readonly view: DOMRect;
}

/**
 * The row that a step within the page leads to; undefined where there is none. Who reads nothing yet begins with what is
 * in view.
 */
export function target(step: Exclude<Step, 'first' | 'last'>, { rows, current, inView, view }: Read): HTMLElement | undefined {
  const up = step === 'previous' || step === 'page-up';
  const from = current ? rows.indexOf(current) : -1;
  if (!current || from < 0) return rows.find((row) => row === inView?.[up ? 1 : 0]);
  if (step === 'previous') return rows[from - 1];
  if (step === 'next') return rows[from + 1];
  const { top } = current.getBoundingClientRect();
  const far = (row: HTMLElement): boolean => Math.abs(row.getBoundingClientRect().top - top) > view.height * page;
  // The last row that is not further than a page, but never the same one.
  if (up) return rows[Math.min(from - 1, rows.slice(0, from).findLastIndex(far) + 1)];
  const beyond = rows.findIndex((row, index) => index > from && far(row));
  return rows[Math.max(from + 1, (beyond < 0 ? rows.length : beyond) - 1)];
}

/**
 * How far to scroll within `row`, in px, before a step leaves it: a message that is higher than the view is read through
 * first. 0: nothing is hidden that way.
 */
export function rest(step: Step, row: Element, view: DOMRect): number {
  const { top, bottom } = row.getBoundingClientRect();
  const most = view.height * page;
  if (step === 'next' || step === 'page-down') return bottom > view.bottom + 1 ? Math.min(bottom - view.bottom, most) : 0;
  if (step === 'previous' || step === 'page-up') return top < view.top - 1 ? Math.max(top - view.top, -most) : 0;
  return 0;
}
