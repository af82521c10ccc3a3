import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { WebSocket } from 'ws';
import { MemoryOutbox } from '../../../src/chat/outbox-store.js';
import { createChatSession, type ChatSession, type ChatSessionOptions } from '../../../src/chat/session.js';
import { createSupabaseGateway, type SupabaseOptions } from '../../../src/chat/supabase.js';
import { HubRegistry } from '../../../src/chat/supabase/hub.js';
import { Backend } from './backend.js';

/** A session on the real adapter, on a page of its own. */
export interface Person {
  readonly session: ChatSession;
  readonly storageKey: string;
  /** The page came back to life. */
  wake(): void;
}

export type PersonOptions = Partial<SupabaseOptions> & Partial<Pick<ChatSessionOptions, 'invitation'>> & { readonly room?: string };

export const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 10 });

export const reaches = ({ session }: Person, status: string): Promise<void> =>
  until(() => expect(session.snapshot.status).toBe(status));

export const bodies = ({ session }: Person): string[] => session.snapshot.messages.map(({ body }) => body);

export const idOf = ({ session }: Person): string => session.snapshot.me?.id ?? '';

/** A project whose secret is known, for the tests of one file, and the people in its rooms. */
export class People {
  #backend: Backend | null = null;
  #rooms = 0;
  #people = 0;
  readonly #sessions = new Set<ChatSession>();
  readonly #stored = new Map<string, string>();

  constructor() {
    beforeAll(async () => {
      vi.stubGlobal('WebSocket', WebSocket);
      vi.stubGlobal('localStorage', {
        getItem: (key: string) => this.#stored.get(key) ?? null,
        setItem: (key: string, value: string) => void this.#stored.set(key, value),
        removeItem: (key: string) => void this.#stored.delete(key),
      });
      this.#backend = await Backend.startWithSecret();
    });
    afterEach(async () => {
      this.backend.offline = false;
      for (const session of this.#sessions) session.dispose();
      this.#sessions.clear();
      await until(() => expect(this.backend.sockets).toBe(0));
    });
    afterAll(async () => {
      await this.#backend?.stop();
      vi.unstubAllGlobals();
    });
  }

  get backend(): Backend {
    if (!this.#backend) throw new Error('no backend yet');
    return this.#backend;
  }

  /** Makes a public room without an owner. @returns its slug */
  async room(): Promise<string> {
    const slug = `room-${++this.#rooms}`;
    await this.#administer({ slug, title: 'Room', is_public: true });
    return slug;
  }

  /** Starts a session. */
  come({ room = 'lobby', invitation, ...options }: PersonOptions = {}): Person {
    const storageKey = options.storageKey ?? `person-${++this.#people}`;
    const wakers = new Set<() => void>();
    const { url, key } = this.backend;
    const session = createChatSession({
      gateway: createSupabaseGateway({ url, key, hubs: new HubRegistry(), ...options, storageKey }),
      slug: room,
      invitation,
      outbox: new MemoryOutbox(),
      ...(options.clock && { clock: options.clock }),
      wake: {
        subscribe(listener) {
          wakers.add(listener);
          return () => void wakers.delete(listener);
        },
      },
    });
    this.#sessions.add(session);
    session.start();
    return { session, storageKey, wake: () => wakers.forEach((listener) => listener()) };
  }

  /** A guest who gave a name and is in the room. */
  async join(name: string, options: PersonOptions = {}): Promise<Person> {
    const one = this.come(options);
    await reaches(one, 'signed-out');
    await one.session.join(name);
    await reaches(one, 'ready');
    return one;
  }

  /** Somebody who owns a new room and is in it. */
  async owner(name: string, options: PersonOptions = {}): Promise<{ owner: Person; room: string }> {
    const room = await this.room();
    const before = await this.join(name, { ...options, room });
    await this.#administer({ slug: room, title: 'Room', is_public: true, owner_id: idOf(before) });
    before.session.dispose();
    const owner = this.come({ ...options, room, storageKey: before.storageKey });
    await reaches(owner, 'ready');
    expect(owner.session.snapshot.me?.role).toBe('owner');
    return { owner, room };
  }

  async #administer(room: Readonly<Record<string, unknown>>): Promise<void> {
    const admin = this.backend.client({ role: 'service_role' });
    const { error } = await admin.from('rooms').upsert(room, { onConflict: 'slug' });
    if (error) throw new Error(error.message);
  }
}
