import { namedIn } from './mentions.js';

/** A piece of a message: plain text, an address that may be followed, or a member's name. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mention'; readonly text: string };

/** So many of a message's addresses and names are marked; the rest stays text, or one message could fill the page with nodes. */
const marked = 24;

/**
 * Addresses begin with their scheme in full: a bare `example.com` is as often a typing slip as an address. They end at
 * white space, at quotes and angle brackets, and at controls that reorder text: `\u202e` in an address could show
 * another one than it leads to.
 */
const address = /\bhttps?:\/\/[^\s<>"'`“”‘’„«»\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/giu;

const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Where the address ends: what closes the sentence around it is not part of it, `(see https://a.example/b)`. */
function endOf(found: string): number {
  const depth = new Map<string, number>();
  for (const character of found) depth.set(character, (depth.get(character) ?? 0) + 1);
  let end = found.length;
  for (; end > 0; end--) {
    const last = found.charAt(end - 1);
    const opener = closers[last];
    if (opener) {
      // A closer that has its opener inside belongs to the address: https://en.wikipedia.example/wiki/Blue_(song)
      if ((depth.get(last) ?? 0) <= (depth.get(opener) ?? 0)) break;
      depth.set(last, (depth.get(last) ?? 0) - 1);
    } else if (!'.,;:!?*_~…'.includes(last)) break;
  }
  return end;
}

/** The address in its normal form, or null where it is none that one should follow. */
function safeHref(text: string): string | null {
  try {
    const { protocol, username, password, href } = new URL(text);
    // https://bank.example@evil.example leads elsewhere than it seems to.
    const honest = (protocol === 'https:' || protocol === 'http:') && !username && !password;
    return honest ? href : null;
  } catch {
    return null;
  }
}

function links(body: string): { readonly from: number; readonly piece: Piece }[] {
  const found: { from: number; piece: Piece }[] = [];
  for (const match of body.matchAll(address)) {
    const text = match[0].slice(0, endOf(match[0]));
    const href = safeHref(text);
    if (href) found.push({ from: match.index, piece: { kind: 'link', text, href } });
    if (found.length === marked) break;
  }
  return found;
}

/**
 * Cuts a message into text, http(s) addresses and the names of `members`. The pieces' texts together are the message,
 * unchanged, up to `end`: an address that goes beyond is left out, for half of it would lead elsewhere.
 */
export function pieces(body: string, members: readonly { readonly name: string }[] = [], end = body.length): Piece[] {
  const names = namedIn(body, members).map(({ from, to }) => ({ from, piece: { kind: 'mention', text: body.slice(from, to) } as const }));
  const marks = [...links(body), ...names].sort((a, b) => a.from - b.from);
  const result: Piece[] = [];
  let from = 0;
  let count = 0;
  for (const { from: start, piece } of marks) {
    // A name within an address, or the same name of two members.
    if (start < from) continue;
    if (count++ === marked || start >= end) break;
    if (start > from) result.push({ kind: 'text', text: body.slice(from, start) });
    from = start + piece.text.length;
    if (from > end) return result;
    result.push(piece);
  }
  if (from < end) result.push({ kind: 'text', text: body.slice(from, end) });
  return result;
}
