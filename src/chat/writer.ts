import type { Clock } from '../clock.js';
import { isShown } from './fold.js';
import type { RoomGateway, SendOptions } from './gateway.js';
import { carried, delayed, discarded, dropped, failed, retried, withPending } from './log.js';
import { plainEntry } from './model.js';
import type { ChatProblem, Entry, PendingMessage, SharedTrack } from './model.js';
import { Outbox, type Outgoing } from './outbox.js';
import type { OutboxStore } from './outbox-store.js';
import type { Replica } from './replica.js';
import { SlowMode } from './slow-mode.js';

export interface WriterOptions {
  readonly gateway: RoomGateway;
  readonly store: OutboxStore;
  /** Whose messages to which room. */
  readonly scope: string;
  readonly roomId: string;
  readonly clock: Clock;
  /** 0–1, for jitter. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly replica: Replica;
  /** Own messages of an earlier account: they wait for the visitor's own Retry. */
  readonly stranded: readonly PendingMessage[];
  limited<T>(promise: Promise<T>): Promise<T>;
  /** The database took an entry. */
  hear(entry: Entry): void;
  /** The database says that the visitor is not in the room. */
  outside(): void;
  changed(): void;
}

/** What this visitor writes in a room: messages and changes of them, shown at once and sent in their order. */
export class Writer {
  readonly slow: SlowMode;
  readonly #options: WriterOptions;
  readonly #outbox: Outbox;
  #notice: ChatProblem | null = null;
  #began = false;
  /** When the last one was written. */
  #at = -Infinity;
  #pending: readonly PendingMessage[] = [];

  constructor(options: WriterOptions) {
    this.#options = options;
    const { store, scope, clock, random, replica } = options;
    this.slow = new SlowMode({
      clock,
      changed: () => {
        this.#outbox.look();
        options.changed();
      },
    });
    this.#outbox = new Outbox({
      store,
      scope,
      clock,
      random,
      deliver: (message) => this.#deliver(message),
      slowUntil: () => this.slow.until ?? 0,
      delayed: (id, problem) => {
        if (problem.code === 'slow-mode' && !this.slow.until) this.slow.refused(problem.waitSeconds ?? 1);
        replica.update((log) => delayed(log, id, problem));
      },
      failed: ({ id, kind }, problem) => {
        // Its message may be far back: the text stands there, and why it does stands above the conversation too.
        if (kind === 'edit') this.#notice = problem;
        replica.update((log) => failed(log, id, problem));
        this.#look(problem);
      },
      refused: ({ id }, problem) => {
        this.#notice = problem;
        replica.update((log) => dropped(log, id));
        this.#look(problem);
        options.changed();
      },
      doubted: (problem) => this.#look(problem),
    });
  }

  /** The last change that was refused. */
  get notice(): ChatProblem | null {
    return this.#notice;
  }

  /** What is on its way or failed. */
  get pending(): readonly PendingMessage[] {
    return this.#options.replica.log.pending;
  }

  /** Goes on with what an earlier page left. */
  async begin(): Promise<void> {
    if (this.#began) return this.#outbox.wake();
    this.#began = true;
    const stranded = this.#options.stranded.map(strandedView);
    for (const message of stranded) this.#outbox.keep(message);
    this.#options.replica.update((log) => carried(log, stranded));
    const found = await this.#outbox.begin();
    const before = new Set(this.pending.map(({ id }) => id));
    this.#options.replica.update((log) => carried(log, found));
    this.#outbox.start(found.filter(({ id, state }) => state === 'sending' && !before.has(id)));
  }

  /** @returns why it was not taken, or null */
  send(body: string, track: SharedTrack | null, { replyTo, mentions = [] }: SendOptions = {}): ChatProblem | null {
    const kind = track ? 'track' : 'message';
    return this.#put({ ...plainEntry, kind, body, track, replyTo: replyTo ?? null, mentions: [...new Set(mentions)] });
  }

  edit(targetId: string, body: string, mentions: readonly string[] = []): ChatProblem | null {
    const message = this.#target(targetId);
    if (!message?.may.edit) return { code: message ? 'not-allowed' : 'message-unknown' };
    const { unsaved } = message;
    const problem = message.body === body ? null : this.#put({ ...plainEntry, kind: 'edit', body, targetId, mentions: [...new Set(mentions)] });
    // The new text is the visitor's last word.
    if (!problem && unsaved) this.discard(unsaved.id);
    return problem;
  }

  remove(targetId: string): void {
    if (this.#target(targetId)?.may.remove) this.#tell(this.#put({ ...plainEntry, kind: 'delete', body: '', targetId }));
  }

  react(targetId: string, emoji: string): void {
    const message = this.#target(targetId);
    if (!message?.may.react) return;
    const given = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
    this.#tell(this.#put({ ...plainEntry, kind: given ? 'unreact' : 'react', body: emoji, targetId }));
  }

  retry(id: string): void {
    const message = this.#find(id);
    if (message?.state !== 'failed') return;
    this.#options.replica.update((log) => retried(log, id));
    const again = this.#find(id);
    if (again) this.#outbox.add(again);
  }

  discard(id: string): void {
    this.#options.replica.update((log) => discarded(log, id));
  }

  dismissNotice(): void {
    this.#notice = null;
    this.#options.changed();
  }

  /** Gives up this room's outbox to another account of the visitor's. @returns the messages in it; changes stay behind */
  handOver(): readonly PendingMessage[] {
    const { pending } = this;
    this.#outbox.settle([]);
    return pending.filter(isShown);
  }

  /** The log changed: what is written is forgotten. */
  settle(): void {
    if (this.pending === this.#pending) return;
    this.#pending = this.pending;
    this.#outbox.settle(this.pending);
  }

  wake(): void {
    this.#outbox.wake();
    void this.review();
  }

  /** What another tab of the visitor's left is taken over: it may have crashed. */
  async review(): Promise<void> {
    const { found, over } = await this.#outbox.review();
    if (found.length === 0 && over.length === 0) return;
    const before = new Set(this.pending.map(({ id }) => id));
    this.#options.replica.update((log) => carried(over.reduce(dropped, log), found));
    this.#outbox.start(found.filter(({ id, state }) => state === 'sending' && !before.has(id)));
  }

  dispose(): void {
    this.#outbox.dispose();
    this.slow.dispose();
  }

  #target(id: string) {
    return this.#options.replica.log.list.get(id);
  }

  #find(id: string): PendingMessage | undefined {
    return this.pending.find((message) => message.id === id);
  }

  #put(message: Omit<Outgoing, 'id'>): ChatProblem | null {
    const { full } = this.#outbox;
    if (full) return full;
    this.#notice = null;
    const { clock, newId, replica } = this.#options;
    const id = newId();
    // The order of writing is told by the time: also of two in one ms, and by a clock that was put back in between.
    const at = (this.#at = Math.max(clock.now(), this.#at + 1));
    replica.update((log) => withPending(log, { ...message, id }, at));
    const pending = this.#find(id);
    if (pending) this.#outbox.add(pending);
    return null;
  }

  #tell(problem: ChatProblem | null): void {
    if (!problem) return;
    this.#notice = problem;
    this.#options.changed();
  }

  async #deliver(message: PendingMessage): Promise<void> {
    const { id } = message;
    // An earlier try may have arrived after all while this one waited for its turn.
    if (!this.#find(id)) return;
    const entry = await this.#options.limited(this.#written(message));
    if (message.targetId === null) this.slow.wrote();
    if (entry) this.#options.hear(entry);
    // It changed nothing, or somebody had done the same before: no entry of this id will come.
    if (entry?.id !== id) this.#options.replica.update((log) => dropped(log, id));
  }

  #written({ id, kind, body, track, targetId, replyTo, mentions }: PendingMessage): Promise<Entry | null> {
    const { gateway, roomId } = this.#options;
    const target = targetId ?? '';
    switch (kind) {
      case 'edit':
        return gateway.edit(roomId, id, target, body, mentions);
      case 'delete':
        return gateway.remove(roomId, id, target);
      case 'react':
      case 'unreact':
        return gateway.react(roomId, id, target, body, kind === 'react');
      default:
        if (track) return gateway.shareTrack(roomId, id, track);
        return gateway.send(roomId, id, body, { ...(replyTo === null ? {} : { replyTo }), mentions });
    }
  }

  #look({ code }: ChatProblem): void {
    if (code === 'not-a-member' || code === 'not-signed-in' || code === 'token-expired' || code === 'banned') this.#options.outside();
  }
}

/** What an earlier account did not get sent waits for the visitor's own Retry. */
function strandedView(message: PendingMessage): PendingMessage {
  return { ...message, state: 'failed', problem: message.problem ?? { code: 'not-signed-in' } };
}
