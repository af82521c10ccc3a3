import type { RealtimeChannel } from '@supabase/realtime-js';
import type { Clock } from '../../clock.js';
import { Alarm } from '../alarm.js';
import { ChatError } from '../gateway.js';
import type { LiveEvents, Presence } from '../gateway.js';
import { limited } from '../time-limit.js';
import type { ProjectClient } from './client.js';
import { endedBecause, refusal } from './errors.js';
import { claimed, PresenceList } from './presence.js';
import { entryOf, isRecord, isUuid, listeningNews, memberNews, settingsOf } from './rows.js';
import { TypingTopic } from './typing-topic.js';

/** How long a leave may take, in ms, before the channel is torn down without the server's word. */
export const leaveLimit = 3000;
/** A client that makes 5 presence calls in 30 s is cut off (supabase.md); the next join needs one of them. */
const mostTracks = 4;
const trackWindow = 30_000;

export interface TopicOptions {
  readonly client: ProjectClient;
  readonly name: string;
  /** The presence key: one's own user id. A claim; names come from the database. */
  readonly userId: string;
  readonly clock: Clock;
  /** Settles when an earlier channel of this name is gone. */
  readonly before: Promise<unknown>;
  /** The channel is over: whoever listens next needs a new one. */
  ended(): void;
}

/**
 * One private channel, shared by everybody on the page who listens to it: `client.channel()` hands back the same object
 * for the same topic, whose second `subscribe()` callback never fires (supabase.md).
 */
export class Topic {
  readonly #listeners = new Set<LiveEvents>();
  #channel: RealtimeChannel | null = null;
  #live = false;
  #over = false;
  readonly #list = new PresenceList();
  #here: readonly Presence[] = [];
  #lastSystemError = '';
  #typing: TypingTopic | null = null;
  #away = false;
  #tracked: number[] = [];
  readonly #track: Alarm;

  constructor(private readonly options: TopicOptions) {
    this.#track = new Alarm(options.clock);
    void this.#subscribe();
  }

  /** Whom presence shows. */
  get userId(): string {
    return this.options.userId;
  }

  add(listener: LiveEvents): void {
    this.#listeners.add(listener);
    if (!this.#live) return;
    queueMicrotask(() => {
      if (!this.#live || !this.#listeners.has(listener)) return;
      listener.live();
      listener.here(this.#here);
    });
  }

  /** @returns how many still listen */
  remove(listener: LiveEvents): number {
    this.#listeners.delete(listener);
    return this.#listeners.size;
  }

  typing(): void {
    if (this.#live) this.#typing?.tell();
  }

  /** Tells whether the visitor looks, as often as the server allows. */
  away(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    if (this.#live) this.#tellPresence();
  }

  /** Settles when the server let go of the channel, or the wait for it ended. */
  async leave(): Promise<void> {
    this.#over = true;
    this.#live = false;
    this.#listeners.clear();
    this.#track.cancel();
    const channel = this.#channel;
    const typing = this.#typing?.leave();
    if (!channel) return;
    await channel.unsubscribe(leaveLimit);
    channel.teardown();
    await typing;
  }

  async #subscribe(): Promise<void> {
    const { client, name, userId, before, clock } = this.options;
    try {
      // SDK quirk: while the old channel leaves, `client.channel()` hands that one back, and it never subscribes again.
      await before;
      // Without a token the join goes out as anon (supabase.md).
      await limited(client.realtime.setAuth(), clock);
    } catch (error) {
      this.end(error instanceof ChatError ? error : new ChatError('network', 'no access token'));
      return;
    }
    if (this.#over) return;
    const channel = client.channel(name, { config: { private: true, presence: { key: userId } } });
    this.#channel = channel;
    const heard = this.#list.hear(channel, (came) => {
      this.#tell((listener) => listener.arrived(came));
      this.#present(this.#list.here);
    });
    channel
      .on('broadcast', { event: 'entry' }, ({ payload }) => this.#heard(payload))
      .on('broadcast', { event: 'listening' }, ({ payload }) => this.#listening(payload))
      .on('broadcast', { event: 'room' }, ({ payload }) => this.#pass(settingsOf(payload), 'room'))
      .on('broadcast', { event: 'member' }, ({ payload }) => this.#pass(memberNews(payload), 'member'))
      .on('broadcast', { event: 'epoch' }, ({ payload }) => this.#turned(payload))
      // Asked for, or the server tells of nobody.
      .on('presence', { event: 'sync' }, () => !heard && this.#present(claimed(channel)))
      .on('presence', { event: 'join' }, ({ key }) => this.#tell((listener) => isUuid(key) && listener.arrived([key])))
      .on('system', {}, (payload: unknown) => this.#system(payload))
      .subscribe((status, error) => this.#status(channel, status, error));
  }

  #status(channel: RealtimeChannel, status: string, error?: Error): void {
    if (this.#over) return;
    if (status === 'SUBSCRIBED') {
      this.#live = true;
      // A rejoin does not track by itself.
      this.#tracked = [];
      this.#tellPresence();
      this.#typing ??= new TypingTopic(this.options, (id) => this.#tell((listener) => listener.typing(id)));
      this.#tell((listener) => listener.live());
    } else if (status === 'CLOSED') {
      // The server's `phx_close`: the client drops the channel and never rejoins.
      this.end(endedBecause(this.#lastSystemError || 'closed by the server'));
    } else {
      const refused = refusal(error);
      // The client would knock again with the same token, without jitter; the session comes back with a fresh one.
      if (refused) this.end(refused);
      else this.#down();
    }
  }

  #heard(payload: unknown): void {
    const entry = entryOf(payload);
    if (entry) this.#tell((listener) => listener.entry(entry));
  }

  #listening(payload: unknown): void {
    const news = listeningNews(payload);
    if (news) this.#tell((listener) => listener.listening(news.userId, news.listening));
  }

  #present(here: readonly Presence[]): void {
    this.#here = here;
    this.#tell((listener) => listener.here(here));
  }

  /** `system {status: "error"}` comes right before the server closes a channel for good. */
  #system(payload: unknown): void {
    if (typeof payload !== 'object' || payload === null || !('status' in payload) || payload.status !== 'error') return;
    this.#lastSystemError = 'message' in payload && typeof payload.message === 'string' ? payload.message : 'system error';
  }

  #turned(payload: unknown): void {
    if (!isRecord(payload)) return;
    const { epoch, gone } = payload;
    if (typeof epoch !== 'number' || !Number.isSafeInteger(epoch)) return;
    this.#tell((listener) => listener.epoch(epoch, isUuid(gone) ? gone : null));
  }

  #pass<K extends 'room' | 'member'>(news: Parameters<LiveEvents[K]>[0] | null, event: K): void {
    if (news) this.#tell((listener) => (listener[event] as (told: typeof news) => void)(news));
  }

  #tellPresence(): void {
    const now = this.options.clock.now();
    this.#tracked = this.#tracked.filter((at) => now - at < trackWindow);
    const [oldest] = this.#tracked;
    if (oldest !== undefined && this.#tracked.length >= mostTracks) {
      if (!this.#track.isSet) this.#track.set(oldest + trackWindow - now, () => this.#live && this.#tellPresence());
      return;
    }
    this.#tracked.push(now);
    void this.#channel?.track({ away: this.#away });
  }

  #down(): void {
    this.#live = false;
    this.#tell((listener) => listener.down());
  }

  /** It is over for everybody who listens. */
  end(error: ChatError): void {
    if (this.#over) return;
    const listeners = [...this.#listeners];
    this.options.ended();
    for (const listener of listeners) listener.ended(error);
  }

  #tell(say: (listener: LiveEvents) => void): void {
    for (const listener of [...this.#listeners]) say(listener);
  }
}
