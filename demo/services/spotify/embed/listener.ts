import { randomBytes } from 'node:crypto';
import { people } from '../accounts.js';

/** Who sits at the browser that an embed is in, as its cookies tell. */
export interface Listener {
  /** The account that is logged in, or a name of its own for whoever is not: what the command log calls them. */
  readonly name: string;
  readonly isLoggedIn: boolean;
}

/** Its cookie is set with the embed, as Spotify's are: until then the browser is unknown. */
export const loginCookie = 'spotify-simulator-login';
export const visitorCookie = 'spotify-simulator-visitor';

/** @param cookies the header as it came; nothing where the browser keeps cookies from frames of other sites */
export function listenerOf(cookies: string | undefined): Listener {
  const given = new Map((cookies ?? '').split(/;\s*/).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const account = people.find(({ name }) => name === given.get(loginCookie));
  if (account) return { name: account.name, isLoggedIn: true };
  const visitor = /^[0-9a-f]{8}$/.exec(given.get(visitorCookie) ?? '')?.[0];
  return { name: `visitor ${visitor ?? 'unknown'}`, isLoggedIn: false };
}

export const newVisitor = (): string => randomBytes(4).toString('hex');

export const setCookie = (name: string, value: string): string => `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${value ? 86_400 : 0}`;
