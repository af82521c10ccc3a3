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

/** A reaction as the database will store it; empty when it will refuse it. */
export function cleanReaction(emoji: string): string {
  const fit = emoji.length > 0 && !/\s/u.test(emoji) && !blank.test(emoji) && characters(emoji) <= limits.reaction;
  return fit && storable(emoji) === emoji ? emoji : '';
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
