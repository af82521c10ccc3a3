import type { Member } from '../../src/chat/model.js';

/** Without case and marks: who types "jose" finds José. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Those of `members` whose name has the words of `query` in it. */
export function matching(members: readonly Member[], query: string): readonly Member[] {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (!wanted.length) return members;
  return members.filter(({ name }) => {
    const known = plain(name);
    return wanted.every((word) => known.includes(word));
  });
}
