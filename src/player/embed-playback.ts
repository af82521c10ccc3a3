import type { EmbedList } from './embed-list.js';
import type { EmbedUpdate } from './embed.js';
import type { Description } from './oembed.js';
import { idlePlayback, type Action, type Playback } from './snapshot.js';
import { isItemUri } from './uri.js';

export interface EmbedState {
  readonly loaded: string;
  /** Null before anything of it was told. */
  readonly heard: EmbedUpdate | null;
  /** When that was. */
  readonly at: number;
  readonly list: EmbedList;
  readonly describe: (uri: string) => Description;
}

/** What a visitor is shown of an embed. */
export function toEmbedPlayback({ loaded, heard, at, list, describe }: EmbedState): Playback {
  const { uri: told = null, paused = true, positionMs = 0, durationMs = 0 } = heard ?? {};
  const isItem = isItemUri(loaded);
  // What was asked for, and not what it was exchanged for in the visitor's country.
  const uri = isItem ? loaded : (told ?? loaded);
  const { title, artwork } = describe(uri);
  const track = { uri, title, artists: [], album: { name: '', uri: '' }, artwork, durationMs: Math.round(durationMs) };
  return Object.freeze({
    ...idlePlayback,
    track: Object.freeze(track),
    contextUri: isItem ? null : loaded,
    paused,
    positionMs: Math.round(positionMs),
    at,
    disallows: Object.freeze(disallowed(list, durationMs)),
  });
}

function disallowed(list: EmbedList, durationMs: number): readonly Action[] {
  const next: readonly Action[] = list.has(1) ? [] : ['skipping-next'];
  const previous: readonly Action[] = list.length > 1 ? [] : ['skipping-previous'];
  const seeking: readonly Action[] = durationMs > 0 ? [] : ['seeking'];
  return [...next, ...previous, ...seeking, 'shuffling', 'repeating'];
}
