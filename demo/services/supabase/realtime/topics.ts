import { randomBytes } from 'node:crypto';
import { TopicPresence, type PresenceDiff, type PresenceState } from './presence.js';
import { encode, type Broadcast, type Frame, type Outgoing, type Version } from './serializer.js';

/** A channel as the others on its topic see it. */
export interface Subscriber {
  readonly version: Version;
  /** The policies may change with each token, so they are asked for at each delivery. */
  readonly readsBroadcast: boolean;
  readonly readsPresence: boolean;
  sendFrame(frame: Frame): void;
  /** Whether it was given this broadcast when it joined. */
  hasReplayed(id: string): boolean;
  /** Something went out to it: what a project may send is counted at each delivery. */
  counted(what: 'broadcast' | 'presence'): void;
}

/** A name means two topics: what is private never reaches a public channel of the same name, nor the other way. */
export interface TopicId {
  readonly name: string;
  readonly private: boolean;
}

interface Topic {
  readonly subscribers: Set<Subscriber>;
  readonly presence: TopicPresence<Subscriber>;
}

const wireTopic = (name: string): string => `realtime:${name}`;
const keyOf = (id: TopicId): string => `${id.private ? 'private' : 'public'}:${id.name}`;

/** Everybody who is joined to anything, and what goes from one to the others. */
export class Topics {
  private readonly topics = new Map<string, Topic>();

  constructor(private readonly nextPresenceRef: () => string = () => randomBytes(9).toString('base64url')) {}

  join(id: TopicId, subscriber: Subscriber): void {
    const topic = this.topics.get(keyOf(id)) ?? {
      subscribers: new Set(),
      presence: new TopicPresence<Subscriber>(this.nextPresenceRef),
    };
    this.topics.set(keyOf(id), topic);
    topic.subscribers.add(subscriber);
  }

  leave(id: TopicId, subscriber: Subscriber): void {
    const topic = this.topics.get(keyOf(id));
    if (!topic) return;
    topic.subscribers.delete(subscriber);
    const diff = topic.presence.untrack(subscriber);
    if (diff) this.announce(id, diff);
    if (topic.subscribers.size === 0) this.topics.delete(keyOf(id));
  }

  /** @param except the sender, where it does not want its own back */
  broadcast(id: TopicId, message: Omit<Broadcast, 'topic'>, except?: Subscriber): void {
    const outgoing: Outgoing = { kind: 'broadcast', topic: wireTopic(id.name), ...message };
    const told = message.meta?.id;
    const isNew = (one: Subscriber): boolean => typeof told !== 'string' || !one.hasReplayed(told);
    this.fanOut(id, outgoing, 'broadcast', (one) => one !== except && one.readsBroadcast && isNew(one));
  }

  /** A broadcast that came as a whole message: 1.0.0 has no other. */
  broadcastPayload(id: TopicId, payload: unknown, except?: Subscriber): void {
    this.fanOut(id, event(id, 'broadcast', payload), 'broadcast', (one) => one !== except && one.readsBroadcast);
  }

  track(id: TopicId, subscriber: Subscriber, key: string, payload: Readonly<Record<string, unknown>>): void {
    const topic = this.topics.get(keyOf(id));
    if (topic?.subscribers.has(subscriber)) this.announce(id, topic.presence.track(subscriber, key, payload));
  }

  untrack(id: TopicId, subscriber: Subscriber): void {
    const diff = this.topics.get(keyOf(id))?.presence.untrack(subscriber);
    if (diff) this.announce(id, diff);
  }

  presence(id: TopicId): PresenceState {
    return this.topics.get(keyOf(id))?.presence.state() ?? {};
  }

  private announce(id: TopicId, diff: PresenceDiff): void {
    this.fanOut(id, event(id, 'presence_diff', diff), 'presence', (one) => one.readsPresence);
  }

  private fanOut(
    id: TopicId,
    outgoing: Outgoing,
    what: 'broadcast' | 'presence',
    reaches: (subscriber: Subscriber) => boolean,
  ): void {
    const frames = new Map<Version, Frame | null>();
    for (const subscriber of this.topics.get(keyOf(id))?.subscribers ?? []) {
      if (!reaches(subscriber)) continue;
      let frame = frames.get(subscriber.version);
      if (frame === undefined) frames.set(subscriber.version, (frame = encode(subscriber.version, outgoing)));
      if (frame === null) continue;
      subscriber.sendFrame(frame);
      // It may end here for having had too much.
      subscriber.counted(what);
    }
  }
}

const event = (id: TopicId, name: string, payload: unknown): Outgoing => ({
  kind: 'message',
  joinRef: null,
  ref: null,
  topic: wireTopic(id.name),
  event: name,
  payload,
});
