import { expect, it } from 'vitest';
import { dayName, timeOfDay } from '../../../elements/chat-message/time.js';

const at = new Date(2026, 10, 23, 14, 5).getTime();
const later = new Date(2026, 10, 30).getTime();
const nextYear = new Date(2027, 0, 2).getTime();
const yesterday = new Date(2026, 10, 22, 23, 59).getTime();

/** Versions of Intl differ in which space they put before PM, and in marks of direction. */
const plain = (text: string): string => text.replace(/\s/gu, ' ').replace(/[\u200e\u200f]/gu, '');

it.each([
  ['en', '2:05 PM', 'Today', 'Yesterday', 'Monday, November 23', 'November 23, 2026'],
  ['de', '14:05', 'Heute', 'Gestern', 'Montag, 23. November', '23. November 2026'],
  ['fr', '14:05', 'Aujourd’hui', 'Hier', 'Lundi 23 novembre', '23 novembre 2026'],
  ['es', '14:05', 'Hoy', 'Ayer', 'Lunes, 23 de noviembre', '23 de noviembre de 2026'],
  ['pt', '14:05', 'Hoje', 'Ontem', 'Segunda-feira, 23 de novembro', '23 de novembro de 2026'],
  ['ja', '14:05', '今日', '昨日', '11月23日月曜日', '2026年11月23日'],
  ['ar', '2:05 م', 'اليوم', 'أمس', 'الاثنين، 23 نوفمبر', '23 نوفمبر 2026'],
  ['he', '14:05', 'היום', 'אתמול', 'יום שני, 23 בנובמבר', '23 בנובמבר 2026'],
])('times in %s', (language, time, today, dayBefore, day, dayWithYear) => {
  expect(plain(timeOfDay(at, language))).toBe(time);
  expect(dayName(at, at, language)).toBe(today);
  expect(dayName(yesterday, at, language)).toBe(dayBefore);
  expect(plain(dayName(at, later, language))).toBe(day);
  expect(plain(dayName(at, nextYear, language))).toBe(dayWithYear);
});
