import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf, listeningNews, listeningRows } from '../../../../src/chat/supabase/rows.js';

const user = '00000000-0000-4000-8000-00000000000a';
const uri = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';
const message = {
  seq: 1,
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'message',
  author_id: user,
  author_name: 'Ann',
  body: 'hello',
  track_uri: null,
  track_artists: null,
  created_at: '2026-01-01T12:00:00.5+00:00',
};
const shared = { ...message, kind: 'track', body: 'A song', track_uri: uri, track_artists: 'Somebody' };
const listening = { uri, title: 'A song', artists: 'Somebody', artwork: null };

describe('an entry', () => {
  it('is a message, or a track whose title is its body', () => {
    expect(entryOf(message)).toMatchObject({ kind: 'message', body: 'hello', track: null });
    expect(entryOf(shared)).toMatchObject({ kind: 'track', body: 'A song', track: { uri, artists: 'Somebody' } });
  });

  it('has no author when the account is gone', () => {
    expect(entryOf({ ...message, author_id: null })).toMatchObject({ authorId: null, authorName: 'Ann' });
  });

  it('of kind message shares nothing, whatever stands beside it', () => {
    expect(entryOf({ ...message, track_uri: uri, track: { uri } })?.track).toBeNull();
  });

  it.each([
    ['a script', { track_uri: 'javascript:alert(1)' }],
    ['a person', { track_uri: 'spotify:user:4uLU6hMCjMI75M1A2tKUQC' }],
    ['no address', { track_uri: null }],
    ['no title', { body: ' \u200b' }],
    ['a command', { kind: 'play' }],
  ])('that would share %s is none', (_, wrong) => {
    expect(entryOf({ ...shared, ...wrong })).toBeNull();
  });

  it('with a title of 10,000 characters is cut', () => {
    expect(entryOf({ ...shared, body: 'x'.repeat(10_000), track_artists: 'y'.repeat(10_000) })).toMatchObject({
      body: 'x'.repeat(300),
      track: { artists: 'y'.repeat(300) },
    });
  });
});

describe('what members listen to', () => {
  it('is read by member, and rows that are no good are left out', () => {
    const other = '00000000-0000-4000-8000-00000000000b';
    const rows = [{ user_id: user, ...listening }, { user_id: other, ...listening, uri: 'x' }, { ...listening, user_id: 'me' }, null];
    expect(listeningRows(rows)).toEqual(new Map([[user, listening]]));
  });

  it('is told by member: a track, or nothing any more', () => {
    expect(listeningNews({ user_id: user, listening })).toEqual({ userId: user, listening });
    expect(listeningNews({ user_id: user, listening: null })).toEqual({ userId: user, listening: null });
    expect(listeningNews({ user_id: user, listening: { ...listening, uri: 'javascript:alert(1)' } })).toEqual({ userId: user, listening: null });
    expect(listeningNews({ user_id: 'everybody', listening })).toBeNull();
    expect(listeningNews({ listening })).toBeNull();
  });

  it('never throws, whatever is told', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        entryOf(value);
        listeningNews(value);
        listeningRows([value]);
      }),
    );
  });
});
