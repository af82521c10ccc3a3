/** Time as the logic sees it. Tests pass their own, so that none of them sleeps. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `callback` once after `ms`. @returns what cancels it */
  after(ms: number, callback: () => void): () => void;
}

/** The page's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Rejects with `reason()` when `promise` has not settled within `ms`. */
export function withTimeLimit<T>(promise: Promise<T>, ms: number, reason: () => Error, clock: Clock = systemClock): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(reason()));
    promise.then(resolve, reject).finally(cancel);
  });
}
