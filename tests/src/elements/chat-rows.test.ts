import { describe, expect, it } from 'vitest';
import { dayName, timeOfDay } from '../../../elements/chat-message/time.js';
import { hueOf, initialOf } from '../../../elements/chat-message/author.js';
import { Arrivals } from '../../../elements/chat-timeline/arrivals.js';
import { rowsOf } from '../../../elements/chat-timeline/rows.js';
import { conversation, message, noon, own } from '../../elements/support/chat-session.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** The rows in short: `-` a day, `A` the first of a group, `a` one that continues it. */
const shape = (messages: Parameters<typeof rowsOf>[0]): string =>
  rowsOf(messages)
    .map((row) => {
      if (row.kind === 'day') return '-';
      const letter = row.message.authorName.charAt(0);
      return row.grouped ? letter.toLowerCase() : letter.toUpperCase();
    })
    .join('');

describe('rows', () => {
  it('stay together while one author goes on within five minutes', () => {
    expect(shape([message({ at: noon }), message({ at: noon + 5 * minute }), message({ at: noon + 10 * minute + 1 })])).toBe('-BbB');
  });

  it('part when somebody else speaks', () => {
    expect(shape([message({ at: noon }), own({ at: noon }), message({ at: noon })])).toBe('-BAB');
  });

  it('part at midnight, even within a group', () => {
    const midnight = new Date(2026, 10, 4).getTime();
    expect(shape([message({ at: midnight - 1000 }), message({ at: midnight + 1000 })])).toBe('-B-B');
  });

  it('have keys of their own, also when a pending message carries another day’s date', () => {
    const keys = rowsOf([message({ at: noon }), own({ at: noon - day }), message({ at: noon + 1 })]).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('survive a moment that no calendar has', () => {
    expect(shape([message({ at: Infinity }), message({ at: NaN })])).toBe('BB');
    expect(timeOfDay(NaN)).toBe('');
  });
});

describe('the name of a day', () => {
  const now = new Date(2026, 10, 23, 9).getTime();
  it.each([
    ['en', new Date(2026, 10, 23, 1), 'Today'],
    ['en', new Date(2026, 10, 22, 23, 59), 'Yesterday'],
    ['en', new Date(2026, 10, 17, 12), 'Tuesday, November 17'],
    ['en', new Date(2025, 10, 17, 12), 'November 17, 2025'],
    ['de', new Date(2026, 10, 23, 1), 'Heute'],
    ['de', new Date(2026, 10, 17, 12), 'Dienstag, 17. November'],
  ])('in %s, %s', (locale, at, name) => {
    expect(dayName(at.getTime(), now, locale)).toBe(name);
  });

  it('counts a day of 23 hours as one', () => {
    const march = (date: number, hour: number): number => new Date(2026, 2, date, hour).getTime();
    expect(dayName(march(29, 1), march(30, 0), 'en')).toBe('Yesterday');
  });
});

describe('arrivals', () => {
  it('are what others write after the first look', () => {
    const arrivals = new Arrivals();
    const before = conversation(4);
    expect(arrivals.take(before)).toEqual([]);
    const [first, mine, second] = [message(), own(), message()];
    expect(arrivals.take([...before, first, mine, second])).toEqual([first, second]);
    expect(arrivals.take([...before, first, mine, second])).toEqual([]);
  });

  it('are never history that was loaded above', () => {
    const arrivals = new Arrivals();
    const page = conversation(10, 50);
    arrivals.take(page);
    expect(arrivals.take([...conversation(50), ...page])).toEqual([]);
  });

  it('are found above one’s own message that was confirmed in the same moment', () => {
    const arrivals = new Arrivals();
    const pending = own({ state: 'sending' });
    arrivals.take([message({ id: 'old' }), pending]);
    const news = message();
    expect(arrivals.take([message({ id: 'old' }), news, { ...pending, state: 'sent' }])).toEqual([news]);
  });

  it('are the first words in an empty room too', () => {
    const arrivals = new Arrivals();
    arrivals.take([]);
    const news = message();
    expect(arrivals.take([news])).toEqual([news]);
  });

  it('are none when the list was replaced', () => {
    const arrivals = new Arrivals();
    arrivals.take(conversation(5));
    expect(arrivals.take(conversation(5, 100))).toEqual([]);
  });
});

describe('an author', () => {
  it('has one colour of eight everywhere', () => {
    expect(hueOf('3f1c')).toBe(hueOf('3f1c'));
    const all = new Set(Array.from({ length: 200 }, (_, index) => hueOf(crypto.randomUUID() + index)));
    expect(all.size).toBe(8);
  });

  it.each([
    ['ann', 'A'],
    ['  élan', 'É'],
    ['👩‍🎤 star', '👩‍🎤'],
    ['夏目', '夏'],
    ['', '?'],
  ])('%s has the initial %s', (name, initial) => {
    expect(initialOf(name)).toBe(initial);
  });
});
