import { spokenTime } from './duration.js';

/** A sentence by the number in it, as `Intl.PluralRules` sorts numbers; `#` stands for the number. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** Numbers, times and lists as one language writes them. Making an `Intl` formatter is slow: each is made when first needed. */
export class Words {
  #numbers?: Intl.NumberFormat;
  #percents?: Intl.NumberFormat;
  #rules?: Intl.PluralRules;
  #lists?: Intl.ListFormat;
  #waits?: Intl.RelativeTimeFormat;
  #moments?: Intl.DateTimeFormat;

  /** @param tag as BCP 47 has it, and valid: `de-AT` */
  constructor(readonly tag: string) {}

  number(value: number): string {
    this.#numbers ??= new Intl.NumberFormat(this.tag);
    return this.#numbers.format(value);
  }

  /** @param level from 0 to 1 */
  percent(level: number): string {
    this.#percents ??= new Intl.NumberFormat(this.tag, { style: 'percent' });
    return this.#percents.format(level);
  }

  plural(count: number, forms: Forms): string {
    this.#rules ??= new Intl.PluralRules(this.tag);
    return (forms[this.#rules.select(count)] ?? forms.other).replace('#', () => this.number(count));
  }

  /** `you, Bob and Carol` */
  list(names: readonly string[]): string {
    this.#lists ??= new Intl.ListFormat(this.tag, { type: 'conjunction' });
    return this.#lists.format(names);
  }

  /** `1 minute 3 seconds` */
  time(ms: number): string {
    return spokenTime(ms, this.tag);
  }

  /** `5 minutes` */
  span(value: number, unit: 'second' | 'minute' | 'hour' | 'day'): string {
    return new Intl.NumberFormat(this.tag, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  }

  /** How long one waits: of hours nobody wants to hear the seconds. */
  wait(seconds: number): string {
    return this.time((seconds < 3600 ? seconds : Math.ceil(seconds / 60) * 60) * 1000);
  }

  /** `5 minutes`, in the largest unit that fits. */
  pause(seconds: number): string {
    if (seconds < 60) return this.span(seconds, 'second');
    return seconds < 3600 ? this.span(Math.round(seconds / 60), 'minute') : this.span(Math.round(seconds / 3600), 'hour');
  }

  /** `in 6 hours`: in the largest unit that fits, rounded up. Nobody counts 21,600 seconds. */
  later(seconds: number): string {
    this.#waits ??= new Intl.RelativeTimeFormat(this.tag);
    if (seconds < 90) return this.#waits.format(Math.ceil(seconds), 'second');
    return seconds < 5400 ? this.#waits.format(Math.ceil(seconds / 60), 'minute') : this.#waits.format(Math.ceil(seconds / 3600), 'hour');
  }

  /** The day and the time. @param at in ms since the epoch */
  moment(at: number): string {
    this.#moments ??= new Intl.DateTimeFormat(this.tag, { dateStyle: 'medium', timeStyle: 'short' });
    return this.#moments.format(at);
  }
}
