import type { SupabaseClient } from '@supabase/supabase-js';
import type { MessageNow } from '../gateway.js';
import type { Ban, Report, Role, RoomSettings } from '../model.js';
import { restFailure } from './errors.js';
import { isRecord, isUuid, messagesNow, timeFor, timeOf, unreadable } from './rows.js';

/** More are not listed: the oldest come first, and what is resolved makes room. */
const mostListed = 50;

/** The part of a gateway that looks after a room: what members read and report, what moderators do. */
export abstract class ModerationCalls {
  protected abstract get client(): SupabaseClient;

  async messagesNow(roomId: string, ids: readonly string[]): Promise<readonly MessageNow[]> {
    const data = await this.call('messages_now', { room_id: roomId, message_ids: ids.filter(isUuid) });
    return Array.isArray(data) ? messagesNow(data) : unreadable('messages_now');
  }

  async markRead(roomId: string, seq: number): Promise<void> {
    await this.call('mark_read', { room_id: roomId, seq });
  }

  async report(roomId: string, messageId: string, reason: string): Promise<void> {
    await this.call('report_message', { room_id: roomId, message_id: messageId, reason });
  }

  async mute(roomId: string, userId: string, until: number | null): Promise<void> {
    const whom = { room_id: roomId, user_id: userId };
    if (until === null) await this.call('unmute_member', whom);
    else await this.call('mute_member', { ...whom, until: timeFor(until) });
  }

  async ban(roomId: string, userId: string, until: number | null, reason = ''): Promise<void> {
    const whom = { room_id: roomId, user_id: userId };
    if (until === null) await this.call('unban_member', whom);
    else await this.call('ban_member', { ...whom, until: timeFor(until), reason });
  }

  async setRole(roomId: string, userId: string, role: Role): Promise<void> {
    await this.call('set_role', { room_id: roomId, user_id: userId, role });
  }

  async setRoom(roomId: string, { title, slowSeconds, isPublic, allowsGuests }: RoomSettings): Promise<void> {
    const settings = { title, slow_seconds: slowSeconds, is_public: isPublic, allow_guests: allowsGuests };
    await this.call('update_room', { room_id: roomId, settings });
  }

  async invite(roomId: string, lastsSeconds: number, uses: number | null): Promise<string> {
    const data = await this.call('create_invitation', { room_id: roomId, lasts: lastsSeconds, uses });
    return isRecord(data) && typeof data.token === 'string' ? data.token : unreadable('create_invitation');
  }

  async resolve(roomId: string, reportId: string): Promise<void> {
    await this.call('resolve_report', { room_id: roomId, report_id: reportId });
  }

  async reports(roomId: string): Promise<readonly Report[]> {
    const { data, error, status } = await this.client
      .from('room_reports')
      .select('id,message_id,reporter_name,reason,created_at')
      .eq('room_id', roomId)
      .is('resolved_at', null)
      .order('created_at')
      .limit(mostListed)
      .retry(false);
    if (error) throw restFailure(error, status);
    const now = await this.messagesNow(roomId, [...new Set(data.map((row) => String(row.message_id)))]);
    return data.flatMap((row) => reportOf(row, now));
  }

  async bans(roomId: string): Promise<readonly Ban[]> {
    const { data, error, status } = await this.client
      .from('room_bans')
      .select('user_id,display_name,until,reason')
      .eq('room_id', roomId)
      .gt('until', 'now')
      .order('display_name')
      .retry(false);
    if (error) throw restFailure(error, status);
    return data.flatMap(banOf);
  }

  /** Asks a function of the database. */
  protected async call(name: string, values: Readonly<Record<string, unknown>>): Promise<unknown> {
    const { data, error, status } = await this.client.rpc(name, values);
    if (error) throw restFailure(error, status);
    return data as unknown;
  }
}

function reportOf(row: Readonly<Record<string, unknown>>, now: readonly MessageNow[]): Report[] {
  const { id, message_id: messageId, reporter_name: reporterName, reason, created_at: createdAt } = row;
  const message = now.find((one) => one.id === messageId);
  if (!isUuid(id) || !isUuid(messageId) || typeof reporterName !== 'string' || typeof reason !== 'string') return [];
  const { authorId = null, authorName = '', body = '' } = message ?? {};
  return [{ id, messageId, authorId, authorName, body, reporterName, reason, at: timeOf(createdAt) ?? 0 }];
}

function banOf(row: Readonly<Record<string, unknown>>): Ban[] {
  const { user_id: userId, display_name: name, until, reason } = row;
  if (!isUuid(userId) || typeof name !== 'string') return [];
  return [{ userId, name, until: timeOf(until) ?? 0, reason: typeof reason === 'string' ? reason : '' }];
}
