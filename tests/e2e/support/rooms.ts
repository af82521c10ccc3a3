import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import ws from 'ws';
import { expect, test as base } from './test.ts';
import type { Demo } from './demo.ts';
import type { Visitor } from './visitor.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The project's own administrator: what a host's server does with its secret key. */
function administrator({ url, data }: Demo): SupabaseClient {
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ role: 'service_role', iss: 'supabase', exp: Math.floor(Date.now() / 1000) + 3600 })}`;
  const token = `${body}.${createHmac('sha256', readFileSync(join(data, 'database/jwt-secret'), 'utf8')).update(body).digest('base64url')}`;
  return createClient(new URL('/supabase', url).href, 'sb_publishable_demo', {
    auth: { persistSession: false, autoRefreshToken: false },
    // supabase-js types the constructor as a browser has it.
    realtime: { transport: ws as unknown as typeof WebSocket },
    accessToken: () => Promise.resolve(token),
  });
}

/** A room of a test's own. Its title is `Lobby`: that is where visitors look for their chat. */
export interface TestRoom {
  readonly slug: string;
  /** Opens it in the demo's page, `count` times. @param query of the page's address */
  visit(visitor: Visitor, query?: string, count?: number): Promise<void>;
  /** Another device of a visitor's, with the same account; it is in the room when that is shown. */
  device(of: Visitor): Promise<Visitor>;
  /** A visitor in it, who gave a name. */
  join(name: string, query?: string): Promise<Visitor>;
  /** Makes a member the owner; seen with their next visit. */
  give(owner: Visitor): Promise<void>;
}

/** Makes the demo's page one of that room, before its script runs; with `count` chats of it. */
function lead({ slug, count }: { readonly slug: string; readonly count: number }): void {
  new MutationObserver((_records, observer) => {
    const chat = document.querySelector('chat-room');
    if (!chat) return;
    observer.disconnect();
    chat.setAttribute('room', slug);
    for (let more = 1; more < count; more++) chat.after(chat.cloneNode());
  }).observe(document, { childList: true, subtree: true });
}

interface RoomFixtures {
  /** A public room that nobody else is in; `{ isPublic: false }` makes a private one. */
  readonly room: (options?: { readonly isPublic?: boolean }) => Promise<TestRoom>;
}

/** The account that a visitor's browser keeps. */
const accountOf = (visitor: Visitor): Promise<string> =>
  visitor.page.evaluate(() => {
    for (const [, value] of Object.entries(localStorage)) {
      const id = /"user":\{"id":"([0-9a-f-]{36})"/.exec(value)?.[1] ?? /"sub":"([0-9a-f-]{36})"/.exec(value)?.[1];
      if (id) return id;
    }
    throw new Error('Nobody is signed in here.');
  });

export const test = base.extend<RoomFixtures>({
  room: async ({ demo, open }, use) => {
    const admin = administrator(demo);
    await use(async ({ isPublic = true } = {}) => {
      const slug = `room-${randomUUID().slice(0, 8)}`;
      const { error } = await admin.from('rooms').insert({ slug, title: 'Lobby', is_public: isPublic });
      if (error) throw new Error(`rooms: ${error.message}`);
      const visit: TestRoom['visit'] = async (visitor, query = '', count = 1) => {
        await visitor.context.addInitScript(lead, { slug, count });
        await visitor.page.goto(`/${query}`);
      };
      return {
        slug,
        visit,
        join: async (name, query) => {
          const visitor = await open(name, 'about:blank');
          await visit(visitor, query);
          await visitor.join();
          return visitor;
        },
        device: async (of) => {
          const { origins } = await of.context.storageState();
          const kept = origins.flatMap(({ localStorage }) => localStorage);
          const visitor = await open(of.name, 'about:blank');
          await visitor.context.addInitScript((items) => {
            // In the page alone: a frame of another kind may have no storage.
            if (window.top === window) for (const { name, value } of items) localStorage.setItem(name, value);
          }, kept);
          await visit(visitor);
          return visitor;
        },
        give: async (owner) => {
          const { error: refused } = await admin.from('rooms').update({ owner_id: await accountOf(owner) }).eq('slug', slug);
          if (refused) throw new Error(`rooms: ${refused.message}`);
          await owner.page.reload();
          await expect(owner.chat.getByRole('button', { name: 'Moderation' })).toBeVisible();
        },
      };
    });
  },
});

export { expect } from './test.ts';
