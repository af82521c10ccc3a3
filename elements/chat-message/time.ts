/** How moments are written in the reader's language and time zone. */
const styles = {
  time: { hour: 'numeric', minute: '2-digit' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'long', month: 'long', day: 'numeric' },
  dayWithYear: { year: 'numeric', month: 'long', day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making an `Intl` formatter takes a millisecond, so each is made when it is needed, once for a locale. */
const known = new Map<string, Intl.DateTimeFormat>();
const nearDays = new Map<string | undefined, Intl.RelativeTimeFormat>();

function write(style: keyof typeof styles, at: number, locale: string | undefined): string {
  const key = `${style} ${locale}`;
  let format = known.get(key);
  if (!format) known.set(key, (format = new Intl.DateTimeFormat(locale, styles[style])));
  return format.format(at);
}

/** Beyond this, `Date` and `Intl` throw; a wrong clock somewhere must not empty the timeline. */
const readable = (at: number): boolean => Math.abs(at) <= 8.64e15;

/** The hour and minute of `at` (ms since the epoch). @param locale BCP 47 tag; the browser's own if undefined */
export function timeOfDay(at: number, locale?: string): string {
  return readable(at) ? write('time', at, locale) : '';
}

/** The day and the hour of `at`. */
export function momentOf(at: number, locale?: string): string {
  return readable(at) ? write('moment', at, locale) : '';
}

/** For the attribute `datetime`. */
export function machineTime(at: number): string {
  return readable(at) ? new Date(at).toISOString() : '';
}

/** The calendar day of `at` where the reader is: `2026-11-23`. */
export function dayOf(at: number): string {
  if (!readable(at)) return '';
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `Today`, `Yesterday`, a weekday with its date, or with the year where it is not this one. */
export function dayName(at: number, now: number, locale?: string): string {
  if (!readable(at)) return '';
  const [then, today] = [new Date(at), new Date(now)];
  // Midnight to midnight by calendar date: days of 23 and 25 hours count as one.
  const number = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  const ago = number(then) - number(today);
  if (ago === 0 || ago === -1) {
    let nearDay = nearDays.get(locale);
    if (!nearDay) nearDays.set(locale, (nearDay = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })));
    return standing(nearDay.format(ago, 'day'), locale);
  }
  return standing(write(then.getFullYear() === today.getFullYear() ? 'day' : 'dayWithYear', at, locale), locale);
}

/** Intl writes for the middle of a sentence: French and Spanish have small days. */
const standing = (name: string, locale: string | undefined): string => name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
