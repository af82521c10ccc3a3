/** An emoji and the name it was found under, without colons. */
export interface Emoji {
  readonly emoji: string;
  readonly name: string;
}

/** What can be found by name. */
export class EmojiTable {
  /** @param lines an emoji and its names each, in the order in which they are offered */
  constructor(private readonly lines: readonly (readonly string[])[]) {}

  /** @param name without its colons, in either case */
  named(name: string): string | null {
    const wanted = name.toLowerCase();
    return this.lines.find(([, ...names]) => names.includes(wanted))?.[0] ?? null;
  }

  /** Those whose names begin so, then those that have it further on. */
  search(typed: string, most: number): Emoji[] {
    const wanted = typed.toLowerCase();
    const begins: Emoji[] = [];
    const contains: Emoji[] = [];
    for (const [emoji = '', ...names] of this.lines) {
      const first = names.find((name) => name.startsWith(wanted));
      const other = first ?? names.find((name) => name.includes(wanted));
      if (other) (first ? begins : contains).push({ emoji, name: other });
    }
    return [...begins, ...contains].slice(0, most);
  }
}

/** What the picker offers at once. In the page from the start: six emoji are smaller than the question for them. */
export const quickEmoji: readonly Emoji[] = [
  { emoji: '👍', name: 'thumbsup' },
  { emoji: '❤️', name: 'heart' },
  { emoji: '😂', name: 'joy' },
  { emoji: '🎉', name: 'tada' },
  { emoji: '🔥', name: 'fire' },
  { emoji: '👋', name: 'wave' },
];

let loading: Promise<EmojiTable> | null = null;

/** The table, loaded when it is first wanted and kept. Rejects where it cannot be had; the next call tries again. */
export function loadEmoji(): Promise<EmojiTable> {
  // eslint-disable-next-line no-restricted-syntax -- names one module, which imports nothing (I1)
  loading ??= import('./emoji-table.js').then(({ lines }) => new EmojiTable(lines));
  loading.catch(() => (loading = null));
  return loading;
}
