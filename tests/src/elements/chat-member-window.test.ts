import { describe, expect, it } from 'vitest';
import { matching } from '../../../elements/chat-members/matches.js';
import { sliceOf, wholeUpTo } from '../../../elements/chat-members/member-window.js';
import { isMuted, mayModerate } from '../../../elements/chat-members/rank.js';
import { invitationIn, invitationLink } from '../../../elements/chat-room/invitation.js';
import { plainMember, type Member, type Role } from '../../../src/chat/model.js';

const rows = (count: number, height = 40): number[] => Array.from({ length: count }, () => height);
const member = (given: Partial<Member>): Member => ({ ...plainMember, id: 'x', name: 'X', ...given });

describe('the window over the members', () => {
  it('is the whole list where that is short', () => {
    expect(sliceOf(rows(wholeUpTo), 500, 300)).toEqual({ first: 0, end: wholeUpTo, above: 0, below: 0 });
  });

  it.each([0, 399, 5_000, 20_000, 39_700, 1e9])('keeps what is seen and a margin, and the height of all, at %d px', (top) => {
    const { first, end, above, below } = sliceOf(rows(1_000), top, 300);
    const shown = Math.min(top, 40_000 - 300);
    expect(above).toBe(first * 40);
    expect(above + (end - first) * 40 + below).toBe(40_000);
    expect(above).toBeLessThanOrEqual(shown);
    expect(above + (end - first) * 40).toBeGreaterThanOrEqual(Math.min(shown + 300, 40_000));
    expect(end - first).toBeLessThan(35);
  });

  it('counts rows of different heights', () => {
    const heights = rows(1_000).map((height, index) => (index % 2 ? 76 : height));
    const { first, end, above, below } = sliceOf(heights, 29_000, 300);
    const sum = (from: number, to: number): number => heights.slice(from, to).reduce((total, height) => total + height, 0);
    expect(above).toBe(sum(0, first));
    expect(below).toBe(sum(end, 1_000));
  });
});

describe('searching the members', () => {
  const names = (query: string): string[] =>
    matching(['José Ángel', 'Anna', 'ANNABEL', 'Bob'].map((name) => member({ name })), query).map(({ name }) => name);

  it('finds by parts of the name, whatever their order, case and marks', () => {
    expect(names('ann')).toEqual(['Anna', 'ANNABEL']);
    expect(names('angel jose')).toEqual(['José Ángel']);
    expect(names('  ')).toHaveLength(4);
    expect(names('.*')).toEqual([]);
  });
});

describe('who may moderate whom', () => {
  const roles: readonly Role[] = ['member', 'moderator', 'owner'];
  const allowed = (role: Role): Role[] => roles.filter((other) => mayModerate(member({ id: 'me', role }), member({ role: other })));

  it('is decided by both ranks', () => {
    expect(allowed('member')).toEqual([]);
    expect(allowed('moderator')).toEqual(['member']);
    expect(allowed('owner')).toEqual(['member', 'moderator']);
    expect(mayModerate(null, member({}))).toBe(false);
    expect(mayModerate(member({ role: 'owner' }), member({}))).toBe(false);
  });

  it('tells a mute that lasts from one that is over', () => {
    expect(isMuted(member({ mutedUntil: Infinity }), 5)).toBe(true);
    expect(isMuted(member({ mutedUntil: 5 }), 5)).toBe(false);
    expect(isMuted(member({}), 5)).toBe(false);
  });
});

describe('an invitation’s link', () => {
  it('is the page’s own address with the token in it', () => {
    const link = invitationLink('a_b-c', 'https://host.example/chat?tab=1&room-invitation=old#top');
    expect(link).toBe('https://host.example/chat?tab=1&room-invitation=a_b-c#top');
    expect(invitationIn(new URL(link).search)).toBe('a_b-c');
  });

  it('is none where the address has none, or an empty one', () => {
    expect(invitationIn('')).toBeNull();
    expect(invitationIn('?room-invitation=')).toBeNull();
  });
});
