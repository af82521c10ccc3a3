import type { Clock } from '../clock.js';

/** Resolves after `ms`. */
export function wait(ms: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}
