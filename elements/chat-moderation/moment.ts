let format: Intl.DateTimeFormat | null = null;

/** A day and a time as the reader writes them; null for good. @param at in ms since the epoch */
export function momentOf(at: number): string | null {
  if (!Number.isFinite(at)) return null;
  format ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(at);
}
