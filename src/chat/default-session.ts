import { ChatError } from './gateway.js';
import type { RoomGateway } from './gateway.js';
import type { HostClient } from './host-client.js';
import type { ChatSession } from './session.js';
import { createChatSession } from './session.js';
import { createSupabaseGateway } from './supabase.js';

export interface DefaultChatOptions {
  /** The Supabase project's absolute address. Not needed with `client`. */
  readonly url?: string;
  /** Its publishable key. Not needed with `client`. */
  readonly key?: string;
  /** The room's slug. */
  readonly room: string;
  /** What lets one into a private room. */
  readonly invitation?: string | null;
  /** Prefix of what is kept in the page's storage. */
  readonly storageKey: string;
  /** The host's own client, and with it the host's session. */
  readonly client?: HostClient;
  /** The host's own token source; null when nobody is signed in. */
  readonly accessToken?: () => Promise<string | null>;
}

/**
 * The session of a room in a Supabase project. Never throws: what is wrong with the options is the problem of a session
 * that fails when it is started.
 */
export function createDefaultChatSession({ room, invitation, ...options }: DefaultChatOptions): ChatSession {
  const slug = room.trim();
  return createChatSession({ gateway: slug ? gatewayFor(options) : broken(new ChatError('room-missing')), slug, invitation });
}

function gatewayFor(options: Omit<DefaultChatOptions, 'room' | 'invitation'>): RoomGateway {
  try {
    return createSupabaseGateway(options);
  } catch (error) {
    return broken(error);
  }
}

/** A backend that one cannot even ask. A session's first question is for the room, and it asks no other after that. */
function broken(error: unknown): RoomGateway {
  const refuse = (): Promise<never> => Promise.reject(error);
  return {
    project: '',
    ownGuests: false,
    as: () => broken(error),
    watch: () => () => {},
    find: refuse,
    identified: refuse,
    join: refuse,
    entriesBefore: refuse,
    entriesAfter: refuse,
    latest: refuse,
    send: refuse,
    edit: refuse,
    remove: refuse,
    react: refuse,
    messagesNow: refuse,
    markRead: refuse,
    readUpTo: refuse,
    report: refuse,
    mute: refuse,
    ban: refuse,
    setRole: refuse,
    setRoom: refuse,
    invite: refuse,
    revokeInvitations: refuse,
    resolve: refuse,
    reports: refuse,
    bans: refuse,
    shareTrack: refuse,
    shareListening: refuse,
    listening: refuse,
    members: refuse,
    listen: () => ({ leave() {}, typing() {}, away() {} }),
    dispose() {},
  };
}
