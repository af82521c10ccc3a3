import { accountOf } from './account.js';
import type { ProjectClient } from './client.js';

/**
 * Calls a function of the database while the page goes away. The client's own way asks for the token first, and a page
 * that is hidden for good does not live to hear the answer: so at once, with the token that the live line uses.
 *
 * @param account whose call it is; null: whoever is signed in
 * @returns false when it could not even be sent
 */
export function lastCall(
  client: ProjectClient,
  name: string,
  values: Readonly<Record<string, unknown>>,
  account: string | null = null,
): boolean {
  const { supabaseUrl: url, supabaseKey: key } = client;
  const token = client.realtime.accessTokenValue;
  if (!url || !key || !token || (account !== null && accountOf(token) !== account)) return false;
  try {
    void fetch(`${url.replace(/\/+$/, '')}/rest/v1/rpc/${name}`, {
      method: 'POST',
      keepalive: true,
      headers: { apikey: key, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(values),
    }).catch(() => {
      // Nobody is there to be told.
    });
    return true;
  } catch {
    return false;
  }
}
