import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/clock.js';
import type { ChatProblem, TimelineMessage } from '../../src/chat/model.js';
import { MemoryOutbox } from '../../src/chat/outbox-store.js';
import { isLasting } from '../../src/chat/problem.js';
import { createChatSession, type ChatSession } from '../../src/chat/session.js';
import { HubRegistry } from '../../src/chat/supabase/hub.js';
import { createSupabaseGateway } from '../../src/chat/supabase.js';
import type { Chance } from './chance.js';
import { Ledger, type Taken } from './ledger.js';
import type { Project } from './project.js';

/** Own messages that may be on their way at a time: more, of fifty people, wait in the backend until their time is over. */
const mostPending = 3;
/** How far back one reacts. */
const reach = 30;
/** Nothing further back is on its way any more. */
const recent = 200;
/** So often is a token handed out that is over. */
const staleShare = 0.1;
/** Nobody presses Retry more often than this, in ms. */
const retryEvery = 2000;
/** A room that fails, and asks for nothing for so long with the network and the backend there, does not come back by itself. In ms. */
const failedPatience = 60_000;
/** So many of the last states of a room are told in a complaint. */
const keptStates = 12;
/** How long a token lasts with a careful host, in s. */
const longToken = 3600;
const emojis = ['👍', '🎧', '😂', '❤️'];
const names = { message: 'messages', edit: 'edits', delete: 'deletions', react: 'reactions', unreact: 'reactions' } as const;

export interface VisitorOptions {
  readonly project: Project;
  readonly name: string;
  readonly chance: Chance;
  readonly clock: Clock;
  /** A member of the host's own; a guest where there is none. */
  readonly account?: string;
  /** How long the host's tokens last at most, in s; half of that at least. */
  readonly tokenSeconds: number;
  /** Whether the host hands out tokens as it should: they last, and none is over. */
  readonly orderly: () => boolean;
  /** When the network and the backend came back last, by the clock. */
  readonly backSince: () => number;
  /** Tells of everything that the visitor did. */
  readonly did: (what: string) => void;
}

/** Somebody in the room, on the production session and gateway, who does what a person does when something goes wrong. */
export class Visitor {
  session: ChatSession;
  readonly ledger: Ledger;
  readonly #hubs = new HubRegistry();
  /** What a browser would keep over a crash. */
  readonly #outbox = new MemoryOutbox();
  #wake = new Set<() => void>();
  #started = false;
  #joining = false;
  #token = { text: '', until: 0 };
  #count = 0;
  /** The last time that a room that fails asked to be let in. */
  #asked = { knocks: -1, at: 0 };
  #retriedAt = -Infinity;
  #seen: readonly TimelineMessage[] = [];
  #tail: readonly TimelineMessage[] = [];
  #entered = false;
  /** What the room's state came to of late, for a complaint. */
  readonly #states: string[] = [];
  /** Of the entry that the session last made. */
  #entryId: string | null = null;

  constructor(private readonly options: VisitorOptions) {
    this.ledger = new Ledger(options.did);
    this.session = this.#open();
  }

  get name(): string {
    return this.options.name;
  }

  get messages(): readonly TimelineMessage[] {
    return this.session.snapshot.messages;
  }

  /** On its way into the room. */
  get entering(): boolean {
    return this.#started && this.session.snapshot.me === null;
  }

  get started(): boolean {
    return this.#started;
  }

  /** In step with the database, as far as it knows, and with nothing on its way. */
  get settled(): boolean {
    return this.session.snapshot.status === 'ready' && this.#busy === 0;
  }

  start(): void {
    this.#started = true;
    this.session.start();
  }

  /** What a person does about what they see: types the name again, sends again. A room that fails has to come back by itself. */
  tend(): void {
    const { session, options } = this;
    const { status, problem } = session.snapshot;
    if (status === 'signed-out' && !this.#joining) {
      if (this.#entered) options.did(options.account === undefined ? 'guests at the door again' : 'members at the door again');
      this.#joining = true;
      void session.join(options.name).finally(() => (this.#joining = false));
    }
    if (status === 'ready') this.#entered = true;
    if (status === 'failed') this.#bear(problem);
    else this.#asked.knocks = -1;
    this.#retry();
  }

  /** One thing to do, or nothing when too much is on its way already. @returns whether it was a message */
  act(): boolean {
    const { chance } = this.options;
    if (this.#busy >= mostPending) return false;
    const what = chance.next();
    if (what < 0.7) return this.#write();
    const settled = this.#latest.filter(({ state, deleted, changing }) => state === 'sent' && !deleted && !changing);
    const own = chance.pick(settled.filter(({ mine }) => mine));
    if (what < 0.78) return own ? this.#edit(own) : false;
    if (what < 0.82) return own ? this.#remove(own) : false;
    const message = chance.pick(settled.slice(-reach));
    if (!message?.may.react) return false;
    const emoji = chance.pick(emojis) ?? '👍';
    const given = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
    this.#take({ kind: given ? 'unreact' : 'react', body: emoji, targetId: message.id }, () => this.session.react(message.id, emoji));
    return false;
  }

  /** The page ends without a word, whatever is on its way, and is loaded again. */
  reload(): void {
    this.options.did('reloads');
    this.session.dispose();
    this.ledger.close();
    this.session = this.#open();
    this.session.start();
  }

  /** Comes back to the page. */
  wake(): void {
    this.options.did('wakes');
    this.#wake.forEach((listener) => listener());
  }

  dispose(): void {
    this.session.dispose();
  }

  /** Looked at at every beat by everybody: made anew only when something changed. */
  get #latest(): readonly TimelineMessage[] {
    if (this.#seen !== this.messages) [this.#seen, this.#tail] = [this.messages, this.messages.slice(-recent)];
    return this.#tail;
  }

  get #busy(): number {
    return this.#latest.filter(({ state, changing }) => state !== 'sent' || changing).length;
  }

  #write(): boolean {
    const body = `${this.name} says ${++this.#count}`;
    return this.#take({ kind: 'message', body, targetId: null }, () => this.session.send(body));
  }

  #edit({ id, may }: TimelineMessage): false {
    const body = `${this.name} says it anew ${++this.#count}`;
    if (may.edit) this.#take({ kind: 'edit', body, targetId: id }, () => this.session.edit(id, body));
    return false;
  }

  #remove({ id, may }: TimelineMessage): false {
    if (may.remove) this.#take({ kind: 'delete', body: '', targetId: id }, () => this.session.remove(id));
    return false;
  }

  /** Whatever gets an id is on its way, and promised from then on. @returns whether it did */
  #take(what: Omit<Taken, 'id'>, act: () => unknown): boolean {
    this.#entryId = null;
    const refused = act();
    if (this.#entryId === null) return false;
    if (refused) throw new Error(`${this.name}'s ${what.kind} was refused and taken`);
    this.ledger.take({ ...what, id: this.#entryId });
    this.options.did(names[what.kind]);
    return true;
  }

  #retry(): void {
    const now = this.options.clock.now();
    if (now - this.#retriedAt < retryEvery) return;
    for (const { id, state } of this.#latest) {
      if (state !== 'failed') continue;
      this.#retriedAt = now;
      this.options.did('retries pressed');
      this.session.retry(id);
    }
  }

  /** A backend that is down or busy may take long; a room behind it goes on asking. */
  #bear(problem: ChatProblem | null): void {
    const now = this.options.clock.now();
    const { knocks } = this.ledger;
    if (knocks !== this.#asked.knocks) this.#asked = { knocks, at: now };
    if (problem && isLasting(problem)) {
      // The page says that only the visitor can get further.
      this.options.did('tries again pressed');
      this.session.start();
    } else if (now - Math.max(this.#asked.at, this.options.backSince()) > failedPatience) {
      throw new Error(`${this.name}'s room has failed, and asks no more: ${this.#states.join(', ')}`);
    }
  }

  #note(status: string, problem: ChatProblem | null): void {
    const state = problem ? `${status} (${problem.code})` : status;
    if (this.#states.at(-1)?.endsWith(` ${state}`)) return;
    this.#states.push(`at ${Math.round(this.options.clock.now() / 1000) % 10_000} s ${state}`);
    if (this.#states.length > keptStates) this.#states.shift();
  }

  #open(): ChatSession {
    const { project, name, account, clock, chance } = this.options;
    this.#wake = new Set();
    const wakers = this.#wake;
    const gateway = createSupabaseGateway({
      url: project.url,
      key: project.key,
      storageKey: name,
      hubs: this.#hubs,
      clock,
      ...(account !== undefined && { accessToken: async () => this.#hostToken(account) }),
    });
    const session = createChatSession({
      gateway: this.ledger.over(gateway),
      slug: 'lobby',
      newId: () => (this.#entryId = randomUUID()),
      clock,
      outbox: this.#outbox,
      random: chance.fork().next,
      wake: {
        subscribe(listener) {
          wakers.add(listener);
          return () => wakers.delete(listener);
        },
      },
    });
    session.subscribe((snapshot) => {
      this.ledger.see(snapshot);
      this.#note(snapshot.status, snapshot.problem);
    });
    return session;
  }

  /** As a careless host page does it: kept to its very end, and now and then, after a sleep, beyond it. */
  #hostToken(account: string): string {
    const { project, tokenSeconds, orderly, chance, did } = this.options;
    const over = this.#token.until <= Date.now();
    if (over && !orderly() && this.#token.text !== '' && chance.happens(staleShare)) did('tokens given too late');
    else if (over) {
      const seconds = orderly() ? longToken : Math.ceil(tokenSeconds * chance.between(0.5, 1));
      this.#token = { text: project.token(account, seconds), until: Date.now() + seconds * 1000 };
      did('tokens');
    }
    return this.#token.text;
  }
}
