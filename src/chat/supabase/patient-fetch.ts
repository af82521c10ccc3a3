import type { Clock } from '../../clock.js';
import { timeLimit } from '../time-limit.js';

/** Ends a request that hangs, so that it holds up neither its connection nor the messages behind it. */
export function patientFetch(clock: Clock): typeof fetch {
  return async (input, init) => {
    const controller = new AbortController();
    const done = clock.after(timeLimit, () => controller.abort());
    try {
      // postgrest-js always names a signal, mostly an undefined one.
      return await fetch(input, { ...init, signal: init?.signal ?? controller.signal });
    } finally {
      done();
    }
  };
}
