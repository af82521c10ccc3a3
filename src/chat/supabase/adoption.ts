import type { OutboxStore } from '../outbox-store.js';
import { accountOf, tokenOf } from './account.js';
import { guestClient, type ProjectClient } from './client.js';
import type { HandOn } from './identity.js';
import { sessionStore } from './storage.js';

/** Names a client's project. */
export function projectOf(client: ProjectClient): string {
  return client.supabaseUrl.replace(/\/+$/, '');
}

/** Where a project's guest is remembered in the page's storage. */
export function guestKey(prefix: string, url: string): string {
  const { host, pathname } = new URL(url);
  return `${prefix}:chat:${host}${pathname.replace(/\/$/, '')}`;
}

/**
 * Where the visitor was a guest before the host signed them in: what they wrote, and their memberships, become the
 * account's. The guest gives a code that is good once, so that nobody's word but the guest's own is needed. The guest is
 * forgotten only when the account also has what the guest could not send: a page that dies before leaves both for the next.
 *
 * @param host the host's client, with somebody signed in
 */
export async function adoptGuest(host: ProjectClient, prefix: string, outbox: OutboxStore): Promise<HandOn | null> {
  const { supabaseUrl: url, supabaseKey: key } = host;
  const storageKey = guestKey(prefix, url);
  const storage = sessionStore();
  if (storage.getItem(storageKey) === null) return null;
  const guest = guestClient(projectOf(host), key, { storageKey, storage });
  const { data, error } = await guest.rpc('offer_guest');
  if (error) throw new Error(error.message);
  const token = await tokenOf(host);
  const heir = accountOf(token);
  if (heir === null) throw new Error('nobody is signed in');
  // With this very token: the heir of what was not sent is who took the rest over, whoever is signed in by then.
  const { error: refused } = await host.rpc('adopt_guest', data as { code: string }).setHeader('Authorization', `Bearer ${token}`);
  if (refused) throw new Error(refused.message);
  const { data: known } = await guest.auth.getSession();
  return async () => {
    if (known.session) await outbox.inherit(projectOf(guest), known.session.user.id, heir);
    await guest.auth.signOut({ scope: 'local' });
    storage.removeItem(storageKey);
  };
}
