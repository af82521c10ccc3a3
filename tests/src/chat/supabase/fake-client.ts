import type { ProjectClient } from '../../../../src/chat/supabase/client.js';

type Handler = (payload: never) => void;

/** A realtime channel as far as a topic uses one. */
export class FakeChannel {
  readonly handlers = new Map<string, Handler>();
  presence: Record<string, unknown> = {};
  tracked = 0;
  readonly payloads: unknown[] = [];
  readonly sent: unknown[] = [];
  left = false;
  tornDown = false;
  say: (status: string, error?: Error) => void = () => {};
  /** Settles a leave. */
  letGo: () => void = () => {};

  constructor(
    readonly name: string,
    readonly params: unknown,
  ) {}

  on(type: string, { event = '' }: { event?: string }, handler: Handler): this {
    this.handlers.set(`${type} ${event}`.trim(), handler);
    return this;
  }

  emit(what: string, payload: unknown = {}): void {
    this.handlers.get(what)?.(payload as never);
  }

  subscribe(callback: (status: string, error?: Error) => void): this {
    this.say = callback;
    return this;
  }

  async track(payload: unknown): Promise<string> {
    this.tracked++;
    this.payloads.push(payload);
    return 'ok';
  }

  async send(message: unknown): Promise<string> {
    this.sent.push(message);
    return 'ok';
  }

  presenceState(): Record<string, unknown> {
    return this.presence;
  }

  unsubscribe(): Promise<string> {
    this.left = true;
    if (this.name.endsWith(':typing')) return Promise.resolve('ok');
    return new Promise((resolve) => {
      this.letGo = () => {
        this.say('CLOSED');
        resolve('ok');
      };
    });
  }

  teardown(): void {
    this.tornDown = true;
  }
}

/** A client as far as a hub uses one. */
export class FakeClient {
  readonly channels: FakeChannel[] = [];
  /** Those for typing. */
  readonly typings: FakeChannel[] = [];
  readonly events: string[] = [];
  /** What setting the token waits for. */
  token: Promise<void> = Promise.resolve();
  /** What closing the socket waits for. */
  closed: Promise<void> = Promise.resolve();

  readonly realtime = {
    setAuth: (): Promise<void> => {
      this.events.push('setAuth');
      return this.token;
    },
    disconnect: (): Promise<void> => {
      this.events.push('disconnect');
      return this.closed;
    },
  };

  channel(name: string, params: unknown): FakeChannel {
    this.events.push(`channel ${name}`);
    const channel = new FakeChannel(name, params);
    if (name.endsWith(':typing')) this.typings.push(channel);
    else this.channels.push(channel);
    return channel;
  }

  get newest(): FakeChannel {
    const channel = this.channels.at(-1);
    if (!channel) throw new Error('no channel yet');
    return channel;
  }

  /** What production code takes it for. */
  get asClient(): ProjectClient {
    return this as unknown as ProjectClient;
  }
}
