/** Moments in the reader's language and time zone. Making an `Intl` formatter is slow, so each is made once a locale. */
interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly moment: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly dayWithYear: Intl.DateTimeFormat;
  readonly nearDay: Intl.RelativeTimeFormat;
}

const known = new Map<string, Formats>();

function formatsOf(locale: string | undefined): Formats {
  const key = locale ?? '';
  let formats = known.get(key);
  if (!formats) {
    formats = {
      time: new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }),
      moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
      day: new Intl.DateTimeFormat(locale, { weekday: 'long', month: 'long', day: 'numeric' }),
      dayWithYear: new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric' }),
      nearDay: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    };
    known.set(key, formats);
  }
  return formats;
}

/** Beyond this, `Date` and `Intl` throw; a wrong clock somewhere must not empty the timeline. */
const readable = (at: number): boolean => Math.abs(at) <= 8.64e15;

/** The hour and minute of `at` (ms since the epoch). @param locale BCP 47 tag; the browser's own if undefined */
export function timeOfDay(at: number, locale?: string): string {
  return readable(at) ? formatsOf(locale).time.format(at) : '';
}

/** The day and the hour of `at`. */
export function momentOf(at: number, locale?: string): string {
  return readable(at) ? formatsOf(locale).moment.format(at) : '';
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
  const formats = formatsOf(locale);
  const [then, today] = [new Date(at), new Date(now)];
  // Midnight to midnight by calendar date: days of 23 and 25 hours count as one.
  const number = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  const ago = number(then) - number(today);
  if (ago === 0 || ago === -1) {
    const name = formats.nearDay.format(ago, 'day');
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  }
  return (then.getFullYear() === today.getFullYear() ? formats.day : formats.dayWithYear).format(then);
}
