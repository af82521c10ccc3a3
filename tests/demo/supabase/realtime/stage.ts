import { vi } from 'vitest';
import { TokenSigner } from '../../../../demo/services/supabase/jwt.js';
import type { Authorisation, Permissions } from '../../../../demo/services/supabase/realtime/authorisation.js';
import { Channel, JoinRefused, type RealtimeContext } from '../../../../demo/services/supabase/realtime/channel.js';
import { readJoin } from '../../../../demo/services/supabase/realtime/join.js';
import { Usage, hostedLimits, type RealtimeLimits } from '../../../../demo/services/supabase/realtime/limits.js';
import type { StoredBroadcast } from '../../../../demo/services/supabase/realtime/replay.js';
import { decode, type Incoming, type Message, type Outgoing } from '../../../../demo/services/supabase/realtime/serializer.js';
import { Topics } from '../../../../demo/services/supabase/realtime/topics.js';
import { ManualClock } from '../../../support/manual-clock.js';

export const all: Permissions = { broadcast: true, presence: true };

/** A channel of one client, with what it was sent. */
export interface Peer {
  readonly channel: Channel;
  /** Everything it was sent, newest last; of broadcasts those that are whole messages. */
  readonly sent: Message[];
  /** The broadcasts that are frames of their own. */
  readonly broadcasts: Outgoing[];
  readonly events: () => string[];
  readonly receive: (event: string, payload: unknown) => Promise<void>;
}

/** Everything behind a channel, without a socket or a database. */
export class Stage {
  readonly clock = new ManualClock();
  readonly topics = new Topics();
  readonly tokens = new TokenSigner('secret');
  readonly usage: Usage;
  /** What the policies say now. */
  read: Permissions = all;
  write: Permissions = all;
  readonly authorisation: Authorisation;
  /** What the database has to replay, oldest first; null: it fails. */
  stored: readonly StoredBroadcast[] | null = [];
  readonly context: RealtimeContext;

  constructor(limits: Partial<RealtimeLimits> = {}) {
    this.usage = new Usage({ ...hostedLimits, ...limits }, this.clock);
    const pick = (permissions: Permissions, wanted: readonly ('broadcast' | 'presence')[]): Permissions =>
      Object.fromEntries(wanted.map((extension) => [extension, permissions[extension] ?? false]));
    this.authorisation = {
      read: vi.fn(async (_claims, _topic, wanted) => pick(this.read, wanted)),
      write: vi.fn(async (_claims, _topic, wanted) => pick(this.write, wanted)),
    };
    const { topics, authorisation, tokens, clock, usage } = this;
    const keyClaims = { role: 'anon', exp: clock.now() / 1000 + 10 ** 9 };
    const broadcasts = {
      newest: async (_topic: string, _since: number, limit: number): Promise<readonly StoredBroadcast[]> => {
        if (!this.stored) throw new Error('The database is gone');
        return this.stored.slice(-limit);
      },
    };
    this.context = { topics, authorisation, broadcasts, usage, tokens, clock, keyClaims };
  }

  token(seconds = 3600, claims: object = {}): string {
    return this.tokens.sign({ role: 'authenticated', sub: 'ada', exp: this.clock.now() / 1000 + seconds, ...claims });
  }

  async join(config: object = { private: true }, accessToken: string | null = this.token()): Promise<Peer> {
    const sent: Message[] = [];
    const broadcasts: Outgoing[] = [];
    const take = (outgoing: Incoming): void => {
      if (outgoing.kind === 'message') sent.push(outgoing);
    };
    const host = {
      version: '1.0.0',
      send: (outgoing) => {
        if (outgoing.kind === 'message') sent.push(outgoing);
        else broadcasts.push(outgoing);
      },
      sendFrame: (frame) => take(decode('1.0.0', frame)),
      ended: () => {},
    } satisfies ConstructorParameters<typeof Channel>[1];
    const options = readJoin({ config, access_token: accessToken });
    const channel = new Channel(this.context, host, 'realtime:room', '1', options);
    await channel.join();
    channel.welcome();
    return {
      channel,
      sent,
      broadcasts,
      events: () => sent.map(({ event }) => event),
      receive: (event, payload) =>
        channel.receive({ kind: 'message', joinRef: '1', ref: '9', topic: 'realtime:room', event, payload }),
    };
  }

  /** The text of a refusal, or `joined`. */
  refusal(config: object, accessToken: string | null = this.token()): Promise<string> {
    return this.join(config, accessToken).then(
      () => 'joined',
      (error: unknown) => (error instanceof JoinRefused ? error.message : String(error)),
    );
  }
}

export const track = (payload: unknown = {}) => ({ type: 'presence', event: 'TRACK', payload });
