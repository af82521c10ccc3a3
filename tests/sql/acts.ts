import { rooms, userId, type Caller, type Person, type World } from './support.js';

/** An entry as its writer is answered, as far as the tests look at it. */
export interface Entry {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly author_id: string | null;
  readonly author_name: string;
  readonly body: string;
  readonly track_uri: string | null;
  readonly track_artists: string | null;
  readonly target_id: string | null;
  readonly reply_to: string | null;
  readonly mentions: readonly string[];
  readonly redacted: boolean;
  readonly created_at: string;
}

export const id = (number: number): string => `00000000-0000-4000-8004-${String(number).padStart(12, '0')}`;

type Who = Person | Caller;

const call = {
  send_message: 'send_message($1, $2, $3, $4, $5)',
  edit_message: 'edit_message($1, $2, $3, $4, $5)',
  delete_message: 'delete_message($1, $2, $3)',
  react: 'react($1, $2, $3, $4)',
  unreact: 'unreact($1, $2, $3, $4)',
  messages_now: 'messages_now($1, $2)',
  mark_read: 'mark_read($1, $2)',
  mute_member: 'mute_member($1, $2, $3, $4)',
  unmute_member: 'unmute_member($1, $2)',
  ban_member: 'ban_member($1, $2, $3, $4)',
  unban_member: 'unban_member($1, $2)',
  set_role: 'set_role($1, $2, $3)',
  update_room: 'update_room($1, $2)',
  report_message: 'report_message($1, $2, $3)',
  open_reports: 'open_reports($1, $2)',
  resolve_reports: 'resolve_reports($1, $2, $3)',
  create_invitation: 'create_invitation($1, $2, $3)',
  revoke_invitations: 'revoke_invitations($1)',
} as const;

/** A function of a room, called there; what is left out is null. */
export const act = <T = Entry>(
  world: World, who: Who, name: keyof typeof call, parameters: readonly unknown[] = [], room: string = rooms.open,
): Promise<T> => world.call<T>(who, call[name], filled(name, parameters, room));

export const refusedAct = (
  world: World, who: Who, name: keyof typeof call, parameters: readonly unknown[] = [], room: string = rooms.open,
) => world.refused(who, call[name], filled(name, parameters, room));

function filled(name: keyof typeof call, parameters: readonly unknown[], room: string): unknown[] {
  const count = call[name].split('$').length - 2;
  return [room, ...Array.from({ length: count }, (_, place) => parameters[place] ?? null)];
}

export const send = (
  world: World, who: Who, message: string, body = 'Hello', more: { to?: string; naming?: readonly string[]; room?: string } = {},
) => act(world, who, 'send_message', [message, body, more.to, more.naming], more.room);

/** What the log holds, as the superuser sees it. */
export const log = (world: World, room: string = rooms.open) =>
  world.sql<Entry>('select * from room_entries where room_id = $1 order by seq', [room]);

/** What was announced of a kind since it was last asked, by topic. */
export const announced = (world: World, event: string) =>
  world.sql<{ topic: string; payload: Record<string, unknown> }>(
    'delete from realtime.messages where event = $1 and private returning topic, payload - \'id\' as payload',
    [event],
  );

export const audited = (world: World) =>
  world.sql<{ actor_id: string; action: string; target_user: string | null; detail: Record<string, unknown> }>(
    'select actor_id, action, target_user, target_message, detail from room_audit order by at, id',
  );

/** Whether somebody is a member. */
export const isIn = async (world: World, person: Person, room: string = rooms.open): Promise<boolean> =>
  (await world.sql('select from room_members where room_id = $1 and user_id = $2', [room, userId(person)])).length === 1;
