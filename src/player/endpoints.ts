/** Where Spotify is. Other addresses serve a stand-in; the code stays the same. */
export interface Endpoints {
  /** The Web Playback SDK's script. */
  readonly sdk: string;
  /** The page that asks the visitor for permission. */
  readonly authorize: string;
  /** Where a code or a refresh token becomes an access token. */
  readonly token: string;
  /** The Web API, without a slash at the end. */
  readonly api: string;
  /** The script of the iFrame API, which drives Spotify's embed. */
  readonly embed: string;
  /** What tells the title and the picture of a link, without any account. */
  readonly oembed: string;
}

export const spotifyEndpoints: Endpoints = Object.freeze({
  sdk: 'https://sdk.scdn.co/spotify-player.js',
  authorize: 'https://accounts.spotify.com/authorize',
  token: 'https://accounts.spotify.com/api/token',
  api: 'https://api.spotify.com/v1',
  embed: 'https://open.spotify.com/embed/iframe-api/v1',
  oembed: 'https://open.spotify.com/oembed',
});

/**
 * @param value the base address of a stand-in, single addresses, or nothing for Spotify itself
 * @param base what relative addresses resolve against: the page
 */
export function resolveEndpoints(value: string | Partial<Endpoints> | null | undefined, base: string): Endpoints {
  if (!value) return spotifyEndpoints;
  const given = { ...spotifyEndpoints, ...(typeof value === 'string' ? standIn(value) : value) };
  try {
    return Object.freeze({
      sdk: resolve(given.sdk, base),
      authorize: resolve(given.authorize, base),
      token: resolve(given.token, base),
      api: withoutSlash(resolve(given.api, base)),
      embed: resolve(given.embed, base),
      oembed: resolve(given.oembed, base),
    });
  } catch {
    // An author's mistake: said once, and the page goes on.
    console.warn('room-player: "endpoints" holds something that is no http address; Spotify’s own addresses are used.');
    return spotifyEndpoints;
  }
}

/**
 * Where Spotify sends the visitor back: what the author says, else the host page itself, without query and hash.
 * Spotify compares letter by letter, so an absolute address stays as it was registered.
 */
export function resolveRedirectUri(
  value: string | null | undefined,
  page: Pick<Location, 'origin' | 'pathname'>,
  base: string,
): string {
  if (value && /^https?:\/\//.test(value)) return value;
  if (value && URL.canParse(value, base)) return new URL(value, base).href;
  return `${page.origin}${page.pathname}`;
}

let warned = false;

/**
 * Spotify's page says of these only that the client is invalid, and a development server opens `localhost` by itself: Spotify
 * sends visitors back to https, and to loopback addresses written in numbers (spotify.md).
 */
export function warnOfRedirectUri(address: string, { authorize }: Pick<Endpoints, 'authorize'>): void {
  if (warned || authorize !== spotifyEndpoints.authorize || /^(https:|http:\/\/(127(\.\d+){3}|\[::1\])[:/])/.test(address)) return;
  warned = true;
  const instead = address.replace(/^http:\/\/localhost\b/, 'http://127.0.0.1');
  const help = instead === address ? 'Use https.' : `Open the page at ${instead}, and enter that as its Redirect URI.`;
  console.warn(`<room-player>: Spotify sends nobody back to ${address}. ${help}`);
}

function standIn(address: string): Endpoints {
  const base = withoutSlash(address.trim());
  return {
    sdk: `${base}/sdk.js`,
    authorize: `${base}/authorize`,
    token: `${base}/api/token`,
    api: `${base}/v1`,
    embed: `${base}/embed/iframe-api/v1`,
    oembed: `${base}/oembed`,
  };
}

function resolve(address: string, base: string): string {
  const url = new URL(address, base);
  // A popup is sent to one of these: `javascript:` in an attribute must not run in the page's origin.
  if (!/^https?:$/.test(url.protocol)) throw new TypeError('not http');
  return url.href;
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}
