import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { chatPart } from '../../../src/strings/chat.js';
import type { Language } from '../../../src/strings/language.js';
import { directionOf, Languages, languages } from '../../../src/strings/languages.js';
import { moderationPart } from '../../../src/strings/moderation.js';
import { playerPart } from '../../../src/strings/player.js';
import { merge } from '../../../src/strings/replaced.js';

const parts = [playerPart, chatPart, moderationPart] as const;
const others = languages.codes.filter((code) => code !== 'en');
const tongue = (code: string) => ({ code, tag: code });
const english = (part: (typeof parts)[number]): object => languages.sentences<object>(part, tongue('en'));

/** Every path to a sentence, and what is there. */
function* leaves(sentences: object, within = ''): Generator<[path: string, value: unknown]> {
  for (const [key, value] of Object.entries(sentences)) {
    const path = `${within}${key}`;
    if (typeof value === 'object' && value !== null) yield* leaves(value, `${path}.`);
    else yield [path, value];
  }
}

/** What sentences are filled in with, as far as a number will not do. */
const given: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  typing: [[['Ann'], 1], [['Ann', 'Bob'], 2], [['Ann', 'Bob'], 5]],
  reaction: [
    ['🔥', 1, true, []],
    ['🔥', 5, false, ['Ann', 'Bob']],
    ['🔥', 0, false, []],
  ],
  problem: [[{ code: 'muted', waitSeconds: 90 }], [{ code: 'banned', until: Date.UTC(2031, 4, 5) }], [{ code: 'network' }]],
  bannedUntil: [['tomorrow'], [null]],
  'member.mutedUntil': [['tomorrow'], [null]],
  'member.banQuestion': [['Ann', true], ['Ann', false]],
  openCollection: [['Blue', 'Joni'], ['Blue', '']],
  saidShared: [['Ann', 'Blue', 'Joni'], ['Ann', 'Blue', '']],
};
const counts = [0, 1, 2, 5, 11, 1234].map((count) => [count, count, count] as const);

describe.each(others)('the sentences in %s', (code) => {
  it.each(parts)('of the $name are all there, none is empty that says something in English, and each can be filled in', async (part) => {
    await languages.load(code);
    const own = new Map(leaves(languages.sentences<object>(part, tongue(code))));
    const first = new Map(leaves(english(part)));
    expect([...own.keys()].sort()).toEqual([...first.keys()].sort());
    for (const [path, value] of own) {
      expect(typeof value, path).toBe(typeof first.get(path));
      if (typeof value === 'function') {
        for (const args of given[path] ?? counts) {
          const said: unknown = Reflect.apply(value, null, args);
          expect(said, path).toMatch(/\S/);
          expect(said, path).not.toMatch(/undefined|NaN|\[object|#|null/);
        }
      } else if (first.get(path) !== '') expect(value, path).toMatch(/\S/);
    }
  });

  it('say what went wrong with every problem', async () => {
    await languages.load(code);
    const { problems } = languages.sentences(playerPart, tongue(code));
    expect(new Set(Object.values(problems)).size).toBe(Object.keys(problems).length);
    const { problem } = languages.sentences(chatPart, tongue(code));
    for (const wrong of ['muted', 'slow-mode', 'rate-limited', 'banned'] as const) {
      expect(problem({ code: wrong, waitSeconds: 7200, until: wrong === 'banned' ? 7200 : undefined })).not.toBe(problem({ code: wrong }));
    }
  });
});

describe('numbers, times and lists', () => {
  it('take the form that the language has for them', async () => {
    await Promise.all(others.map((code) => languages.load(code)));
    const arabic = languages.sentences(playerPart, tongue('ar'));
    expect([1, 2, 3, 11].map((count) => arabic.results(count).replace(/[\d٠-٩]+/u, ''))).toEqual(['نتيجة واحدة', 'نتيجتان', ' نتائج', ' نتيجة']);
    expect(languages.sentences(playerPart, tongue('de')).retryIn(63)).toMatch(/^Neuer Versuch in 1 Minute,? (und )?3 Sekunden möglich\.$/);
    expect(languages.sentences(chatPart, { code: 'de', tag: 'de-CH' }).count(12_345)).toBe(new Intl.NumberFormat('de-CH').format(12_345));
    expect(languages.sentences(chatPart, tongue('fr')).newMessages(0)).toBe('0 nouveau message');
    expect(languages.sentences(chatPart, tongue('es')).problem({ code: 'muted', waitSeconds: 7200 })).toContain('dentro de 2 horas');
  });
});

describe('the language of a place', () => {
  it('falls back from a region to its language, and from what has no sentences to English', () => {
    expect(languages.resolve('de-AT', [])).toEqual({ code: 'de', tag: 'de-AT' });
    expect(languages.resolve('PT-br', [])).toEqual({ code: 'pt', tag: 'pt-BR' });
    expect(languages.resolve('iw', [])).toEqual({ code: 'he', tag: 'he' });
    for (const lang of [null, '', 'sv', 'constructor', '__proto__', 'de_', 'zh-Hant-TW']) expect(languages.resolve(lang, []).code, String(lang)).toBe('en');
  });

  it('takes the dates of the reader’s region where the page names none', () => {
    expect(languages.resolve('de', ['en-US', 'de-CH'])).toEqual({ code: 'de', tag: 'de-CH' });
    expect(languages.resolve(null, ['de-CH', 'en-GB'])).toEqual({ code: 'en', tag: 'en-GB' });
    expect(languages.resolve('de-AT', ['de-CH']).tag).toBe('de-AT');
  });

  it('is one that there are sentences in, whatever a page says, and one that Intl takes', () => {
    const subtag = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
    const tag = fc.tuple(fc.oneof(fc.constantFrom(...languages.codes), subtag), fc.array(subtag, { maxLength: 3 })).map(([first, rest]) => [first, ...rest].join('-'));
    fc.assert(
      fc.property(fc.oneof(tag, fc.string()), fc.array(fc.oneof(tag, fc.string()), { maxLength: 3 }), (lang, reader) => {
        const found = languages.resolve(lang, reader);
        expect(languages.codes).toContain(found.code);
        expect(found.tag.split('-')[0]).toBe(found.code);
        expect(() => new Intl.NumberFormat(found.tag)).not.toThrow();
      }),
    );
  });

  it('is read from the right in Arabic and Hebrew', () => {
    expect(languages.codes.filter((code) => directionOf(tongue(code)) === 'rtl')).toEqual(['ar', 'he']);
  });
});

describe('a language that is fetched', () => {
  const german = (): Language => ({ player: () => ({ ...playerPart.english }) as never, chat: () => ({}) as never, moderation: () => ({}) as never });

  it('is fetched once, and until then its sentences are English', async () => {
    const loader = vi.fn(() => Promise.resolve({ language: german() }));
    const own = new Languages({ de: loader });
    expect(own.sentences(playerPart, tongue('de'))).toBe(own.sentences(playerPart, tongue('en')));
    await Promise.all([own.load('de'), own.load('de')]);
    expect(own.load('de')).toBeNull();
    expect(loader).toHaveBeenCalledTimes(1);
    expect(own.sentences(playerPart, tongue('de'))).not.toBe(own.sentences(playerPart, tongue('en')));
  });

  it('stays English with one warning where it cannot be had', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const loader = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
    const own = new Languages({ de: loader });
    await own.load('de');
    await own.load('de');
    expect(loader).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(own.sentences(playerPart, tongue('de')).play).toBe('Play');
    warn.mockRestore();
  });
});

describe('sentences that a page gives', () => {
  const base = languages.sentences(chatPart, tongue('en'));

  it('stand in place of the language’s, also deep within, and leave the others', () => {
    const own = { send: 'Off it goes', marks: { owner: 'boss' }, unread: (count: number) => `${count}!` };
    const both = merge(base, own);
    expect([both.send, both.marks.owner, both.marks.guest, both.unread(3), both.join]).toEqual(['Off it goes', 'boss', 'guest', '3!', 'Join']);
    expect(merge(base, own)).toBe(both);
  });

  it('are passed over with a warning where they are none of Roomtone’s, or no function where one is needed', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const both = merge(base, { sned: 'x', unread: 'new', marks: { boss: 'x' } });
    expect(both.unread(2)).toBe('2 new');
    expect(warn.mock.calls.map(([text]) => String(text).slice(0, 16))).toEqual(['“sned” among the', '“unread” among t', '“marks.boss” amo']);
    warn.mockRestore();
  });
});
