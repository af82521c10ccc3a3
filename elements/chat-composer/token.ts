/** What stands before the caret and can be completed. */
export interface Token {
  readonly kind: 'mention' | 'emoji';
  /** Without its sign. */
  readonly typed: string;
  /** Where its sign stands, in UTF-16 units. */
  readonly from: number;
  /** Where the caret is. */
  readonly to: number;
}

/** A name may have spaces; whether it goes on after one, the members tell. A name has 40 characters at most. */
const mention = /(?<![\p{L}\p{N}_])@([^@\n]{0,80})$/u;
/** Two letters and more: `:D` is a smile of its own. Not within `12:30` or `a::b`. */
const emoji = /(?<![\p{L}\p{N}_:]):([a-z0-9_+-]{2,32})$/iu;
const named = /(?<![\p{L}\p{N}_:]):([a-z0-9_+-]{1,32}):$/iu;

/** So much before the caret is looked at: a long text must not be searched at each keystroke. */
const reach = 128;

function match(pattern: RegExp, text: string, caret: number): { typed: string; from: number; to: number } | null {
  const start = Math.max(0, caret - reach);
  const found = pattern.exec(text.slice(start, caret));
  return found ? { typed: found[1] ?? '', from: start + found.index, to: caret } : null;
}

export function tokenAt(text: string, caret: number): Token | null {
  const name = match(emoji, text, caret);
  if (name) return { kind: 'emoji', ...name };
  const member = match(mention, text, caret);
  return member && { kind: 'mention', ...member };
}

/** `:wave:` that was just closed: its name, and where it stands. */
export const emojiNameAt = (text: string, caret: number): Omit<Token, 'kind'> | null => match(named, text, caret);
