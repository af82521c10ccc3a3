/** The page's turns for a commit, as they are given while a test looks. */
export interface Turns {
  /** How many there were. Callbacks of the same frame are one. */
  readonly count: () => number;
  restore(): void;
}

/**
 * Counts frames, and waits of `withoutFrames` ms that ended: what a commit may wait for. A machine that makes few frames
 * changes nothing about what may be in between two of them. Frames are told apart by when their callbacks were asked for:
 * WebKit gives two in a row the same time when it is late.
 */
export function watchTurns(withoutFrames: number): Turns {
  const { requestAnimationFrame, setTimeout } = window;
  let turns = 0;
  window.requestAnimationFrame = (callback) => {
    const asked = turns;
    return requestAnimationFrame((now) => {
      if (asked === turns) turns++;
      callback(now);
    });
  };
  window.setTimeout = ((callback: () => void, ms?: number) =>
    setTimeout(() => {
      if (ms === withoutFrames) turns++;
      callback();
    }, ms)) as typeof setTimeout;
  return { count: () => turns, restore: () => void Object.assign(window, { requestAnimationFrame, setTimeout }) };
}
