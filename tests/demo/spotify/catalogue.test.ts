import { describe, expect, it } from 'vitest';
import { coverArt } from '../../../demo/services/spotify/catalogue/art.js';
import { createCatalogue } from '../../../demo/services/spotify/catalogue/catalogue.js';
import { find } from '../../../demo/services/spotify/catalogue/search.js';

const catalogue = createCatalogue();

describe('the catalogue', () => {
  it('holds at least thirty tracks of 60 to 200 s, over several albums and playlists', () => {
    expect(catalogue.tracks.length).toBeGreaterThanOrEqual(30);
    expect(catalogue.albums.length).toBeGreaterThanOrEqual(5);
    expect(catalogue.playlists.length).toBeGreaterThanOrEqual(5);
    for (const { durationMs } of catalogue.tracks) {
      expect(durationMs).toBeGreaterThanOrEqual(60_000);
      expect(durationMs).toBeLessThanOrEqual(200_000);
    }
  });

  it('is the same at every start, with ids that are unique and look like the real ones', () => {
    expect(createCatalogue().tracks.map(({ uri, durationMs }) => [uri, durationMs])).toEqual(
      catalogue.tracks.map(({ uri, durationMs }) => [uri, durationMs]),
    );
    const uris = [...catalogue.tracks, ...catalogue.albums, ...catalogue.artists, ...catalogue.playlists].map(
      ({ uri }) => uri,
    );
    expect(new Set(uris).size).toBe(uris.length);
    for (const uri of uris) expect(uri).toMatch(/^spotify:(track|album|artist|playlist):[0-9A-Za-z]{22}$/);
  });

  it('has what a page must survive: long, right-to-left and non-Latin titles, and markup', () => {
    const titles = catalogue.tracks.map(({ name }) => name);
    expect(titles.some((title) => title.length > 120)).toBe(true);
    expect(titles.some((title) => /\p{Script=Arabic}/u.test(title))).toBe(true);
    expect(titles.some((title) => /\p{Script=Hebrew}/u.test(title))).toBe(true);
    expect(titles.some((title) => /\p{Script=Hiragana}/u.test(title))).toBe(true);
    expect(titles.some((title) => title.includes('<b>'))).toBe(true);
  });

  it('plays an album, a playlist or an artist as a whole', () => {
    const [album, artist] = [catalogue.albums[0], catalogue.artists[0]];
    expect(catalogue.context(album?.uri ?? '')?.tracks).toEqual(album?.tracks);
    expect(catalogue.context(artist?.uri ?? '')?.tracks.every(({ artists }) => artists.includes(artist!))).toBe(true);
    expect(catalogue.context(catalogue.tracks[0]?.uri ?? '')).toBeUndefined();
  });

  it('draws a cover of its own for every album', () => {
    const covers = catalogue.albums.map(({ id }) => coverArt(id));
    expect(new Set(covers).size).toBe(covers.length);
    for (const cover of covers) {
      expect(cover).toMatch(/^<svg [^>]*viewBox="0 0 640 640">.*<\/svg>$/);
      expect(cover).not.toMatch(/NaN|undefined|<text|<script/);
    }
  });
});

describe('search', () => {
  const titles = (query: string): string[] =>
    find(query, catalogue.tracks, ({ name, album, artists }) => ({
      track: name,
      artist: artists.map((artist) => artist.name).join(' '),
      album: album.name,
    })).map(({ name }) => name);

  it('finds by title, artist and album, without regard to case and accents', () => {
    expect(titles('KETTLE')).toEqual(['The Long Afternoon of the Kettle']);
    expect(titles('ol auf glas')).toEqual(['Öl auf Glas']);
    expect(titles('ostrander')).toHaveLength(4);
    expect(titles('مطر')).toEqual(['نافذة على المطر']);
  });

  it('puts what is called so before what only mentions it', () => {
    expect(titles('paper carnival')[0]).toBe('Paper Carnival');
    expect(titles('paper carnival')).toHaveLength(4);
  });

  it('wants every word, and takes a field by its name', () => {
    expect(titles('kettle carnival')).toEqual([]);
    expect(titles('artist:"marisol quay" tide')[0]).toBe('Lanterns for the Low Tide');
    expect(titles('track:lanterns album:lanterns')).toEqual(['Lanterns for the Low Tide']);
  });
});
