import { finished } from 'node:stream/promises';
import type { ServerResponse } from 'node:http';
import { coverArt } from './catalogue/art.js';
import type { Catalogue } from './catalogue/catalogue.js';
import type { Exchange } from './http.js';
import { itemPage } from './auth/pages.js';
import { Tune } from './tune/tune.js';
import { byteRange, wavLength, wavSlices } from './tune/wav.js';

/** How many tunes are kept composed; a tune is a few thousand notes, its sound is never kept. */
const keptTunes = 16;

/** Covers, sound, and the pages that links of the metadata lead to. */
export class Media {
  readonly #tunes = new Map<string, Tune>();

  constructor(private readonly catalogue: Catalogue) {}

  cover(exchange: Exchange, id: string): void {
    const isKnown = this.catalogue.album(`spotify:album:${id}`) ?? this.catalogue.playlist(`spotify:playlist:${id}`);
    if (!isKnown) return exchange.sendNothing(404);
    exchange.send(200, 'image/svg+xml', coverArt(id), {
      'Cache-Control': 'public, max-age=86400',
      'Access-Control-Allow-Origin': '*',
      // An SVG opened by itself is a document.
      'Content-Security-Policy': "default-src 'none'",
    });
  }

  /** `id` names a track, or is `silence`. */
  async audio(exchange: Exchange, id: string): Promise<void> {
    const { response, request } = exchange;
    const tune = this.#tune(id);
    if (!tune) return exchange.sendNothing(404);
    const size = wavLength(tune);
    const range = byteRange(request.headers.range, size);
    if (range === null) return exchange.sendNothing(416, { 'Content-Range': `bytes */${size}` });
    const { start, end } = range ?? { start: 0, end: size };
    response.writeHead(range ? 206 : 200, {
      'Content-Type': 'audio/wav',
      'Accept-Ranges': 'bytes',
      'Content-Length': end - start,
      'Cache-Control': 'public, max-age=3600',
      ...(range && { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
    });
    if (exchange.method === 'HEAD') return void response.end();
    await pour(wavSlices(tune, start, end), response);
  }

  /** Stands for the page of an item on open.spotify.com. */
  item(exchange: Exchange, kind: string, id: string): void {
    const uri = `spotify:${kind}:${id}`;
    const track = this.catalogue.item(uri);
    const album = track?.album ?? this.catalogue.album(uri);
    const whole = track ?? this.catalogue.context(uri);
    if (!whole) return exchange.sendNothing(404);
    const by = album ? album.artists.map(({ name }) => name).join(', ') : '';
    exchange.send(
      200,
      'text/html; charset=utf-8',
      itemPage(whole.name, by, album || kind === 'playlist' ? `../../art/${album?.id ?? id}.svg` : null),
    );
  }

  #tune(id: string): Tune | null {
    const known = this.#tunes.get(id);
    if (known) return known;
    const durationMs = id === 'silence' ? 1 : (this.catalogue.track(`spotify:track:${id}`) ?? this.catalogue.item(`spotify:episode:${id}`))?.durationMs;
    if (durationMs === undefined) return null;
    const tune = new Tune(id, durationMs);
    this.#tunes.set(id, tune);
    const [oldest] = this.#tunes.keys();
    if (this.#tunes.size > keptTunes && oldest !== undefined) this.#tunes.delete(oldest);
    return tune;
  }
}

/** Writes as fast as the other side reads: a browser reads a little ahead, and stops reading when it is done. */
async function pour(slices: AsyncGenerator<Buffer>, response: ServerResponse): Promise<void> {
  try {
    for await (const slice of slices) {
      if (response.destroyed) return;
      if (!response.write(slice)) await drained(response);
    }
    response.end();
    await finished(response);
  } catch (error) {
    // Players leave in the middle of a track: that is how they seek.
    if (!response.destroyed) throw error;
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
