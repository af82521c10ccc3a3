import type { CallOptions, MessageNow } from '../gateway.js';
import { limits, type Ban, type OpenReports, type Report, type ReportedMessage, type Role, type RoomSettings } from '../model.js';
import type { ProjectClient } from './client.js';
import { restFailure } from './errors.js';
import { lastCall } from './last-call.js';
import { isRecord, isUuid, messagesNow, timeFor, timeOf, unreadable } from './rows.js';
import type { ServerTime } from './server-time.js';

/** A request of postgrest-js that has not gone out yet. Before 1.17 it takes no headers. */
interface Headed {
  setHeader?(name: string, value: string): unknown;
}

/** The part of a gateway that looks after a room: what members read and report, what moderators do. */
export abstract class ModerationCalls {
  protected abstract get client(): ProjectClient;
  protected abstract get time(): ServerTime;
  /** Whom this speaks for; null: whoever is signed in. */
  protected abstract readonly account: string | null;
  /**
   * The token of the account that this speaks for; null: of whoever is signed in. Rejects with `not-signed-in` where that
   * is somebody else by now.
   */
  protected abstract token(): Promise<string | null>;

  async messagesNow(roomId: string, ids: readonly string[]): Promise<readonly MessageNow[]> {
    const data = await this.call('messages_now', { room_id: roomId, message_ids: ids.filter(isUuid) });
    return Array.isArray(data) ? messagesNow(data) : unreadable('messages_now');
  }

  async markRead(roomId: string, seq: number, { keepalive = false }: CallOptions = {}): Promise<void> {
    const mark = { room_id: roomId, seq };
    if (keepalive && lastCall(this.client, 'mark_read', mark, this.account)) return;
    await this.call('mark_read', mark);
  }

  async readUpTo(roomId: string): Promise<number> {
    const { data, error, status } = await this.ask(
      this.client.from('room_reads').select('read_seq').eq('room_id', roomId).retry(false).maybeSingle(),
    );
    if (error) throw restFailure(error, status);
    return isRecord(data) && typeof data.read_seq === 'number' ? data.read_seq : 0;
  }

  async report(roomId: string, messageId: string, reason: string): Promise<void> {
    await this.call('report_message', { room_id: roomId, message_id: messageId, reason });
  }

  async mute(roomId: string, userId: string, until: number | null): Promise<void> {
    const whom = { room_id: roomId, user_id: userId };
    if (until === null) await this.call('unmute_member', whom);
    else await this.call('mute_member', { ...whom, until: timeFor(this.time.there(until)) });
  }

  async ban(roomId: string, userId: string, until: number | null, reason = ''): Promise<void> {
    const whom = { room_id: roomId, user_id: userId };
    if (until === null) await this.call('unban_member', whom);
    else await this.call('ban_member', { ...whom, until: timeFor(this.time.there(until)), reason });
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

  async revokeInvitations(roomId: string): Promise<void> {
    await this.call('revoke_invitations', { room_id: roomId });
  }

  async resolve(roomId: string, messageId: string): Promise<void> {
    await this.call('resolve_reports', { room_id: roomId, message_id: messageId });
  }

  async reports(roomId: string, most: number): Promise<OpenReports> {
    const data = await this.call('open_reports', { room_id: roomId, most });
    if (!isRecord(data) || !Array.isArray(data.list)) return unreadable('open_reports');
    const rows = data.list.filter(isRecord);
    const ids = rows.map(({ message_id: id }) => id).filter(isUuid);
    const now = new Map<string, MessageNow>();
    for (let from = 0; from < ids.length; from += limits.quotes) {
      for (const message of await this.messagesNow(roomId, ids.slice(from, from + limits.quotes))) now.set(message.id, message);
    }
    return { list: rows.flatMap((row) => reportedOf(row, now)), messages: Number(data.messages), reports: Number(data.reports) };
  }

  async bans(roomId: string): Promise<readonly Ban[]> {
    const { data, error, status } = await this.ask(
      this.client
        .from('room_bans')
        .select('user_id,display_name,until,reason')
        .eq('room_id', roomId)
        .gt('until', 'now')
        .order('display_name')
        .retry(false),
    );
    if (error) throw restFailure(error, status);
    return data.flatMap(banOf).map((ban) => ({ ...ban, until: this.time.here(ban.until) }));
  }

  /** Asks a function of the database. */
  protected async call(name: string, values: Readonly<Record<string, unknown>>): Promise<unknown> {
    const { data, error, status } = await this.ask(this.client.rpc(name, values));
    if (error) throw restFailure(error, status);
    return data as unknown;
  }

  /**
   * With the very token that was looked at: the client asks its host for one when it sends, and by then somebody else
   * may be signed in.
   */
  protected async ask<T>(request: PromiseLike<T> & Headed, given: () => Promise<string | null> = () => this.token()): Promise<T> {
    const token = await given();
    if (token !== null) request.setHeader?.('Authorization', `Bearer ${token}`);
    return request;
  }
}

function reportedOf(row: Readonly<Record<string, unknown>>, now: ReadonlyMap<string, MessageNow>): ReportedMessage[] {
  const { message_id: messageId, reporters, reports } = row;
  if (!isUuid(messageId) || !Array.isArray(reports)) return [];
  const { authorId = null, authorName = '', body = '' } = now.get(messageId) ?? {};
  return [{ messageId, authorId, authorName, body, reporters: Number(reporters), reports: reports.filter(isRecord).flatMap(reportOf) }];
}

function reportOf({ reporter_name: reporterName, reason, created_at: createdAt }: Readonly<Record<string, unknown>>): Report[] {
  if (typeof reporterName !== 'string' || typeof reason !== 'string') return [];
  return [{ reporterName, reason, at: timeOf(createdAt) ?? 0 }];
}

function banOf(row: Readonly<Record<string, unknown>>): Ban[] {
  const { user_id: userId, display_name: name, until, reason } = row;
  if (!isUuid(userId) || typeof name !== 'string') return [];
  return [{ userId, name, until: timeOf(until) ?? 0, reason: typeof reason === 'string' ? reason : '' }];
}
