import { ChatError } from '../gateway.js';
import type { End, Joined } from '../gateway.js';
import type { Entry, Member, Role, Room } from '../model.js';

/** What room_entries is read as. The answer of send_message and the broadcast are the same. */
export const entryColumns = 'seq,id,kind,author_id,author_name,body,created_at';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** @returns null for whatever is no message of ours: a broadcast may hold anything */
export function entryOf(value: unknown): Entry | null {
  if (!isRecord(value)) return null;
  const { seq, id, kind, author_id: authorId, author_name: authorName, body, created_at: createdAt } = value;
  if (!isSeq(seq) || seq === 0 || !isUuid(id) || kind !== 'message') return null;
  if (typeof authorName !== 'string' || typeof body !== 'string' || typeof createdAt !== 'string') return null;
  // The author's account may be gone; the message stays.
  if (authorId !== null && !isUuid(authorId)) return null;
  const at = Date.parse(createdAt);
  return Number.isNaN(at) ? null : Object.freeze({ seq, id, kind, authorId: authorId ?? '', authorName, body, at });
}

export function roomOf(value: unknown): Room | null {
  if (!isRecord(value)) return null;
  const { id, slug, title } = value;
  if (!isUuid(id) || typeof slug !== 'string' || typeof title !== 'string') return null;
  return Object.freeze({ id, slug, title });
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
  return Object.freeze({ room, ...end, me });
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
  return isUuid(id) && typeof name === 'string' && isRole(role) ? Object.freeze({ id, name, role }) : null;
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
