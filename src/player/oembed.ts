import { withTimeLimit, type Clock } from '../clock.js';
import { record, text } from './parse.js';
import { pageOf } from './playable.js';

/** What there is to know of an item without any account. */
export interface Description {
  readonly title: string;
  /** Address of the cover, or null where there is none. */
  readonly artwork: string | null;
}

const answerLimit = 10_000;

/**
 * Asks Spotify's oEmbed, which needs no account, for an item's title and cover, once each. Kept while the page lives and
 * no longer (spotify.md).
 *
 * @returns null where it does not say
 */
export function createDescriptions(address: string, http: typeof fetch, clock: Clock): (uri: string) => Promise<Description | null> {
  const known = new Map<string, Promise<Description | null>>();

  async function ask(uri: string): Promise<Description | null> {
    const url = new URL(address);
    url.searchParams.set('url', pageOf(uri));
    // Nothing of the visitor's or of the page's goes along.
    const asked = http(url.href, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    const response = await withTimeLimit(asked, answerLimit, () => new Error('late'), clock);
    if (!response.ok) return null;
    const { title, thumbnail_url: thumbnail } = record(await response.json());
    return text(title) ? Object.freeze({ title: text(title), artwork: text(thumbnail) || null }) : null;
  }

  return (uri) => {
    // Without an answer the embed itself still shows what plays.
    const answer = known.get(uri) ?? ask(uri).catch(() => null);
    known.set(uri, answer);
    void answer.then((found) => !found && known.delete(uri));
    return answer;
  };
}
