/** Letters without their accents and case, so that `ol` finds `Öl`. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLocaleLowerCase('en');

/** `track:low artist:"marisol quay" tide` → words to find anywhere, and words to find in one field. */
function parse(query: string): { field: string | null; text: string }[] {
  const terms = [...query.matchAll(/(?:(track|album|artist):)?(?:"([^"]*)"|(\S+))/giu)];
  return terms
    .map(([, field, quoted, word]) => ({ field: field?.toLowerCase() ?? null, text: fold(quoted ?? word ?? '') }))
    .filter(({ text }) => text !== '');
}

/** What an item is found by. The first field is the one it is called by. */
export type Fields = Readonly<Record<string, string>>;

/** The items that match every term of `query`: the ones called so first, otherwise in the catalogue's order. */
export function find<T>(query: string, items: readonly T[], fieldsOf: (item: T) => Fields): T[] {
  const terms = parse(query);
  const whole = fold(query.trim());
  const words = terms.filter(({ field }) => field === null);
  const found: { item: T; rank: number }[] = [];
  for (const item of items) {
    const fields = Object.entries(fieldsOf(item)).map(([name, text]) => [name, fold(text)] as const);
    const matches = terms.every(({ field, text }) =>
      fields.some(([name, value]) => (field === null || field === name) && value.includes(text)),
    );
    if (!matches) continue;
    const name = fields[0]?.[1] ?? '';
    found.push({
      item,
      rank: name === whole ? 0 : name.startsWith(whole) ? 1 : words.every(({ text }) => name.includes(text)) ? 2 : 3,
    });
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}
