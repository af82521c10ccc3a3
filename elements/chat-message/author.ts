/** How many colours there are: author.styles.ts has a class for each. */
const hues = 8;

/** The class that colours an author, the same for the same id on every visitor's screen. */
export function hueOf(authorId: string): string {
  let hash = 0;
  for (let index = 0; index < authorId.length; index++) hash = (Math.imul(hash, 31) + authorId.charCodeAt(index)) >>> 0;
  return `hue-${hash % hues}`;
}

/** Made once: it is slow to make, and a room has thousands of names. */
let segmenter: Intl.Segmenter | null = null;

/** The first letter of a name as its reader sees it: 👩‍🎤 and é are one each, although made of several code points. */
export function initialOf(name: string): string {
  const trimmed = name.trim();
  if (!trimmed) return '?';
  segmenter ??= 'Segmenter' in Intl ? new Intl.Segmenter() : null;
  // A few dozen units are enough for the longest letter, and keep marks stacked by the hundred out of the circle.
  const start = trimmed.slice(0, 32);
  const [first] = segmenter ? segmenter.segment(start) : [];
  return (first?.segment ?? [...start][0] ?? '?').toLocaleUpperCase();
}

/** Whether marks are stacked so high in it that they leave their line: no language has four on a letter. */
export const isStacked = (text: string): boolean => /\p{M}{4}/u.test(text);
