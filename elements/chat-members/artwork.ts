/** Where Spotify keeps covers. */
const coverHost = /^(i\.scdn\.co|mosaic\.scdn\.co|([a-z0-9-]+\.)+spotifycdn\.com)$/;
/** A file of the page's own: any other address there might be one that does something when it is asked for. */
const picture = /\.(avif|gif|jpe?g|png|svg|webp)$/i;

/**
 * `address` as the source of a picture, or null. It comes from somebody else: from anywhere but Spotify and the page's
 * own origin, asking for it would tell them who looks.
 */
export function coverAddress(address: string | null): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { protocol, hostname, port, origin, pathname, username, password, href } = new URL(address);
  if (username || password) return null;
  const spotify = protocol === 'https:' && !port && coverHost.test(hostname);
  return spotify || (origin === location.origin && picture.test(pathname)) ? href : null;
}
