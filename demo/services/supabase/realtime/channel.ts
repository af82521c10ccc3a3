import { complain } from '../complain.js';
import { TokenError } from '../jwt.js';
import type { Authorisation, Extension, Permissions } from './authorisation.js';
import { CallLimit } from './call-limit.js';
import { ChannelToken, type TokenContext } from './channel-token.js';
import { userToken, type Join } from './join.js';
import type { Usage } from './limits.js';
import { refusePostgresChange } from './postgres-changes.js';
import { readReplay, type BroadcastStore, type StoredBroadcast } from './replay.js';
import { bodySize, jsonSize, type Incoming, type Outgoing, type Version, type Frame, type Message } from './serializer.js';
import type { Subscriber, TopicId, Topics } from './topics.js';

/** What the channels of one server share. */
export interface RealtimeContext extends TokenContext {
  readonly topics: Topics;
  readonly authorisation: Authorisation;
  readonly broadcasts: BroadcastStore;
  readonly usage: Usage;
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

const cannotRead = (topic: string): string => `You do not have permissions to read from this Channel topic: ${topic}`;
const tooManyPresence = 'Too many presence messages per second';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One client on one topic: lib/realtime_web/channels/realtime_channel.ex. */
export class Channel implements Subscriber {
  private readonly id: TopicId;
  private readonly calls: CallLimit;
  private readonly token: ChannelToken;
  private presenceEnabled: boolean;
  private read: Permissions = {};
  private write: Permissions = {};
  private tracked: string | null = null;
  private replayed: readonly StoredBroadcast[] = [];
  private over = false;

  constructor(
    private readonly context: RealtimeContext,
    private readonly host: ChannelHost,
    /** As on the wire: `realtime:<name>`. */
    readonly topic: string,
    readonly joinRef: string | null,
    private readonly options: Join,
  ) {
    this.id = { name: topic.slice('realtime:'.length), private: options.private };
    const { max, windowMs } = context.usage.limits.presenceCalls;
    this.calls = new CallLimit(max, windowMs, () => context.clock.now());
    this.token = new ChannelToken(context, options.accessToken, (message) => this.shutDown(message));
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

  hasReplayed(id: string): boolean {
    return this.replayed.some((broadcast) => broadcast.id === id);
  }

  counted(what: 'broadcast' | 'presence'): void {
    const { usage } = this.context;
    if (what === 'presence') return usage.presence.add();
    usage.messages.add();
    if (usage.messages.reached) this.shutDown('Too many messages per second');
  }

  /** @throws {JoinRefused} */
  async join(): Promise<void> {
    try {
      await this.admit();
    } catch (error) {
      this.end();
      throw error instanceof TokenError ? new JoinRefused(`${error.code}: ${error.message}`) : error;
    }
  }

  /** What follows the reply to a join. */
  welcome(): void {
    for (const { id, event, body } of this.replayed) {
      const meta = { id, replayed: true };
      const { topic } = this;
      if (body.encoding === 'binary') this.host.send({ kind: 'broadcast', topic, event, body, meta });
      else this.push('broadcast', { type: 'broadcast', event, payload: JSON.parse(body.text) as unknown, meta });
    }
    if (this.options.replicationReady) this.system('system', 'Replication connection established', 'ok');
    if (this.presenceEnabled && this.readsPresence) {
      if (!this.countPresence()) return this.shutDown(tooManyPresence);
      this.push('presence_state', this.context.topics.presence(this.id));
    }
    const [change] = this.options.postgresChanges;
    if (change !== undefined) this.system('postgres_changes', refusePostgresChange(change));
  }

  async receive(incoming: Incoming): Promise<void> {
    const { topics, usage } = this.context;
    if (incoming.kind === 'broadcast') {
      const { event, body } = incoming.broadcast;
      const send = (): void => topics.broadcast(this.id, { event, body }, this.unlessSelf());
      return this.broadcast(incoming, bodySize(body), send);
    }
    const { event, payload } = incoming;
    switch (event) {
      case 'broadcast': {
        const send = (): void => topics.broadcastPayload(this.id, payload, this.unlessSelf());
        return this.broadcast(incoming, jsonSize(payload), send);
      }
      case 'presence':
        return this.presence(incoming);
      case 'access_token':
        return this.takeToken(payload);
      case 'phx_leave':
        this.reply(incoming, 'ok');
        return this.close();
      default:
        // Not answered; it counts.
        usage.messages.add();
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
    this.token.stop();
    this.context.topics.leave(this.id, this);
    this.host.ended(this);
    return true;
  }

  private async admit(): Promise<void> {
    this.token.confirm();
    await this.evaluateReading();
    if (this.id.private && !this.readsBroadcast && !this.readsPresence) throw this.unauthorised();
    await this.readReplay();
    if (!this.over) this.context.topics.join(this.id, this);
  }

  private unlessSelf(): Subscriber | undefined {
    return this.options.self ? undefined : this;
  }

  private unauthorised(): JoinRefused {
    return new JoinRefused(`Unauthorized: ${cannotRead(this.id.name)}`);
  }

  /** @throws {JoinRefused} */
  private async readReplay(): Promise<void> {
    const { replay } = this.options;
    if (replay === undefined) return;
    if (this.id.private && !this.readsBroadcast) throw this.unauthorised();
    const refused = (why: string): JoinRefused => new JoinRefused(`UnableToReplayMessages: ${why}`);
    if (!this.id.private) throw refused('Replay is not allowed for public channels');
    // Something that is no map at all is not even looked at.
    if (replay === null) return;
    const wanted = readReplay(replay);
    if (!wanted) throw refused('Replay params are not valid');
    try {
      this.replayed = await this.context.broadcasts.newest(this.id.name, wanted.since, wanted.limit);
    } catch (error) {
      complain('broadcasts could not be replayed.', error);
      throw refused('Realtime was unable to replay messages');
    }
  }

  private async broadcast(incoming: Pick<Message, 'ref'>, bytes: number, send: () => void): Promise<void> {
    // Without permission there is no reply and no error: the real server is silent, too.
    if (!(await this.mayWrite('broadcast')) || this.over) return;
    const { usage } = this.context;
    usage.messages.add();
    const fits = usage.fits(bytes);
    if (fits) send();
    if (!this.options.ack) return;
    if (fits) this.reply(incoming, 'ok');
    else this.reply(incoming, 'error', 'payload_size_exceeded');
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
    const { authorisation, topics, usage } = this.context;
    if (this.id.private && this.read.presence === undefined) {
      this.read = { ...this.read, ...(await authorisation.read(this.token.claims, this.id.name, ['presence'])) };
    }
    const allowed = await this.mayWrite('presence');
    if (this.over) return;
    if (!allowed) return this.reply(message, 'error');
    if (!isRecord(payload)) return this.reply(message, 'error', { reason: 'Presence track payload must be a map' });
    const text = JSON.stringify(payload);
    if (text === this.tracked) return this.reply(message, 'ok');
    if (!usage.fits(jsonSize(payload))) return this.shutDown('Track message size exceeded');
    if (!this.countPresence()) return this.shutDown(tooManyPresence);
    topics.track(this.id, this, this.options.presenceKey, payload);
    this.tracked = text;
    this.presenceEnabled = true;
    this.reply(message, 'ok');
  }

  private async takeToken(payload: unknown): Promise<void> {
    const token = userToken(isRecord(payload) ? payload.access_token : null);
    if (token === null) return;
    const before = this.read;
    try {
      if (!this.token.replace(token)) return;
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      // The real server has a sentence for every fault but this one, whose name it inspects.
      return this.shutDown(error.code === 'JwtSignatureError' ? ':signature_error' : error.message);
    }
    this.write = {};
    await this.evaluateReading();
    if (!this.id.private || this.over) return;
    if (!this.readsBroadcast && !this.readsPresence) return this.shutDown(cannotRead(this.id.name));
    if (extensions.some((extension) => before[extension] === true && this.read[extension] === false)) {
      this.shutDown(`You no longer have permission to read from this Channel topic: ${this.id.name}`);
    }
  }

  private async evaluateReading(): Promise<void> {
    if (!this.id.private) return;
    const asked: readonly Extension[] = this.presenceEnabled ? extensions : ['broadcast'];
    this.read = await this.context.authorisation.read(this.token.claims, this.id.name, asked);
  }

  private async mayWrite(extension: Extension): Promise<boolean> {
    if (!this.id.private) return true;
    if (this.write[extension] === undefined) {
      this.write = await this.context.authorisation.write(this.token.claims, this.id.name, extensions);
    }
    return this.write[extension] === true;
  }

  /** @returns whether the project may have one more presence message */
  private countPresence(): boolean {
    const { presence } = this.context.usage;
    if (presence.average > presence.limit) return false;
    presence.add();
    return true;
  }

  private shutDown(message: string): void {
    this.system('system', message);
    this.close();
  }

  private system(extension: string, message: string, status: 'ok' | 'error' = 'error'): void {
    this.push('system', { extension, status, message, channel: this.id.name });
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
