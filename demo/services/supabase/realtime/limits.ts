import type { Clock } from '../../../../src/clock.js';
import { RateCounter } from './rate-counter.js';

/** What one project may do, as its plan says. */
export interface RealtimeLimits {
  /** Connections with a channel at the same time. */
  readonly connections: number;
  readonly channelsPerConnection: number;
  readonly joinsPerSecond: number;
  /** Broadcasts, counted when they are sent and at each delivery. */
  readonly messagesPerSecond: number;
  readonly presenceMessagesPerSecond: number;
  /** Of one broadcast or presence payload. */
  readonly payloadBytes: number;
  /** Presence calls of one channel. */
  readonly presenceCalls: { readonly max: number; readonly windowMs: number };
}

/** What the documentation names for the Pro plan without a spend cap; the presence calls are the server's own default. */
export const hostedLimits: RealtimeLimits = Object.freeze({
  connections: 10_000,
  channelsPerConnection: 100,
  joinsPerSecond: 2500,
  messagesPerSecond: 2500,
  presenceMessagesPerSecond: 1000,
  payloadBytes: 3_000_000,
  presenceCalls: { max: 5, windowMs: 30_000 },
});

/** Added to every limit of a payload (`@payload_size_padding`, lib/realtime/tenants.ex). */
const payloadPadding = 500;

/** What all connections of a project have used up of its limits. */
export class Usage {
  readonly messages: RateCounter;
  readonly presence: RateCounter;
  readonly joins: RateCounter;
  /** Connections that joined a channel; one that only stands open does not count. */
  private readonly connections = new Set<object>();

  constructor(
    readonly limits: RealtimeLimits,
    clock: Clock,
  ) {
    const now = (): number => clock.now();
    this.messages = new RateCounter(limits.messagesPerSecond, now);
    this.presence = new RateCounter(limits.presenceMessagesPerSecond, now);
    this.joins = new RateCounter(limits.joinsPerSecond, now);
  }

  /** @param connection one that is counted already has its place */
  mayConnect(connection?: object): boolean {
    return (connection !== undefined && this.connections.has(connection)) || this.connections.size < this.limits.connections;
  }

  connected(connection: object): void {
    this.connections.add(connection);
  }

  disconnected(connection: object): void {
    this.connections.delete(connection);
  }

  /** The real server measures Erlang's form of the payload, which is near to what travels. */
  fits(bytes: number): boolean {
    return bytes <= this.limits.payloadBytes + payloadPadding;
  }
}
