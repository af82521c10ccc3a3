import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offerOf, pageOf, playableUri, playableUris } from '../../../src/player/playable.js';

const id = '4uLU6hMCjMI75M1A2tKUQC';

describe('what a visitor pastes', () => {
  it.each([
    [`spotify:track:${id}`, `spotify:track:${id}`],
    [`  spotify:episode:${id}\n`, `spotify:episode:${id}`],
    [`https://open.spotify.com/album/${id}`, `spotify:album:${id}`],
    [`https://open.spotify.com/playlist/${id}?si=0123abcd`, `spotify:playlist:${id}`],
    [`https://open.spotify.com/intl-de/track/${id}?si=1&nd=1`, `spotify:track:${id}`],
    [`https://open.spotify.com/embed/track/${id}`, `spotify:track:${id}`],
    [`open.spotify.com/track/${id}/`, `spotify:track:${id}`],
    [`http://open.spotify.com/track/${id}#x`, `spotify:track:${id}`],
  ])('%j is %s', (pasted, uri) => expect(playableUri(pasted)).toBe(uri));

  it.each([
    '',
    'Salt on the Window',
    `spotify:artist:${id}`,
    `spotify:user:somebody`,
    `spotify:track:${id}x`,
    `https://open.spotify.com/artist/${id}`,
    `https://open.spotify.com.evil.example/track/${id}`,
    `https://evil.example/?https://open.spotify.com/track/${id}`,
    `https://open.spotify.com/track/${id} and more`,
    `javascript:alert(1)//open.spotify.com/track/${id}`,
    'https://spotify.link/abc',
  ])('%j is none', (pasted) => expect(playableUri(pasted)).toBe(null));

  it.each([
  [[], null],
  [['spotify:track:a', 'spotify:episode:b'], { uris: ['spotify:track:a', 'spotify:episode:b'] }],
  [['spotify:album:a', 'spotify:track:b'], 'spotify:album:a'],
  [['spotify:track:b', 'spotify:playlist:a'], 'spotify:track:b'],
])('what Play starts of %j', (uris, target) => {
  expect(offerOf(uris)).toEqual(target);
});

it('is the URI of its own page, or nothing at all', () => {
    fc.assert(
      fc.property(fc.string(), (pasted) => {
        const uri = playableUri(pasted);
        return uri === null || playableUri(pageOf(uri)) === uri;
      }),
    );
  });
});

it("a host's list keeps its order, and tells what in it is none", () => {
  const list = [`spotify:track:${id}`, 'nonsense', `https://open.spotify.com/album/${id}`];
  expect(playableUris(list)).toEqual({ uris: [`spotify:track:${id}`, `spotify:album:${id}`], wrong: ['nonsense'] });
});
