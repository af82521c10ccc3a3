import { PlayerError } from './engine.js';

const claims = new WeakMap<object, symbol>();

/**
 * Takes the page's one place for a player, whichever its engine: the SDK has room for one (spotify.md), and whoever
 * listens hears one thing at a time. @returns what gives it back
 * @throws PlayerError `page-taken`
 */
export function claimPage(page: object): () => void {
  if (claims.has(page)) throw new PlayerError('page-taken', 'another player of this page is connected');
  const own = Symbol('claim');
  claims.set(page, own);
  return () => {
    if (claims.get(page) === own) claims.delete(page);
  };
}
