import { characters, limits, type ChatProblem } from './model.js';

/** White space and what has no width: a text of these alone shows nothing. As private.is_blank in supabase/migrations. */
const blank = /^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]*$/u;
/** Control characters, and direction overrides, which would turn the words around a name as well. */
const unfitForNames = /[\u0001-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;
const overrides = /[\u202a-\u202e\u2066-\u2069]/gu;
const breaks = /[\u0001-\u001f\u007f-\u009f\u2028\u2029]+/gu;

/** The name as the database will store it, or null when it will refuse it. As private.clean_name in supabase/migrations. */
export function cleanName(name: string): string | null {
  const clean = storable(name).replace(/\s+/gu, ' ').trim();
  return blank.test(clean) || characters(clean) > limits.name || unfitForNames.test(clean) ? null : clean;
}

/** The message as it is sent. */
export function cleanMessage(body: string): string {
  const text = storable(body).trim();
  return blank.test(text) ? '' : text;
}

/** What is wrong with a message that is to be sent, or null. @param text as `cleanMessage` gives it */
export function unfit(text: string): ChatProblem | null {
  if (text === '') return { code: 'message-empty' };
  return characters(text) > limits.message ? { code: 'message-too-long' } : null;
}

/**
 * Pictures, in blocks which emoji still to come are in, and not `\p{Extended_Pictographic}`: what that holds depends on the
 * browser's Unicode, and the database decides by these.
 */
const picture =
  String.raw`[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa` +
  String.raw`\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2775\u2794-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55` +
  String.raw`\u3030\u303d\u3297\u3299\u{1f004}\u{1f0cf}\u{1f170}\u{1f171}\u{1f17e}\u{1f17f}\u{1f18e}\u{1f191}-\u{1f19a}` +
  String.raw`\u{1f201}\u{1f202}\u{1f21a}\u{1f22f}\u{1f232}-\u{1f23a}\u{1f250}\u{1f251}\u{1f300}-\u{1f3fa}` +
  String.raw`\u{1f400}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f7e0}-\u{1f7ff}\u{1f90c}-\u{1f9ff}\u{1fa70}-\u{1faff}]` +
  String.raw`[\ufe0f\u{1f3fb}-\u{1f3ff}]?`;
/** As private.is_emoji in supabase/migrations: flags, keycaps, flags of regions, up to four pictures that are joined. */
const emojiForm = new RegExp(
  String.raw`^(?:[\u{1f1e6}-\u{1f1ff}]{2}|[0-9#*]\ufe0f?\u20e3|\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}` +
    String.raw`|${picture}(?:\u200d${picture}){0,3})$`,
  'u',
);

/** Whether a text is one emoji: what the database stores as a reaction. */
export function isEmoji(text: string): boolean {
  return emojiForm.test(text);
}

/** A title or names as the database will store them: one line, cut. As private.one_line in supabase/migrations. */
export function oneLine(text: string, most: number): string {
  const line = storable(text).replace(overrides, '').replace(breaks, ' ').trim();
  if (line.length <= most) return line;
  let end = 0;
  for (const character of line) {
    if (most-- === 0) break;
    end += character.length;
  }
  return line.slice(0, end).trim();
}

export function isBlank(text: string): boolean {
  return blank.test(text);
}

/** Without what Postgres cannot store in a text: NUL, and halves of surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
