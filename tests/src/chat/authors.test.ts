import { describe, expect, it } from 'vitest';
import { authorKey, authorsOf } from '../../../src/chat/authors.js';
import { plainMessage, type TimelineMessage } from '../../../src/chat/model.js';

const said = (authorId: string | null, authorName: string, mine = false): TimelineMessage => ({
  ...plainMessage,
  id: `${authorName} ${Math.random()}`,
  authorId: authorKey({ authorId, authorName }),
  authorName,
  body: 'Hello',
  track: null,
  at: 0,
  mine,
  state: 'sent',
  problem: null,
});

describe('who wrote', () => {
  it('is told by the last name, who wrote last first, without oneself and accounts that are gone', () => {
    const messages = [said('ann', 'Ann'), said('bob', 'Bob'), said('me', 'Me', true), said(null, 'Old'), said('ann', 'Ann Lee')];
    expect(authorsOf(messages)).toEqual([
      { id: 'ann', name: 'Ann Lee' },
      { id: 'bob', name: 'Bob' },
    ]);
    expect(authorsOf(messages)).toBe(authorsOf(messages));
    expect(authorsOf([])).toEqual([]);
  });
});
