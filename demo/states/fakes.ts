import { emptySnapshot, type ChatSnapshot } from '../../src/chat/model.ts';
import type { ChatSession } from '../../src/chat/session.ts';
import type { Clock } from '../../src/clock.ts';
import type { Device, PlayerLibrary } from '../../src/player/library.ts';
import type { PlayerSession } from '../../src/player/player-session.ts';
import { initialSnapshot, type PlayerSnapshot, type Track } from '../../src/player/snapshot.ts';

/** Where nothing happens by itself: no slow mode ends, nothing is announced, nothing is lost. */
export const stillClock = (now: number): Clock => ({ now: () => now, after: () => () => undefined });

const nothing = (): void => undefined;
const soon = async (): Promise<void> => undefined;
const fine = async (): Promise<null> => null;

/** A room's session that stands still. */
export function stillRoom(change: Partial<ChatSnapshot>): ChatSession {
  return {
    snapshot: Object.freeze({ ...emptySnapshot, ...change }),
    subscribe: () => nothing,
    start: nothing,
    join: soon,
    send: () => null,
    shareTrack: () => null,
    setSharing: nothing,
    setListening: nothing,
    retry: nothing,
    discard: nothing,
    loadOlder: soon,
    edit: () => null,
    remove: nothing,
    react: nothing,
    typing: nothing,
    markRead: nothing,
    reveal: async () => true,
    report: fine,
    moderate: {
      mute: fine,
      unmute: fine,
      ban: fine,
      unban: fine,
      setRole: fine,
      setRoom: fine,
      invite: async () => ({ token: 'an-invitation' }),
      revokeInvitations: fine,
      resolve: fine,
      moreReports: soon,
      member: async () => null,
      refresh: soon,
    },
    dismissNotice: nothing,
    dispose: nothing,
  };
}

/** What a visitor's account holds. */
export interface Shelf {
  readonly tracks: readonly Track[];
  readonly found: readonly Track[];
  readonly devices: readonly Device[];
}

function stillLibrary({ tracks, devices }: Shelf): PlayerLibrary {
  const page = async (): Promise<{ items: readonly Track[]; nextOffset: null }> => ({ items: tracks, nextOffset: null });
  const none = async (): Promise<{ items: readonly []; nextOffset: null }> => ({ items: [], nextOffset: null });
  return {
    searchCollections: none,
    playlists: none,
    savedTracks: page,
    recentTracks: async () => tracks,
    collectionTracks: page,
    queue: async () => tracks,
    devices: async () => devices,
    transferTo: soon,
    isSaved: async (uris) => uris.map((_, index) => index === 1),
    save: soon,
    unsave: soon,
  };
}

/** A player's session that stands still. */
export function stillPlayer(change: Partial<PlayerSnapshot>, shelf: Shelf): PlayerSession {
  return {
    snapshot: Object.freeze({ ...initialSnapshot, ...change }),
    subscribe: () => nothing,
    restore: soon,
    dispose: nothing,
    controls: {
      library: stillLibrary(shelf),
      connect: soon,
      connectByRedirect: soon,
      disconnect: soon,
      play: soon,
      pause: soon,
      resume: soon,
      next: soon,
      previous: soon,
      seek: soon,
      setVolume: soon,
      setShuffle: soon,
      setRepeat: soon,
      addToQueue: async () => true,
      bringHere: soon,
      dismissProblem: nothing,
      search: async () => ({ tracks: shelf.found, nextOffset: null }),
    },
  };
}
