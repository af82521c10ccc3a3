import { AsyncResource } from 'node:async_hooks';
import { ManualClock } from '../manual-clock.js';

export { settled } from '../manual-clock.js';

/** One time for everybody: pages, room and simulator. */
export class SharedClock extends ManualClock {
  override after(ms: number, callback: () => void): () => void {
    // What comes of a timer is caused by whoever set it, not by whoever moves the clock.
    return super.after(ms, AsyncResource.bind(callback));
  }
}
