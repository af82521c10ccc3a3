import type { Clock } from '../clock.js';
import { withTimeLimit } from '../clock.js';
import { ChatError } from './gateway.js';

/** Every wait for the backend ends after this many ms. */
export const timeLimit = 15_000;

/** No answer in time counts as no network. */
export function limited<T>(promise: Promise<T>, clock: Clock): Promise<T> {
  return withTimeLimit(promise, timeLimit, () => new ChatError('network', 'no answer in time'), clock);
}
