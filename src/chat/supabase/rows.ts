import { ChatError } from '../gateway.js';
import type { End, Joined } from '../gateway.js';
import { plainMember } from '../model.js';
import type { Entry, Listening, Member, Role, Room } from '../model.js';
import { listeningOf, sharedTrackOf } from '../music.js';

/** What room_entries is read as. The answers of send_message and share_track, and the broadcast, are the same. */
export const entryColumns = 'seq,id,kind,author_id,author_name,body,track_uri,track_artists,created_at';
export const entryKinds: readonly Entry['kind'][] = ['message', 'track'];

/** What room_listening is read as. */
export const listeningColumns = 'user_id,uri,title,artists,artwork';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** @returns null for whatever is no entry of ours: a broadcast may hold anything */
export function entryOf(value: unknown): Entry | null {
  if (!isRecord(value)) return null;
  const { seq, id, kind, author_id: authorId, author_name: authorName, body, created_at: createdAt } = value;
  if (!isSeq(seq) || seq === 0 || !isUuid(id) || (kind !== 'message' && kind !== 'track')) return null;
  if (typeof authorName !== 'string' || typeof body !== 'string' || typeof createdAt !== 'string') return null;
  // The author's account may be gone; the message stays.
  if (authorId !== null && !isUuid(authorId)) return null;
  const at = Date.parse(createdAt);
  if (Number.isNaN(at)) return null;
  const rest = { targetId: null, replyTo: null, mentions: Object.freeze([]), redacted: false };
  const common = { seq, id, authorId, authorName, at, ...rest };
  if (kind === 'message') return Object.freeze({ ...common, kind, body, track: null });
  const shared = sharedTrackOf({ uri: value.track_uri, title: body, artists: value.track_artists });
  if (!shared) return null;
  const { uri, title, artists } = shared;
  return Object.freeze({ ...common, kind, body: title, track: Object.freeze({ uri, artists }) });
}

/** What room_listening holds, by user id. A row of the wrong kind is none. */
export function listeningRows(rows: readonly unknown[]): Map<string, Listening> {
  const byId = new Map<string, Listening>();
  for (const row of rows) {
    const listening = listeningOf(row);
    if (listening && isRecord(row) && isUuid(row.user_id)) byId.set(row.user_id, listening);
  }
  return byId;
}

/** A `listening` broadcast. @returns null for whatever is none; one whose track is no good shows nothing */
export function listeningNews(value: unknown): { userId: string; listening: Listening | null } | null {
  if (!isRecord(value) || !isUuid(value.user_id)) return null;
  return { userId: value.user_id, listening: listeningOf(value.listening) };
}

export function roomOf(value: unknown): Room | null {
  if (!isRecord(value)) return null;
  const { id, slug, title } = value;
  if (!isUuid(id) || typeof slug !== 'string' || typeof title !== 'string') return null;
  return Object.freeze({ id, slug, title, slowSeconds: 0, isPublic: true, allowsGuests: true });
}

/** A row of room_members with its profile, which PostgREST gives as an object and its types as a list. */
export function memberOf(value: unknown): Member | null {
  if (!isRecord(value)) return null;
  const profile: unknown = Array.isArray(value.profile) ? value.profile[0] : value.profile;
  return isRecord(profile) ? person(value.user_id, profile.display_name, value.role) : null;
}

/** What join_room answers. */
export function joinedOf(value: unknown): Joined {
  const room = isRecord(value) ? roomOf(value.room) : null;
  const end = isRecord(value) ? endOf(value.room) : null;
  const me = isRecord(value) && isRecord(value.me) ? person(value.me.user_id, value.me.display_name, value.me.role) : null;
  if (!room || !end || !me) return unreadable('join_room');
  return Object.freeze({ room, ...end, me, readSeq: 0, unread: 0 });
}

/** The end of a room's log and its topic's epoch. */
export function endOf(value: unknown): End | null {
  if (!isRecord(value)) return null;
  const { last_seq: lastSeq, epoch } = value;
  return isSeq(lastSeq) && isSeq(epoch) ? { lastSeq, epoch } : null;
}

/** The database answered something else than its contract says: other migrations, or no Supabase at all. */
export function unreadable(what: string): never {
  throw new ChatError('server', `unreadable answer of ${what}`);
}

function person(id: unknown, name: unknown, role: unknown): Member | null {
  return isUuid(id) && typeof name === 'string' && isRole(role) ? Object.freeze({ ...plainMember, id, name, role }) : null;
}

function isRole(value: unknown): value is Role {
  return value === 'member' || value === 'moderator' || value === 'owner';
}

function isSeq(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
