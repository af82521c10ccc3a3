import type { Clock } from '../../../../src/clock.js';
import { TokenError, expired, type TokenClaims, type TokenSigner } from '../jwt.js';
import type { Authorisation, Extension, Permissions } from './authorisation.js';
import { CallLimit } from './call-limit.js';
import { userToken, type Join } from './join.js';
import type { Incoming, Outgoing, Version, Frame, Message } from './serializer.js';
import type { Subscriber, TopicId, Topics } from './topics.js';

/** What the channels of one server share. */
export interface RealtimeContext {
  readonly topics: Topics;
  readonly authorisation: Authorisation;
  readonly tokens: TokenSigner;
  /** Whom the publishable key stands for. */
  readonly keyClaims: TokenClaims;
  readonly clock: Clock;
}

/** The connection, as its channels use it. */
export interface ChannelHost {
  readonly version: Version;
  send(outgoing: Outgoing): void;
  sendFrame(frame: Frame): void;
  /** The channel is over; forget it. */
  ended(channel: Channel): void;
}

/** A join that is refused; the text is what the client reads. */
export class JoinRefused extends Error {
  override readonly name = 'JoinRefused';
}

const extensions: readonly Extension[] = ['broadcast', 'presence'];
const presenceCalls = { max: 5, windowMs: 30_000 };
/** Tokens are looked at again at least this often. */
const longestTokenCheckMs = 5 * 60_000;

const cannotRead = (topic: string): string => `You do not have permissions to read from this Channel topic: ${topic}`;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One client on one topic: lib/realtime_web/channels/realtime_channel.ex. */
export class Channel implements Subscriber {
  private readonly id: TopicId;
  private readonly calls: CallLimit;
  private token: string | null;
  private claims: TokenClaims;
  private presenceEnabled: boolean;
  private read: Permissions = {};
  private write: Permissions = {};
  private tracked: string | null = null;
  private over = false;
  private cancelTokenCheck: () => void = () => {};

  constructor(
    private readonly context: RealtimeContext,
    private readonly host: ChannelHost,
    /** As on the wire: `realtime:<name>`. */
    readonly topic: string,
    readonly joinRef: string | null,
    private readonly options: Join,
  ) {
    this.id = { name: topic.slice('realtime:'.length), private: options.private };
    this.calls = new CallLimit(presenceCalls.max, presenceCalls.windowMs, () => context.clock.now());
    this.token = options.accessToken;
    this.claims = context.keyClaims;
    this.presenceEnabled = options.presenceEnabled;
  }

  get version(): Version {
    return this.host.version;
  }

  get readsBroadcast(): boolean {
    return !this.id.private || this.read.broadcast === true;
  }

  get readsPresence(): boolean {
    return !this.id.private || this.read.presence === true;
  }

  /** @throws {JoinRefused} */
  async join(): Promise<void> {
    try {
      this.confirmToken();
    } catch (error) {
      if (error instanceof TokenError) throw new JoinRefused(`${error.code}: ${error.message}`);
      throw error;
    }
    await this.evaluateReading();
    if (this.id.private && !this.readsBroadcast && !this.readsPresence) {
      this.end();
      throw new JoinRefused(`Unauthorized: ${cannotRead(this.id.name)}`);
    }
    if (!this.over) this.context.topics.join(this.id, this);
  }

  /** What follows the reply to a join. */
  welcome(): void {
    if (this.presenceEnabled && this.readsPresence) this.push('presence_state', this.context.topics.presence(this.id));
    if (this.options.postgresChanges.length > 0) {
      this.system('postgres_changes', 'Postgres Changes are not served here: PGlite has no logical replication');
    }
  }

  async receive(incoming: Incoming): Promise<void> {
    const { topics } = this.context;
    if (incoming.kind === 'broadcast') {
      const { event, body } = incoming.broadcast;
      return this.broadcast(incoming, () => topics.broadcast(this.id, { event, body }, this.unlessSelf()));
    }
    switch (incoming.event) {
      case 'broadcast':
        return this.broadcast(incoming, () => topics.broadcastPayload(this.id, incoming.payload, this.unlessSelf()));
      case 'presence':
        return this.presence(incoming);
      case 'access_token':
        return this.takeToken(incoming.payload);
      case 'phx_leave':
        this.reply(incoming, 'ok');
        return this.close();
    }
  }

  sendFrame(frame: Frame): void {
    this.host.sendFrame(frame);
  }

  /** Ends it so that the client does not join again. */
  close(): void {
    if (this.end()) this.control('phx_close');
  }

  /** Ends it after a fault of ours: the client joins again. */
  crash(): void {
    if (this.end()) this.control('phx_error');
  }

  /** Ends it without a word, as when the line is gone. @returns false when it was over before */
  end(): boolean {
    if (this.over) return false;
    this.over = true;
    this.cancelTokenCheck();
    this.context.topics.leave(this.id, this);
    this.host.ended(this);
    return true;
  }

  private unlessSelf(): Subscriber | undefined {
    return this.options.self ? undefined : this;
  }

  private async broadcast(incoming: Pick<Message, 'ref'>, send: () => void): Promise<void> {
    // Without permission there is no reply and no error: the real server is silent, too.
    if (!(await this.mayWrite('broadcast')) || this.over) return;
    send();
    if (this.options.ack) this.reply(incoming, 'ok');
  }

  private async presence(message: Message): Promise<void> {
    const { event, payload } = isRecord(message.payload) ? message.payload : {};
    if (typeof event !== 'string') return this.reply(message, 'ok');
    if (!this.calls.take()) return this.shutDown('Client presence rate limit exceeded');
    switch (event.toLowerCase()) {
      case 'track':
        return this.track(message, payload ?? {});
      case 'untrack':
        this.tracked = null;
        this.context.topics.untrack(this.id, this);
        return this.reply(message, 'ok');
      default:
        return this.reply(message, 'error');
    }
  }

  private async track(message: Message, payload: unknown): Promise<void> {
    if (this.id.private && this.read.presence === undefined) {
      this.read = { ...this.read, ...(await this.context.authorisation.read(this.claims, this.id.name, ['presence'])) };
    }
    const allowed = await this.mayWrite('presence');
    if (this.over) return;
    if (!allowed) return this.reply(message, 'error');
    if (!isRecord(payload)) return this.reply(message, 'error', { reason: 'Presence track payload must be a map' });
    const text = JSON.stringify(payload);
    if (text !== this.tracked) this.context.topics.track(this.id, this, this.options.presenceKey, payload);
    this.tracked = text;
    this.presenceEnabled = true;
    this.reply(message, 'ok');
  }

  private async takeToken(payload: unknown): Promise<void> {
    const token = userToken(isRecord(payload) ? payload.access_token : null);
    if (token === null || token === this.token) return;
    this.token = token;
    const before = this.read;
    try {
      this.confirmToken();
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return this.shutDown(error.message);
    }
    this.write = {};
    await this.evaluateReading();
    if (!this.id.private || this.over) return;
    if (!this.readsBroadcast && !this.readsPresence) return this.shutDown(cannotRead(this.id.name));
    if (extensions.some((extension) => before[extension] === true && this.read[extension] === false)) {
      this.shutDown(`You no longer have permission to read from this Channel topic: ${this.id.name}`);
    }
  }

  /** @throws {TokenError} */
  private confirmToken(): void {
    const { clock, tokens, keyClaims } = this.context;
    this.claims = this.token === null ? keyClaims : tokens.verify(this.token, clock.now());
    const check = (): void => {
      this.cancelTokenCheck();
      const left = this.claims.exp * 1000 - clock.now();
      if (left <= 0) return this.shutDown(expired(this.claims.exp, clock.now()));
      this.cancelTokenCheck = clock.after(Math.min(left, longestTokenCheckMs), check);
    };
    check();
  }

  private async evaluateReading(): Promise<void> {
    if (!this.id.private) return;
    const asked: readonly Extension[] = this.presenceEnabled ? extensions : ['broadcast'];
    this.read = await this.context.authorisation.read(this.claims, this.id.name, asked);
  }

  private async mayWrite(extension: Extension): Promise<boolean> {
    if (!this.id.private) return true;
    if (this.write[extension] === undefined) {
      this.write = await this.context.authorisation.write(this.claims, this.id.name, extensions);
    }
    return this.write[extension] === true;
  }

  private shutDown(message: string): void {
    this.system('system', message);
    this.close();
  }

  private system(extension: string, message: string): void {
    this.push('system', { extension, status: 'error', message, channel: this.id.name });
  }

  private push(event: string, payload: unknown): void {
    const { joinRef, topic } = this;
    if (!this.over) this.host.send({ kind: 'message', joinRef, ref: null, topic, event, payload });
  }

  private reply({ ref }: Pick<Message, 'ref'>, status: 'ok' | 'error', response: unknown = {}): void {
    const { joinRef, topic } = this;
    this.host.send({ kind: 'message', joinRef, ref, topic, event: 'phx_reply', payload: { status, response } });
  }

  private control(event: 'phx_close' | 'phx_error'): void {
    const { joinRef, topic } = this;
    this.host.send({ kind: 'message', joinRef, ref: joinRef, topic, event, payload: {} });
  }
}
