import type { ChatErrorCode } from '../../src/chat/model.js';

/** What a page says of its room. */
export interface Given {
  readonly url: string | null;
  readonly key: string | null;
  readonly room: string | null;
  /** Whether the page passes a client of its own, which knows its server. */
  readonly hasClient: boolean;
}

/** The same, found fit to start with; or what is wrong. */
export type Configuration =
  | { readonly url: string; readonly key: string; readonly room: string; readonly problem: null }
  | { readonly problem: ChatErrorCode };

/** @param base what a relative `url` is relative to */
export function configurationOf({ url, key, room, hasClient }: Given, base: string): Configuration {
  if (!room?.trim()) return { problem: 'room-missing' };
  if (hasClient) return { url: '', key: '', room: room.trim(), problem: null };
  if (!url?.trim()) return { problem: 'url-missing' };
  const absolute = absoluteUrl(url.trim(), base);
  if (!absolute) return { problem: 'url-invalid' };
  if (!key?.trim()) return { problem: 'key-missing' };
  return { url: absolute, key: key.trim(), room: room.trim(), problem: null };
}

function absoluteUrl(url: string, base: string): string | null {
  try {
    const { protocol, href } = new URL(url, base);
    return protocol === 'https:' || protocol === 'http:' ? href.replace(/\/$/, '') : null;
  } catch {
    return null;
  }
}

/** What the page's author should look at; visitors read the sentences of strings/chat.ts. */
const advice: Readonly<Partial<Record<ChatErrorCode, string>>> = {
  'url-missing': 'it needs the attribute supabase-url, the address of the Supabase project.',
  'url-invalid': 'the attribute supabase-url is not the address of a Supabase project.',
  'key-missing': 'it needs the attribute supabase-key, the publishable key of the Supabase project.',
  'key-refused': 'the server refused the key in the attribute supabase-key.',
  'room-missing': 'it needs the attribute room, the short name of the room.',
  'room-unknown': 'the server has no room of the name in the attribute room.',
};

/** @returns a sentence for the console, or null where the author has made no mistake */
export function adviceFor(problem: ChatErrorCode): string | null {
  const sentence = advice[problem];
  return sentence ? `<chat-room>: ${sentence}` : null;
}

/** Whether the visitor's trying again may help: where only the page's author can help, it leads nowhere. */
export const canTryAgain = (problem: ChatErrorCode): boolean => !(problem in advice);
