/** From so many lines, or UTF-16 units, on a message is folded. */
const most = { lines: 16, units: 1600 };
/** What is shown of a folded one. Less than `most`: nothing is folded away for one line more. */
const shown = { lines: 10, units: 700 };

const joins = /[\p{M}\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]/u;

/** Back to where a letter ends: marks, modifiers and the second halves of pairs belong to what stands before them. */
function letterEnd(text: string, end: number): number {
  const first = Math.max(0, end - 64);
  while (end > first) {
    const next = String.fromCodePoint(text.codePointAt(end) ?? 32);
    const splitsPair = /[\udc00-\udfff]/.test(text.charAt(end)) && /[\ud800-\udbff]/.test(text.charAt(end - 1));
    if (!splitsPair && !joins.test(next) && text.charAt(end - 1) !== '\u200d') break;
    end--;
  }
  return end;
}

/** Where a long message is cut while it is folded, or null when it is shown whole. */
export function foldAt(body: string): number | null {
  let lines = 1;
  let end = body.length;
  for (let at = body.indexOf('\n'); at >= 0; at = body.indexOf('\n', at + 1)) {
    if (lines === shown.lines) end = at;
    if (++lines > most.lines) break;
  }
  if (lines <= most.lines) end = body.length;
  if (lines <= most.lines && body.length <= most.units) return null;
  if (end <= shown.units) return end;
  const space = body.slice(0, shown.units).search(/\s\S{0,80}$/u);
  return space > 0 ? space : letterEnd(body, shown.units);
}
