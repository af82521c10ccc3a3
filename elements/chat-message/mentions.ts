/** Where a member is named in a text, in UTF-16 units. */
export interface Named<T> {
  readonly from: number;
  readonly to: number;
  readonly member: T;
}

const letter = /[\p{L}\p{N}\p{M}_]/u;

/** Whether a word goes on at `index`: `@Ann` is not in `@Anna`, nor in `joanne@Ann`. */
const isInWord = (text: string, index: number): boolean => letter.test(String.fromCodePoint(text.codePointAt(index) ?? 32));

/**
 * Finds `@` and a name in `text`. Of names that begin alike the longest one counts; two members of one name are both
 * meant. By length and not by member: a room has a thousand of them, a hostile text thousands of `@`.
 */
export function namedIn<T extends { readonly name: string }>(text: string, members: readonly T[]): Named<T>[] {
  if (!text.includes('@') || !members.length) return [];
  const byName = new Map<string, T[]>();
  for (const member of members) if (member.name) byName.set(member.name, [...(byName.get(member.name) ?? []), member]);
  const lengths = [...new Set([...byName.keys()].map(({ length }) => length))].sort((a, b) => b - a);
  const found: Named<T>[] = [];
  for (let from = text.indexOf('@'); from >= 0; from = text.indexOf('@', from + 1)) {
    if (from > 0 && isInWord(text, from - 1)) continue;
    const length = lengths.find((size) => byName.has(text.slice(from + 1, from + 1 + size)) && !isInWord(text, from + 1 + size));
    if (length === undefined) continue;
    const to = from + 1 + length;
    for (const member of byName.get(text.slice(from + 1, to)) ?? []) found.push({ from, to, member });
  }
  return found;
}
