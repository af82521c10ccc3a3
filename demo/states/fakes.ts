import { emptySnapshot, type ChatSnapshot } from '../../src/chat/model.ts';
import type { ChatSession } from '../../src/chat/session.ts';
import type { Clock } from '../../src/clock.ts';
import type { EmbedSession } from '../../src/player/embed-session.ts';
import { PlayerError } from '../../src/player/engine.ts';
import type { Collection, Device, Page, PlayerLibrary } from '../../src/player/library.ts';
import type { PlayerSession } from '../../src/player/player-session.ts';
import { initialSnapshot, type PlayerErrorCode, type PlayerSnapshot, type Track } from '../../src/player/snapshot.ts';
import { evening } from './evening.ts';

/** Where nothing happens by itself: no slow mode ends, nothing is announced, nothing is lost. */
export const night: Clock = { now: () => evening, after: () => () => undefined };

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
    reveal: async () => 'found',
    stopRevealing: nothing,
    follow: nothing,
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
  readonly collections: readonly Collection[];
  readonly devices: readonly Device[];
  /** What Spotify says in place of all that, or null while it says nothing. */
  readonly problem?: PlayerErrorCode | null;
}

const never = new Promise<never>(nothing);

async function answer<T>({ problem }: Shelf, value: T): Promise<T> {
  if (problem) throw new PlayerError(problem);
  return problem === null ? never : value;
}

function stillLibrary(shelf: Shelf): PlayerLibrary {
  const page = <T>(items: readonly T[]): Promise<Page<T>> => answer(shelf, { items, nextOffset: null });
  return {
    searchCollections: () => page(shelf.collections),
    playlists: () => page(shelf.collections),
    savedTracks: () => page(shelf.tracks),
    recentTracks: () => answer(shelf, shelf.tracks),
    collectionTracks: () => page(shelf.tracks),
    queue: () => answer(shelf, shelf.tracks),
    devices: () => answer(shelf, shelf.devices),
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
      search: () => answer(shelf, { tracks: shelf.tracks, nextOffset: null }),
    },
  };
}

/** Spotify's embed that stands still: a frame of its size, in the colours of nobody. */
export function stillEmbed(change: Partial<PlayerSnapshot>, shelf: Shelf): EmbedSession {
  const frame = document.createElement('div');
  frame.style.cssText = 'box-sizing: border-box; block-size: 152px; padding: 16px; border-radius: 12px; background: #33415c; color: #fff; font: 14px sans-serif';
  frame.lang = 'en';
  frame.dir = 'ltr';
  frame.textContent = 'Here is Spotify’s embed.';
  const surface = document.createElement('div');
  surface.append(frame);
  surface.hidden = !change.track;
  return { ...stillPlayer({ engine: 'embed', capabilities: [], ...change }, shelf), surface };
}
