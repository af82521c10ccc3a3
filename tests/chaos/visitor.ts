import type { Clock } from '../../src/clock.js';
import type { TimelineMessage } from '../../src/chat/model.js';
import { MemoryOutbox } from '../../src/chat/outbox-store.js';
import { createChatSession, type ChatSession } from '../../src/chat/session.js';
import { HubRegistry } from '../../src/chat/supabase/hub.js';
import { createSupabaseGateway } from '../../src/chat/supabase.js';
import type { Chance } from './chance.js';
import type { Project } from './project.js';

/** Own messages that may be on their way at a time. */
const mostPending = 10;
/** How far back one reacts. */
const reach = 30;
/** Nothing further back is on its way any more. */
const recent = 200;
/** So often is a token handed out that is over. */
const staleShare = 0.1;
const emojis = ['👍', '🎧', '😂', '❤️'];

export interface VisitorOptions {
  readonly project: Project;
  readonly name: string;
  readonly chance: Chance;
  readonly clock: Clock;
  /** A member of the host's own; a guest where there is none. */
  readonly account?: string;
  /** How long the host's tokens last at most, in s; half of that at least. */
  readonly tokenSeconds: number;
  /** Tells of everything that the visitor did. */
  readonly did: (what: string) => void;
}

/** Somebody in the room, on the production session and gateway, who does what a person does when something goes wrong. */
export class Visitor {
  session: ChatSession;
  /** What was written, and taken by the session. */
  readonly written: string[] = [];
  readonly #hubs = new HubRegistry();
  /** What a browser would keep over a crash. */
  readonly #outbox = new MemoryOutbox();
  #wake = new Set<() => void>();
  #started = false;
  #joining = false;
  #token = { text: '', until: 0 };
  #count = 0;

  constructor(private readonly options: VisitorOptions) {
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

  /** What a person does about what they see: types the name again, presses the button, sends again. */
  tend(): void {
    const { session, options } = this;
    const { status } = session.snapshot;
    if (status === 'signed-out' && !this.#joining) {
      this.#joining = true;
      void session.join(options.name).finally(() => (this.#joining = false));
    }
    if (status === 'failed') session.start();
    for (const { id, state } of this.messages.slice(-recent)) if (state === 'failed') session.retry(id);
  }

  /** One thing to do, or nothing when too much is on its way already. @returns whether it was a message */
  act(): boolean {
    const { chance, did } = this.options;
    if (this.#busy >= mostPending) return false;
    const what = chance.next();
    if (what < 0.7) return this.#write();
    const settled = this.messages.slice(-recent).filter(({ state, deleted, changing }) => state === 'sent' && !deleted && !changing);
    const own = chance.pick(settled.filter(({ mine }) => mine));
    if (what < 0.78) return own ? this.#edit(own) : false;
    if (what < 0.82) return own ? this.#remove(own) : false;
    const message = chance.pick(settled.slice(-reach));
    if (!message?.may.react) return false;
    did('reactions');
    this.session.react(message.id, chance.pick(emojis) ?? '👍');
    return false;
  }

  /** The page ends without a word, whatever is on its way, and is loaded again. */
  reload(): void {
    this.options.did('reloads');
    this.session.dispose();
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

  get #busy(): number {
    return this.messages.slice(-recent).filter(({ state, changing }) => state !== 'sent' || changing).length;
  }

  #write(): boolean {
    const body = `${this.name} says ${++this.#count}`;
    if (this.session.send(body) !== null) return false;
    this.written.push(body);
    this.options.did('messages');
    return true;
  }

  #edit({ id, may }: TimelineMessage): false {
    if (!may.edit) return false;
    if (this.session.edit(id, `${this.name} says it anew ${++this.#count}`) === null) this.options.did('edits');
    return false;
  }

  #remove({ id, may }: TimelineMessage): false {
    if (!may.remove) return false;
    this.options.did('deletions');
    this.session.remove(id);
    return false;
  }

  #open(): ChatSession {
    const { project, name, account, clock, chance } = this.options;
    this.#wake = new Set();
    const wakers = this.#wake;
    return createChatSession({
      gateway: createSupabaseGateway({
        url: project.url,
        key: project.key,
        storageKey: name,
        hubs: this.#hubs,
        clock,
        ...(account !== undefined && { accessToken: async () => this.#hostToken(account) }),
      }),
      slug: 'lobby',
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
  }

  /** As a careless host page does it: kept to its very end, and now and then, after a sleep, beyond it. */
  #hostToken(account: string): string {
    const { project, tokenSeconds, chance, did } = this.options;
    const over = this.#token.until <= Date.now();
    if (over && this.#token.text !== '' && chance.happens(staleShare)) did('tokens given too late');
    else if (over) {
      const seconds = Math.ceil(tokenSeconds * chance.between(0.5, 1));
      this.#token = { text: project.token(account, seconds), until: Date.now() + seconds * 1000 };
      did('tokens');
    }
    return this.#token.text;
  }
}
