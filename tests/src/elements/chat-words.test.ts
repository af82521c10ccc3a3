import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emojiNameAt, tokenAt } from '../../../elements/chat-composer/token.js';
import { EmojiTable, loadEmoji, quickEmoji } from '../../../elements/chat-message/emoji.js';
import { foldAt } from '../../../elements/chat-message/excerpt.js';
import { pieces } from '../../../elements/chat-message/links.js';
import { namedIn } from '../../../elements/chat-message/mentions.js';
import { oneLine } from '../../../elements/chat-message/quote.js';
import { characters } from '../../../src/chat/model.js';
import { isEmoji } from '../../../src/chat/text.js';
import { chatPart } from '../../../src/strings/chat.js';
import { Words } from '../../../src/strings/words.js';

const members = ['Ann', 'Ann Lee', 'Bob', 'Zoë', '夏', 'a.b'].map((name) => ({ id: name, name }));
const named = (text: string): string[] => namedIn(text, members).map(({ member }) => member.id);

describe('members named in a text', () => {
  it.each([
    ['@Ann', ['Ann']],
    ['hi @Ann, and @Bob!', ['Ann', 'Bob']],
    ['@Ann Lee is not @Ann', ['Ann Lee', 'Ann']],
    ['@Zoë @夏 @a.b', ['Zoë', '夏', 'a.b']],
    ['(@Bob)', ['Bob']],
    ['@Anna', []],
    ['joanne@Ann', []],
    ['@ann', []],
    ['@ Bob', []],
    ['@@Bob', ['Bob']],
    ['Bob', []],
  ])('%s', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it('means both of one name', () => {
    expect(namedIn('@Ann', [{ id: '1', name: 'Ann' }, { id: '2', name: 'Ann' }]).map(({ member }) => member.id)).toEqual(['1', '2']);
  });

  it('takes no longer for a thousand members and four thousand signs', () => {
    const crowd = Array.from({ length: 1000 }, (_, index) => ({ id: String(index), name: `member ${index}` }));
    const started = performance.now();
    expect(namedIn('@'.repeat(3990) + '@member 7', crowd)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('is marked in the words, but not within an address', () => {
    const cut = pieces('@Bob see https://a.example/@Bob', members);
    expect(cut.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['mention @Bob', 'text  see ', 'link https://a.example/@Bob']);
  });
});

describe('the words of a message', () => {
  it('marks no more of a bomb than a page can bear', () => {
    expect(pieces('http://a.b '.repeat(360)).filter(({ kind }) => kind === 'link')).toHaveLength(24);
    expect(pieces('@Bob '.repeat(800), members).length).toBeLessThan(60);
  });

  it('shows no half of an address', () => {
    expect(pieces('see https://a.example/long', [], 14)).toEqual([{ kind: 'text', text: 'see ' }]);
  });

  it('folds what is long, by lines and by characters', () => {
    expect(foldAt('hello')).toBe(null);
    expect(foldAt('line\n'.repeat(15))).toBe(null);
    expect(foldAt('line\n'.repeat(200))).toBe('line\n'.repeat(10).length - 1);
    expect(foldAt('x'.repeat(1600))).toBe(null);
    expect(foldAt('x'.repeat(4000))).toBe(700);
    expect('la '.repeat(1300).slice(0, foldAt('la '.repeat(1300)) ?? 0)).toMatch(/la$/);
  });

  it('never cuts a letter in two', () => {
    const letters = fc.constantFrom('👩‍🎤', '🎵', 'e\u0301', '👍🏽', '❤️', 'x', '\ud83d', '\udc4b', '\n');
    fc.assert(
      fc.property(fc.array(letters, { minLength: 900, maxLength: 2000 }), (given) => {
        const body = given.join('');
        const end = foldAt(body);
        if (end === null || end === body.length) return;
        expect(end).toBeLessThanOrEqual(700);
        expect(/[\ud800-\udbff]$/.test(body.slice(0, end)) && /^[\udc00-\udfff]/.test(body.slice(end))).toBe(false);
        expect(body.slice(end)).not.toMatch(/^[\u200d\u0301\ufe0f]/);
      }),
    );
  });

  it('quotes the beginning in one line', () => {
    expect(oneLine(' a\n\n b ')).toBe('a b');
    expect(characters(oneLine('🎵'.repeat(4000)))).toBe(161);
  });
});

describe('what can be completed before the caret', () => {
  it.each([
    ['@', { kind: 'mention', typed: '', from: 0, to: 1 }],
    ['hi @an', { kind: 'mention', typed: 'an', from: 3, to: 6 }],
    ['@Ann Le', { kind: 'mention', typed: 'Ann Le', from: 0, to: 7 }],
    [':wa', { kind: 'emoji', typed: 'wa', from: 0, to: 3 }],
    ['so :+1', { kind: 'emoji', typed: '+1', from: 3, to: 6 }],
    ['me@mail', null],
    [':w', null],
    [':D', null],
    ['12:30', null],
    ['https://a', null],
    ['@Ann\nnext', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(tokenAt(text, text.length)).toEqual(expected);
  });

  it('is told of the text before the caret, and of no more', () => {
    expect(tokenAt('@an and more', 3)).toEqual({ kind: 'mention', typed: 'an', from: 0, to: 3 });
    expect(tokenAt(`${'x '.repeat(2000)}@an`, 4003)).toEqual({ kind: 'mention', typed: 'an', from: 4000, to: 4003 });
  });

  it('sees the colon that closes a name', () => {
    expect(emojiNameAt('hi :wave:', 9)).toEqual({ typed: 'wave', from: 3, to: 9 });
    expect(emojiNameAt('a::b:', 5)).toBe(null);
    expect(emojiNameAt('10:30:', 6)).toBe(null);
  });
});

describe('emoji by name', () => {
  it('are found by what they begin with, then by what is in them', () => {
    const table = new EmojiTable([['1', 'unlike'], ['2', 'like', 'thumbsup'], ['3', 'other']]);
    expect(table.search('LIKE', 5)).toEqual([{ emoji: '2', name: 'like' }, { emoji: '1', name: 'unlike' }]);
    expect(table.search('', 2)).toHaveLength(2);
    expect(table.named('ThumbsUp')).toBe('2');
    expect(table.named('like ')).toBe(null);
  });

  it('are reactions that a room takes, each name once', async () => {
    const table = await loadEmoji();
    const all = table.search('', 1000);
    expect(all.length).toBeGreaterThan(150);
    for (const { emoji } of [...quickEmoji, ...all]) expect(isEmoji(emoji), emoji).toBe(true);
    for (const { emoji, name } of [...quickEmoji, ...all]) expect(table.named(name), name).toBe(emoji);
  });
});

describe('the name of a reaction', () => {
  const { reaction } = chatPart.english(new Words('en'));

  it.each([
    [3, true, ['Bob', 'Cleo'], '👋, 3, you, Bob, and Cleo'],
    [2, true, ['Bob'], '👋, 2, you and Bob'],
    [1, false, ['Bob'], '👋, 1, Bob'],
    [12, false, ['Bob', 'Cleo'], '👋, 12, Bob, Cleo, and 10 others'],
    [2, true, [], '👋, 2, you and 1 other'],
    [4, false, [], '👋, 4'],
  ])('of %i, mine %s, %j', (count, mine, names, expected) => {
    expect(reaction('👋', count, mine, names)).toBe(expected);
  });
});
