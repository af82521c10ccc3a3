/** What of a long list is in the page, and how much room, in px, the rest takes above and below. */
export interface Slice {
  readonly first: number;
  /** The index after the last one. */
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/** Up to here a list is in the page as a whole: browsers find in it, and nothing is computed. */
export const wholeUpTo = 60;
/** How much is rendered beyond either edge, in px: a page of the keyboard's must not reach the end of it. */
const margin = 400;

/**
 * @param heights of all rows, in px
 * @param top what is scrolled away, in px
 * @param height of what is seen, in px
 */
export function sliceOf(heights: readonly number[], top: number, height: number): Slice {
  if (heights.length <= wholeUpTo) return { first: 0, end: heights.length, above: 0, below: 0 };
  let first = 0;
  let above = 0;
  // Of a list that became shorter than where one was, the end is shown.
  const total = heights.reduce((sum, row) => sum + row, 0);
  const from = Math.min(top, Math.max(0, total - height)) - margin;
  for (; first < heights.length - 1 && above + (heights[first] ?? 0) <= from; first++) above += heights[first] ?? 0;
  let end = first;
  let reached = above;
  for (; end < heights.length && reached < from + height + 2 * margin; end++) reached += heights[end] ?? 0;
  return { first, end, above, below: total - reached };
}

export const isSameSlice = (one: Slice, other: Slice): boolean =>
  one.first === other.first && one.end === other.end && one.above === other.above && one.below === other.below;
