import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { complain } from '../complain.js';
import { Channel, JoinRefused, type ChannelHost, type RealtimeContext } from './channel.js';
import { readJoin } from './join.js';
import { MalformedFrame, decode, encode } from './serializer.js';
import type { Frame, Incoming, Message, Outgoing, Version } from './serializer.js';

/** Clients send a heartbeat every 25 s; who is silent for so long is gone. */
const silenceMs = 60_000;

const normal = 1000;
const goingAway = 1001;

/** One WebSocket with its channels. Frames are handled one after the other, as they came. */
export class Connection implements ChannelHost {
  private readonly channels = new Map<string, Channel>();
  private queue: Promise<void> = Promise.resolve();
  private cancelSilence: () => void = () => {};
  private open = true;
  private gathers = false;

  constructor(
    private readonly context: RealtimeContext,
    private readonly socket: WebSocket,
    private readonly line: Duplex,
    readonly version: Version,
    private readonly onEnd: (connection: Connection) => void,
  ) {
    socket.on('message', (data, isBinary) => this.take(data, isBinary));
    socket.on('close', () => this.lineEnded());
    // 'close' follows; a line that breaks is no event worth a word.
    socket.on('error', () => socket.terminate());
    this.heard();
  }

  send(outgoing: Outgoing): void {
    const frame = encode(this.version, outgoing);
    if (frame !== null) this.sendFrame(frame);
  }

  sendFrame(frame: Frame): void {
    if (!this.open) return;
    this.gather();
    this.socket.send(frame);
  }

  ended(channel: Channel): void {
    if (this.channels.get(channel.topic) === channel) this.channels.delete(channel.topic);
  }

  /** Ends the connection from this side; the client comes back. */
  close(): void {
    this.socket.close(goingAway);
  }

  /** For a client that does not answer the closing. */
  terminate(): void {
    this.socket.terminate();
  }

  /** What is sent in one turn of the event loop goes out in one piece: a busy room spends its time on the lines otherwise. */
  private gather(): void {
    if (this.gathers) return;
    this.gathers = true;
    this.line.cork();
    setImmediate(() => {
      this.gathers = false;
      this.line.uncork();
    });
  }

  private heard(): void {
    this.cancelSilence();
    this.cancelSilence = this.context.clock.after(silenceMs, () => this.terminate());
  }

  private take(data: RawData, isBinary: boolean): void {
    this.heard();
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;
    let incoming: Incoming;
    try {
      incoming = decode(this.version, isBinary ? bytes : bytes.toString('utf8'));
    } catch (error) {
      if (error instanceof MalformedFrame) return;
      throw error;
    }
    this.queue = this.queue.then(() => (this.open ? this.handle(incoming) : undefined));
  }

  private async handle(incoming: Incoming): Promise<void> {
    const topic = incoming.kind === 'broadcast' ? incoming.broadcast.topic : incoming.topic;
    try {
      if (incoming.kind === 'message' && topic === 'phoenix') return this.reply(incoming, 'ok');
      if (incoming.kind === 'message' && incoming.event === 'phx_join') return await this.join(incoming);
      const channel = this.channels.get(topic);
      if (channel) return await channel.receive(incoming);
      if (incoming.kind === 'message' && incoming.event === 'phx_leave') return this.reply(incoming, 'ok');
      this.reply({ ...incoming, topic }, 'error', { reason: 'unmatched topic' });
    } catch (error) {
      complain('a Realtime message could not be handled.', error);
      this.channels.get(topic)?.crash();
    }
  }

  private async join(message: Message): Promise<void> {
    const { topic, joinRef, payload } = message;
    const refuse = (reason: string): void => this.reply(message, 'error', { reason });
    if (!topic.startsWith('realtime:')) return refuse('unmatched topic');
    if (topic === 'realtime:') return refuse('TopicNameRequired: You must provide a topic name');
    this.channels.get(topic)?.close();
    const { usage } = this.context;
    if (!usage.mayConnect(this)) return refuse('ConnectionRateLimitReached: Too many connected users');
    if (usage.joins.reached) {
      refuse('ClientJoinRateLimitReached: Too many joins per second');
      return this.socket.close(normal);
    }
    usage.joins.add();
    if (this.channels.size >= usage.limits.channelsPerConnection) {
      return refuse('ChannelRateLimitReached: Too many channels');
    }

    const options = readJoin(payload);
    const channel = new Channel(this.context, this, topic, joinRef, options);
    try {
      await channel.join();
    } catch (error) {
      channel.end();
      if (!(error instanceof JoinRefused)) complain('a Realtime join failed.', error);
      return refuse(error instanceof JoinRefused ? error.message : 'Unknown Error on Channel');
    }
    if (!this.open) {
      channel.end();
      return;
    }
    this.channels.set(topic, channel);
    usage.connected(this);
    const changes = options.postgresChanges.map((change, id) => ({ ...(change as object), id }));
    this.reply(message, 'ok', { postgres_changes: changes });
    channel.welcome();
  }

  private reply(to: Omit<Message, 'event' | 'payload'>, status: 'ok' | 'error', response: unknown = {}): void {
    const { joinRef, ref, topic } = to;
    this.send({ kind: 'message', joinRef, ref, topic, event: 'phx_reply', payload: { status, response } });
  }

  private lineEnded(): void {
    this.open = false;
    this.cancelSilence();
    this.context.usage.disconnected(this);
    for (const channel of [...this.channels.values()]) channel.end();
    this.onEnd(this);
  }
}
