import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';
import { typist } from './rows.js';

/** How long a leave may take, in ms. */
const leaveLimit = 3000;

export interface TypingOptions {
  readonly client: SupabaseClient;
  /** Of the room's own topic. */
  readonly name: string;
  readonly userId: string;
}

/**
 * Where members tell each other that they write: the one topic that clients may broadcast on. What becomes of it is no
 * trouble of the visitor's; the room's own topic tells whether the line is up.
 */
export class TypingTopic {
  readonly #channel: RealtimeChannel;
  #live = false;

  constructor(
    private readonly options: TypingOptions,
    told: (userId: string) => void,
  ) {
    const { client, name } = options;
    this.#channel = client.channel(`${name}:typing`, { config: { private: true, broadcast: { self: false, ack: false } } });
    this.#channel
      .on('broadcast', { event: 'typing' }, ({ payload }) => {
        const id = typist(payload);
        if (id) told(id);
      })
      .subscribe((status) => {
        this.#live = status === 'SUBSCRIBED';
      });
  }

  tell(): void {
    // SDK quirk: while it is down, `send()` silently goes over REST (supabase.md).
    if (!this.#live) return;
    void this.#channel.send({ type: 'broadcast', event: 'typing', payload: { user_id: this.options.userId } });
  }

  /** Settles when the server let go of it. */
  async leave(): Promise<void> {
    this.#live = false;
    await this.#channel.unsubscribe(leaveLimit);
    this.#channel.teardown();
  }
}
