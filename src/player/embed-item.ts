import type { PlayTarget } from './controls.js';
import { PlayerError } from './engine.js';
import { playableUri, playableUris } from './playable.js';

/** What the embed is to load. */
export interface EmbedItem {
  readonly uri: string;
  /** Where the target is a list: what of it can be played, and where in that to begin. */
  readonly list: { readonly uris: readonly string[]; readonly at: number } | null;
  readonly positionMs: number;
}

/** @throws PlayerError `not-found` */
export function toItem(target: PlayTarget): EmbedItem {
  const { offset, positionMs = 0, ...what } = typeof target === 'string' ? { context: target } : target;
  const list = 'uris' in what ? toList(what.uris, offset) : null;
  // The embed knows no place within an album or a playlist: a track of it is loaded by itself.
  const asked = typeof offset === 'string' ? offset : 'context' in what ? what.context : list?.uris[list.at];
  const uri = playableUri(asked ?? '');
  if (!uri) throw new PlayerError('not-found', 'not a track, an album, a playlist or an episode');
  return { uri, list, positionMs };
}

function toList(asked: readonly string[], offset: number | string = 0): EmbedItem['list'] {
  const { uris } = playableUris(asked);
  if (typeof offset === 'string') return { uris, at: Math.max(0, uris.indexOf(playableUri(offset) ?? '')) };
  // It counts what was given: one that cannot be played takes a place there, and the next one is played instead.
  return { uris, at: playableUris(asked.slice(0, Math.max(0, offset))).uris.length };
}
