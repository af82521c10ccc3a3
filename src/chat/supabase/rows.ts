import { ChatError } from '../gateway.js';
import type { End, Joined, MemberNews, MessageNow } from '../gateway.js';
import { plainMember } from '../model.js';
import type { Entry, EntryKind, Listening, Member, Role, Room, RoomSettings } from '../model.js';
import { listeningOf, sharedTrackOf } from '../music.js';

/** What room_entries is read as. The answers of the functions that write, and the broadcast, are the same. */
export const entryColumns =
  'seq,id,kind,author_id,author_name,body,track_uri,track_artists,target_id,reply_to,mentions,redacted,created_at';
export const entryKinds: readonly EntryKind[] = ['message', 'track', 'edit', 'delete', 'react', 'unreact', 'adopt'];

/** What room_members is read as. */
export const memberColumns = 'user_id,role,muted_until,profile:room_profiles(display_name,is_guest)';
/** What rooms is read as by who has not joined yet: the rest comes with joining. */
export const roomColumns = 'id,slug,title,is_public,allow_guests';

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
  const { target_id: target = null, reply_to: reply = null, mentions = [], redacted = false } = value;
  if (!isSeq(seq) || seq === 0 || !isUuid(id) || !isKind(kind)) return null;
  if (typeof authorName !== 'string' || typeof body !== 'string' || typeof createdAt !== 'string') return null;
  // The author's account may be gone; the message stays.
  if (authorId !== null && !isUuid(authorId)) return null;
  if ((target !== null && !isUuid(target)) || (reply !== null && !isUuid(reply)) || !Array.isArray(mentions)) return null;
  const at = Date.parse(createdAt);
  const about = kind !== 'message' && kind !== 'track';
  if (Number.isNaN(at) || about !== (target !== null)) return null;
  const common = {
    seq,
    id,
    authorId,
    authorName,
    at,
    targetId: target,
    replyTo: reply,
    mentions: Object.freeze(mentions.filter(isUuid)),
    redacted: redacted === true,
  };
  if (kind !== 'track' || redacted === true) return Object.freeze({ ...common, kind, body, track: null });
  const shared = sharedTrackOf({ uri: value.track_uri, title: body, artists: value.track_artists });
  if (!shared) return null;
  const { uri, title, artists } = shared;
  return Object.freeze({ ...common, kind, body: title, track: Object.freeze({ uri, artists }) });
}

/** What messages_now answers. */
export function messagesNow(rows: readonly unknown[]): MessageNow[] {
  return rows.flatMap((row) => {
    if (!isRecord(row)) return [];
    const { id, seq, author_id: authorId, author_name: authorName, body, deleted } = row;
    if (!isUuid(id) || !isSeq(seq) || typeof authorName !== 'string' || typeof body !== 'string') return [];
    return [{ id, seq, authorId: isUuid(authorId) ? authorId : null, authorName, body, deleted: deleted === true }];
  });
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

/** A `typing` broadcast: somebody's claim. */
export function typist(value: unknown): string | null {
  return isRecord(value) && isUuid(value.user_id) ? value.user_id : null;
}

/** A `member` broadcast. */
export function memberNews(value: unknown): MemberNews | null {
  if (!isRecord(value)) return null;
  const { user_id: id, display_name: name, role, muted_until: muted } = value;
  return isUuid(id) && typeof name === 'string' && isRole(role) ? { id, name, role, mutedUntil: timeOf(muted) } : null;
}

/** A `room` broadcast. */
export function settingsOf(value: unknown): RoomSettings | null {
  if (!isRecord(value)) return null;
  const { title, slow_seconds: slow, is_public: open, allow_guests: guests } = value;
  return {
    ...(typeof title === 'string' && { title }),
    ...(isSeq(slow) && { slowSeconds: slow }),
    ...(typeof open === 'boolean' && { isPublic: open }),
    ...(typeof guests === 'boolean' && { allowsGuests: guests }),
  };
}

export function roomOf(value: unknown): Room | null {
  if (!isRecord(value)) return null;
  const { id, slug, title } = value;
  if (!isUuid(id) || typeof slug !== 'string' || typeof title !== 'string') return null;
  return Object.freeze({ id, slug, title, slowSeconds: 0, isPublic: true, allowsGuests: true, ...settingsOf(value) });
}

/** A row of room_members with its profile, which PostgREST gives as an object and its types as a list. */
export function memberOf(value: unknown): Member | null {
  if (!isRecord(value)) return null;
  const profile: unknown = Array.isArray(value.profile) ? value.profile[0] : value.profile;
  return isRecord(profile) ? person({ ...value, ...profile }) : null;
}

/** What join_room answers. */
export function joinedOf(value: unknown): Joined {
  const room = isRecord(value) ? roomOf(value.room) : null;
  const end = isRecord(value) ? endOf(value.room) : null;
  const me = isRecord(value) ? person(value.me) : null;
  if (!room || !end || !me || !isRecord(value) || !isRecord(value.me)) return unreadable('join_room');
  const { read_seq: read, unread } = value.me;
  return Object.freeze({ room, ...end, me, readSeq: isSeq(read) ? read : 0, unread: isSeq(unread) ? unread : 0 });
}

/** A time as the database writes it: `infinity` for good, null for none. In ms since the epoch. */
export function timeOf(value: unknown): number | null {
  if (value === 'infinity') return Infinity;
  const at = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? null : at;
}

/** The same the other way. */
export function timeFor(ms: number): string {
  const latest = 8.64e15;
  return ms >= latest ? 'infinity' : new Date(ms).toISOString();
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

function person(value: unknown): Member | null {
  if (!isRecord(value)) return null;
  const { user_id: id, display_name: name, role, is_guest: guest, muted_until: muted } = value;
  if (!isUuid(id) || typeof name !== 'string' || !isRole(role)) return null;
  return Object.freeze({ ...plainMember, id, name, role, isGuest: guest === true, mutedUntil: timeOf(muted) });
}

function isKind(value: unknown): value is EntryKind {
  return entryKinds.some((kind) => kind === value);
}

function isRole(value: unknown): value is Role {
  return value === 'member' || value === 'moderator' || value === 'owner';
}

function isSeq(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
