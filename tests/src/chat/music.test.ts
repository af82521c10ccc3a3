import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { characters } from '../../../src/chat/model.js';
import { listeningOf, sharedTrackOf } from '../../../src/chat/music.js';

const id = '4uLU6hMCjMI75M1A2tKUQC';
const song = { uri: `spotify:track:${id}`, title: 'A song', artists: 'Ann, Bob', artwork: 'https://i.scdn.co/image/1' };

afterEach(() => vi.unstubAllGlobals());

const foreign = [
  'javascript:alert(1)',
  `spotify:user:${id}`,
  `spotify:artist:${id}`,
  'spotify:local:a:b:c:1',
  `spotify:track:${id}x`,
  `spotify:track:${id.slice(1)}`,
  `spotify:track:${id}\n`,
  ` spotify:track:${id}`,
  `SPOTIFY:TRACK:${id}`,
  `spotify:track:${id.slice(1)}é`,
  `https://open.spotify.com/track/${id}`,
  `spotify:track:${id}?context=spotify:album:${id}`,
  '',
];

describe('what can be shared', () => {
  it.each(['track', 'episode', 'album', 'playlist'])('is one %s', (kind) => {
    const uri = `spotify:${kind}:${id}`;
    expect(sharedTrackOf({ ...song, uri })).toEqual({ uri, title: 'A song', artists: 'Ann, Bob' });
  });

  it.each(foreign)('is not %j', (uri) => {
    expect(sharedTrackOf({ ...song, uri })).toBeNull();
    expect(listeningOf({ ...song, uri })).toBeNull();
  });

  it.each([['nothing', ''], ['white space', ' \n\t'], ['what has no width', '\u200b\u2060'], ['a number', 7], ['a list', ['x']]])(
    'has a title that is more than %s',
    (_, title) => {
      expect(sharedTrackOf({ ...song, title })).toBeNull();
      expect(listeningOf({ ...song, title })).toBeNull();
    },
  );

  it('is one line of at most 300 characters, whatever came', () => {
    const title = `\u202eevil\u0000\n${'🎵'.repeat(10_000)}`;
    const shared = sharedTrackOf({ ...song, title, artists: 'a\r\nb\u2028c' });
    expect(shared?.title).toBe(`evil ${'🎵'.repeat(295)}`);
    expect(shared?.artists).toBe('a b c');
  });

  it('keeps words that look like markup or commands as they are: words', () => {
    const title = '<img src=x onerror=alert(1)> {"command":"play"}';
    expect(sharedTrackOf({ ...song, title })?.title).toBe(title);
  });

  it('does without artists', () => {
    expect(sharedTrackOf({ ...song, artists: null })?.artists).toBe('');
  });

  it('holds nothing else of what came', () => {
    const busy = { ...song, context: `spotify:album:${id}`, command: 'play', position_ms: 0, __proto__: { play: true } };
    expect(Object.keys(sharedTrackOf(busy) ?? {})).toEqual(['uri', 'title', 'artists']);
    expect(Object.keys(listeningOf(busy) ?? {})).toEqual(['uri', 'title', 'artists', 'artwork']);
  });
});

describe('what somebody listens to', () => {
  it('is a track or an episode', () => {
    expect(listeningOf(song)).toEqual(song);
    expect(listeningOf({ ...song, uri: `spotify:episode:${id}` })).not.toBeNull();
    expect(listeningOf({ ...song, uri: `spotify:album:${id}` })).toBeNull();
    expect(listeningOf({ ...song, uri: `spotify:playlist:${id}` })).toBeNull();
  });

  it.each([null, undefined, 'spotify', 7, [], true])('is not %j', (value) => {
    expect(listeningOf(value)).toBeNull();
  });

  it.each([
    'http://i.scdn.co/image/1',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    '//i.scdn.co/image/1',
    '/image/1',
    'https://',
    'https://i.scdn.co/a b',
    `https://i.scdn.co/${'x'.repeat(500)}`,
    7,
    undefined,
  ])('is shown without a cover whose address is %j', (artwork) => {
    expect(listeningOf({ ...song, artwork })).toEqual({ ...song, artwork: null });
  });

  it('has a cover over http from the page’s own origin only', () => {
    vi.stubGlobal('location', { origin: 'http://localhost:4000' });
    const artwork = (address: string): string | null => listeningOf({ ...song, artwork: address })?.artwork ?? null;
    expect(artwork('http://localhost:4000/cover.png')).toBe('http://localhost:4000/cover.png');
    expect(artwork('http://localhost:4001/cover.png')).toBeNull();
  });

  it('whatever comes, it is null or fits the database, and reading it again changes nothing', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 700 }), fc.anything(), fc.webUrl());
    const uri = fc.oneof(fc.constant(song.uri), fc.constant(`spotify:track:${id}`), fc.constantFrom(...foreign), anything);
    const value = fc.record({ uri, title: anything, artists: anything, artwork: anything }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: value }, fc.anything()), (came) => {
        const listening = listeningOf(came);
        if (listening === null) return;
        expect(listening.uri).toMatch(/^spotify:(track|episode):[0-9A-Za-z]{22}$/);
        for (const words of [listening.title, listening.artists]) {
          expect(characters(words)).toBeLessThanOrEqual(300);
          expect(words).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        }
        expect(listening.title).not.toBe('');
        if (listening.artwork !== null) expect(listening.artwork).toMatch(/^https:\/\/[!-~]{1,492}$/);
        expect(listeningOf(listening)).toEqual(listening);
      }),
      { numRuns: 1000 },
    );
  });
});
