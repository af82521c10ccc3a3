import { limits } from './model.js';
import type { Listening, SharedTrack } from './model.js';
import { isBlank, oneLine } from './text.js';

/** As the checks of supabase/migrations: these can be named in a room. Nothing here asks Spotify whether they exist (I1). */
const sharable = /^spotify:(track|episode|album|playlist):[0-9A-Za-z]{22}$/;
const listenable = /^spotify:(track|episode):[0-9A-Za-z]{22}$/;
const address = /^https?:\/\/[!-~]+$/;
const longestAddress = 500;

/** A shared track as it may be stored and shown, or null. Long words are cut, for whoever sends and whoever reads. */
export function sharedTrackOf(value: unknown): SharedTrack | null {
  if (!isRecord(value)) return null;
  const { uri } = value;
  const title = words(value.title);
  if (typeof uri !== 'string' || !sharable.test(uri) || isBlank(title)) return null;
  return Object.freeze({ uri, title, artists: words(value.artists) });
}

/** What somebody listens to as it may be stored and shown, or null: a file of the visitor's own, for instance, is not. */
export function listeningOf(value: unknown): Listening | null {
  if (!isRecord(value)) return null;
  const { uri } = value;
  const title = words(value.title);
  if (typeof uri !== 'string' || !listenable.test(uri) || isBlank(title)) return null;
  return Object.freeze({ uri, title, artists: words(value.artists), artwork: artworkOf(value.artwork) });
}

/** Whether they say the same. */
export function isSameListening(one: Listening | null, other: Listening | null): boolean {
  if (!one || !other) return one === other;
  const { uri, title, artists, artwork } = one;
  return uri === other.uri && title === other.title && artists === other.artists && artwork === other.artwork;
}

/** Over http only from the page's own origin: a page that is served so is one that somebody develops. */
function artworkOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > longestAddress || !address.test(value) || !URL.canParse(value)) return null;
  const { protocol, origin } = new URL(value);
  return protocol === 'https:' || origin === globalThis.location?.origin ? value : null;
}

function words(value: unknown): string {
  return typeof value === 'string' ? oneLine(value, limits.title) : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
