import type { SdkState } from '../../../../src/player/to-playback.js';
import { idlePlayback, type Playback, type Track } from '../../../../src/player/snapshot.js';

export function sdkTrack(id: string, durationMs = 200_000): Spotify.Track {
  return {
    album: {
      name: `Album of ${id}`,
      uri: `spotify:album:${id}`,
      images: [{ url: `https://i.scdn.co/${id}`, width: 300, height: 300 }],
    },
    artists: [{ name: 'Somebody', uri: 'spotify:artist:somebody', url: '' }],
    duration_ms: durationMs,
    id,
    is_playable: true,
    name: `Track ${id}`,
    uid: id,
    uri: `spotify:track:${id}`,
    media_type: 'audio',
    type: 'track',
    track_type: 'audio',
    linked_from: { uri: null, id: null },
  };
}

export function sdkState(id: string, change: Partial<NonNullable<SdkState>> = {}): SdkState {
  return {
    context: { uri: null, metadata: null },
    disallows: {},
    paused: false,
    position: 0,
    duration: 200_000,
    loading: false,
    repeat_mode: 0,
    shuffle: false,
    track_window: { current_track: sdkTrack(id), previous_tracks: [], next_tracks: [] },
    ...change,
  };
}

export function track(id: string, durationMs = 200_000): Track {
  return {
    uri: `spotify:track:${id}`,
    title: `Track ${id}`,
    artists: [{ name: 'Somebody', uri: 'spotify:artist:somebody' }],
    album: { name: `Album of ${id}`, uri: `spotify:album:${id}` },
    artwork: null,
    durationMs,
  };
}

export function playing(id: string, at: number, change: Partial<Playback> = {}): Playback {
  return { ...idlePlayback, track: track(id), paused: false, at, ...change };
}
