/** A piece of a message: plain text, or an address that may be followed. */
export type Piece = { readonly text: string; readonly href?: undefined } | { readonly text: string; readonly href: string };

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

/** Cuts a message into text and http(s) addresses. The pieces' texts together are the message, unchanged. */
export function pieces(body: string): Piece[] {
  const result: Piece[] = [];
  let from = 0;
  for (const match of body.matchAll(address)) {
    const text = match[0].slice(0, endOf(match[0]));
    const href = safeHref(text);
    if (!href) continue;
    if (match.index > from) result.push({ text: body.slice(from, match.index) });
    result.push({ text, href });
    from = match.index + text.length;
  }
  if (from < body.length) result.push({ text: body.slice(from) });
  return result;
}
