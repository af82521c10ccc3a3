import type { RealtimeChannel } from '@supabase/realtime-js';
import type { Clock } from '../../clock.js';
import { Alarm } from '../alarm.js';
import type { ProjectClient } from './client.js';
import { typist } from './rows.js';

/** How long a leave may take, in ms. */
const leaveLimit = 3000;
/** When the server closes it by itself, which is for good (supabase.md), it is asked for again after this many ms. */
const pause = 30_000;

export interface TypingOptions {
  readonly client: ProjectClient;
  /** Of the room's own topic. */
  readonly name: string;
  readonly userId: string;
  readonly clock: Clock;
}

/**
 * Where members tell each other that they write: the one topic that clients may broadcast on. What becomes of it is no
 * trouble of the visitor's; the room's own topic tells whether the line is up.
 */
export class TypingTopic {
  #channel: RealtimeChannel;
  #live = false;
  #left = false;
  readonly #again: Alarm;

  constructor(
    private readonly options: TypingOptions,
    private readonly told: (userId: string) => void,
  ) {
    this.#again = new Alarm(options.clock);
    this.#channel = this.#open();
  }

  tell(): void {
    // SDK quirk: while it is down, `send()` silently goes over REST (supabase.md).
    if (!this.#live) return;
    void this.#channel.send({ type: 'broadcast', event: 'typing', payload: { user_id: this.options.userId } });
  }

  /** Settles when the server let go of it. */
  async leave(): Promise<void> {
    this.#left = true;
    this.#live = false;
    this.#again.end();
    await this.#channel.unsubscribe(leaveLimit);
    this.#channel.teardown();
  }

  #open(): RealtimeChannel {
    const { client, name } = this.options;
    const channel = client.channel(`${name}:typing`, { config: { private: true, broadcast: { self: false, ack: false } } });
    return channel
      .on('broadcast', { event: 'typing' }, ({ payload }) => {
        const id = typist(payload);
        if (id) this.told(id);
      })
      .subscribe((status) => {
        this.#live = status === 'SUBSCRIBED';
        if (status !== 'CLOSED' || this.#left || this.#again.isSet) return;
        this.#again.set(pause, () => {
          channel.teardown();
          this.#channel = this.#open();
        });
      });
  }
}
