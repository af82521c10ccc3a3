import { currentUri, hasPrevious, type Playback } from './playback.js';

/** The transport actions that make no sense now, by the names that SDK and Web API share. */
export type Disallows = Partial<Record<'pausing' | 'resuming' | 'skipping_prev' | 'skipping_next' | 'seeking', true>>;

export function disallows(playback: Playback): Disallows {
  if (currentUri(playback) === null) {
    return { pausing: true, resuming: true, skipping_prev: true, skipping_next: true, seeking: true };
  }
  return {
    ...(playback.paused ? { pausing: true } : { resuming: true }),
    ...(hasPrevious(playback) ? {} : { skipping_prev: true }),
  };
}
