import type { Catalogue, Track } from '../catalogue/catalogue.js';
import { hash } from '../random.js';
import { disallows } from './disallows.js';
import { currentUri, positionAt, surroundings, type Playback, type Repeat } from './playback.js';

/** 0 off, 1 context, 2 track [Web Playback SDK reference]; the comment in the type declarations contradicts it. */
const repeatModes: Readonly<Record<Repeat, 0 | 1 | 2>> = { off: 0, context: 1, track: 2 };

const coverSizes = [640, 300, 64];

export interface StateSource {
  readonly catalogue: Catalogue;
  /** Address of the simulator as the browser knows it, for example `http://127.0.0.1:5173/spotify`. */
  readonly base: string;
}

export function coverImages(base: string, id: string): { url: string; width: number; height: number }[] {
  return coverSizes.map((size) => ({ url: `${base}/art/${id}.svg?size=${size}`, width: size, height: size }));
}

const reasons = (disallowed: boolean | undefined, reason: string): string[] => (disallowed ? [reason] : []);

/** `playback` at `now` as `getCurrentState()` and `player_state_changed` tell it, or null when nothing was chosen. */
export function sdkState(
  playback: Playback,
  now: number,
  { catalogue, base }: StateSource,
): Spotify.PlaybackState | null {
  const current = catalogue.track(currentUri(playback) ?? '');
  if (!current) return null;

  const entity = ({ uri, name, id }: { uri: string; name: string; id: string }, kind: string): Spotify.Entity => ({
    uri,
    name,
    url: `${base}/v1/${kind}/${id}`,
  });
  const uid = ({ uri }: Track): string => hash(`${playback.contextUri} ${uri}`).toString(16).padStart(8, '0');
  const track = (item: Track): Spotify.Track => ({
    album: { name: item.album.name, uri: item.album.uri, images: coverImages(base, item.album.id) },
    artists: item.artists.map((artist) => entity(artist, 'artists')),
    duration_ms: item.durationMs,
    id: item.id,
    is_playable: true,
    name: item.name,
    uid: uid(item),
    uri: item.uri,
    media_type: 'audio',
    type: 'track',
    track_type: 'audio',
    linked_from: { uri: null, id: null },
  });
  const contextTrack = (item: Track): Spotify.PlaybackContextTrack => ({
    ...entity(item, 'tracks'),
    artists: item.artists.map((artist) => entity(artist, 'artists')),
    content_type: 'music',
    estimated_duration: item.durationMs,
    group: entity(item.album, 'albums'),
    images: coverImages(base, item.album.id),
    uid: uid(item),
  });

  const tracksOf = (uris: readonly string[]): Track[] => uris.flatMap((uri) => catalogue.track(uri) ?? []);
  const around = surroundings(playback, 2);
  const [previous, next] = [tracksOf(around.previous), tracksOf(around.next)];
  const disallowed = disallows(playback);
  const context = playback.contextUri === null ? undefined : catalogue.context(playback.contextUri);
  const restrictions = {
    pause: reasons(disallowed.pausing, 'already_paused'),
    resume: reasons(disallowed.resuming, 'not_paused'),
    seek: [],
    skip_next: [],
    skip_prev: reasons(disallowed.skipping_prev, 'no_prev_track'),
    toggle_repeat_context: [],
    toggle_repeat_track: [],
    toggle_shuffle: [],
    peek_next: [],
    peek_prev: [],
  };

  return {
    context: {
      uri: playback.contextUri,
      metadata: context
        ? {
            name: context.name,
            uri: playback.contextUri ?? '',
            url: '',
            current_item: contextTrack(current),
            next_items: next.map(contextTrack),
            previous_items: previous.map(contextTrack),
            restrictions,
            options: { repeat_mode: playback.repeat, shuffled: playback.shuffle },
          }
        : null,
    },
    disallows: disallowed,
    restrictions: {
      ...(disallowed.pausing && { disallow_pausing_reasons: restrictions.pause }),
      ...(disallowed.resuming && { disallow_resuming_reasons: restrictions.resume }),
      ...(disallowed.skipping_prev && { disallow_skipping_prev_reasons: restrictions.skip_prev }),
    },
    paused: playback.paused,
    position: Math.round(positionAt(playback, now, () => current.durationMs)),
    duration: current.durationMs,
    loading: false,
    timestamp: now,
    repeat_mode: repeatModes[playback.repeat],
    shuffle: playback.shuffle,
    track_window: { current_track: track(current), previous_tracks: previous.map(track), next_tracks: next.map(track) },
    playback_id: hash(`${current.uri} ${playback.contextUri}`).toString(16),
    playback_quality: 'HIGH',
    playback_features: { hifi_status: 'NONE' },
  };
}
