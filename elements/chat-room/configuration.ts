import type { ChatErrorCode } from '../../src/chat/model.js';

/** What a page says of its room. */
export interface Given {
  readonly url: string | null;
  readonly key: string | null;
  readonly room: string | null;
  /** What the page passes as a client of its own, which knows its server. */
  readonly client: unknown;
}

/** The same, found fit to start with; or what is wrong. */
export type Configuration =
  | { readonly url: string; readonly key: string; readonly room: string; readonly problem: null }
  | { readonly problem: ChatErrorCode };

/** @param base what a relative `url` is relative to */
export function configurationOf({ url, key, room, client }: Given, base: string): Configuration {
  if (!room?.trim()) return { problem: 'room-missing' };
  if (client) return isClient(client) ? { url: '', key: '', room: room.trim(), problem: null } : { problem: 'url-missing' };
  if (!url?.trim()) return { problem: 'url-missing' };
  const absolute = absoluteUrl(url.trim(), base);
  if (!absolute) return { problem: 'url-invalid' };
  if (!key?.trim()) return { problem: 'key-missing' };
  if (!isPublishable(key.trim())) return { problem: 'key-refused' };
  return { url: absolute, key: key.trim(), room: room.trim(), problem: null };
}

/** Not a promise of one, say, nor the library itself: the server would seem to answer with nonsense. */
const isClient = (given: unknown): boolean => typeof given === 'object' && given !== null && 'from' in given && 'channel' in given;

/**
 * Not what a header cannot carry, as the samples' `…`: it would look like a server that is away. And no key that passes every
 * rule of the room, in its present form or as the older token: a page shows it to everybody.
 */
function isPublishable(key: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(key) || key.startsWith('sb_secret_')) return false;
  try {
    return !atob(key.split('.')[1] ?? '').includes('"service_role"');
  } catch {
    return true;
  }
}

function absoluteUrl(url: string, base: string): string | null {
  try {
    const { protocol, host, href } = new URL(url, base);
    // The README's own place to fill in.
    if (host.startsWith('your_project.')) return null;
    return protocol === 'https:' || protocol === 'http:' ? href.replace(/\/$/, '') : null;
  } catch {
    return null;
  }
}

/** What the page's author should look at; visitors read the sentences of strings/chat.ts. */
const advice: Readonly<Partial<Record<ChatErrorCode, string>>> = {
  'url-missing': 'it needs the attribute supabase-url, the address of the Supabase project, or in its property client what createClient of supabase-js gives.',
  'url-invalid': 'the attribute supabase-url is not the address of a Supabase project.',
  'key-missing': 'it needs the attribute supabase-key, the publishable key of the Supabase project.',
  'key-refused': 'the attribute supabase-key is not the publishable key of that Supabase project. A secret one has no place in a page.',
  'rooms-missing': 'the Supabase project has no table rooms: the migrations of a room are still to be pushed to it (README, Going to production).',
  'room-missing': 'it needs the attribute room, the short name of the room.',
  'room-unknown': 'the server has no room of the name in the attribute room.',
};

/** @returns a sentence for the console, or null where the author has made no mistake */
export function adviceFor(problem: ChatErrorCode): string | null {
  const sentence = advice[problem];
  return sentence ? `<chat-room>: ${sentence}` : null;
}

/** A room that takes guests in a project that makes none. */
export const guestsAreOff =
  '<chat-room>: the room takes guests, and the Supabase project does not let them in. Allow anonymous sign-ins there (Authentication → Sign In / Providers), or sign the visitor in.';

/** Whether the visitor's trying again may help: where only the page's author can help, it leads nowhere. */
export const canTryAgain = (problem: ChatErrorCode): boolean => !(problem in advice);
