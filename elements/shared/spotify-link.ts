const linkable = /^spotify:(track|artist|album|episode|playlist):([0-9A-Za-z]{1,64})$/;

/**
 * The page of `uri` at Spotify, or null when it is anything but the URI of a track, an artist, an album, an episode or
 * a playlist: a URI may come from somebody else's message.
 */
export function spotifyLink(uri: string): string | null {
  const [, kind, id] = linkable.exec(uri) ?? [];
  return kind && id ? `https://open.spotify.com/${kind}/${id}` : null;
}

/**
 * `address` as the source of a picture, or null. Covers come over https, or from the page's own origin.
 */
export function pictureAddress(address: string | null): string | null {
  if (!address || !URL.canParse(address, document.baseURI)) return null;
  const url = new URL(address, document.baseURI);
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.origin === location.origin) ? url.href : null;
}
