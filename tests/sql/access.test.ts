import { describe, expect, test } from 'vitest';
import { entries, everybody, listening, rooms, useWorld, userId, type Outcome } from './support.js';

const inWorld = useWorld();
const no = 'denied';

/** A statement, and what comes of it for each of `everybody`: a number of rows, `denied`, or what was raised. */
type Line = readonly [statement: string, ...outcomes: Outcome[]];

function table(name: string, lines: readonly Line[]): void {
  describe(name, () => {
    for (const [statement, ...outcomes] of lines) {
      test(
        statement,
        inWorld(async (world) => {
          const expected = Object.fromEntries(everybody.map((person, place) => [person, outcomes[place]]));
          const actual: Record<string, Outcome> = {};
          for (const person of everybody) actual[person] = await world.attempt(person, statement);
          expect(actual).toEqual(expected);
        }),
      );
    }
  });
}

const author = userId('author');
const stranger = userId('stranger');
const member = userId('member');
const heard = `'${JSON.stringify(listening)}'`;
const known = 'id, slug, title, is_public, allow_guests, created_at';

// The columns of every table:                     anon  stranger  guest  member  author  moderator  owner  service
table('rooms', [
  [`select ${known} from rooms where slug = 'open'`, 1, 1, 1, 1, 1, 1, 1, 1],
  [`select ${known} from rooms where slug = 'closed'`, 0, 0, 1, 1, 1, 1, 1, 1],
  [`select epoch, last_seq from rooms where slug = 'open'`, no, 1, 1, 1, 1, 1, 1, 1],
  [`select epoch, last_seq from rooms where slug = 'closed'`, no, 0, 1, 1, 1, 1, 1, 1],
  [`select owner_id from rooms where slug = 'open'`, no, no, no, no, no, no, no, 1],
  [`select * from rooms where slug = 'open'`, no, no, no, no, no, no, no, 1],
  [`insert into rooms (slug, title) values ('mine', 'Mine')`, no, no, no, no, no, no, no, 1],
  [`update rooms set title = 'Mine' where slug = 'open'`, no, no, no, no, no, no, no, 1],
  [`update rooms set last_seq = 9 where slug = 'open'`, no, no, no, no, no, no, no, 1],
  [`delete from rooms where slug = 'open'`, no, no, no, no, no, no, no, 1],
]);

table('profiles', [
  [`select * from profiles where user_id = '${author}'`, no, 0, 1, 1, 1, 1, 1, 1],
  [`select * from profiles where user_id = '${stranger}'`, no, 1, 0, 0, 0, 0, 0, 1],
  [`select * from profiles`, no, 1, 5, 5, 5, 5, 5, 6],
  [`insert into profiles (user_id, display_name) values (gen_random_uuid(), 'Eve')`, no, no, no, no, no, no, no,
    'insert or update on table "profiles" violates foreign key constraint "profiles_user_id_fkey"'],
  [`update profiles set display_name = 'Eve' where user_id = '${author}'`, no, no, no, no, no, no, no, 1],
  [`delete from profiles where user_id = '${author}'`, no, no, no, no, no, no, no, 1],
]);

table('room_members', [
  [`select * from room_members where room_id = '${rooms.open}'`, no, 0, 5, 5, 5, 5, 5, 5],
  [`select * from room_members where room_id = '${rooms.closed}'`, no, 0, 5, 5, 5, 5, 5, 5],
  [`select * from room_members where room_id = '${rooms.elsewhere}'`, no, 1, 0, 0, 0, 0, 0, 1],
  [`insert into room_members (room_id, user_id) values ('${rooms.closed}', '${stranger}')`, no, no, no, no, no, no, no, 1],
  [`update room_members set role = 'owner' where user_id = '${member}'`, no, no, no, no, no, no, no, 2],
  [`delete from room_members where user_id = '${member}'`, no, no, no, no, no, no, no, 2],
]);

table('room_entries', [
  [`select * from room_entries where room_id = '${rooms.open}'`, no, 0, 1, 1, 1, 1, 1, 1],
  [`select * from room_entries where room_id = '${rooms.closed}'`, no, 0, 1, 1, 1, 1, 1, 1],
  [`select * from room_entries where id = '${entries.closed}'`, no, 0, 1, 1, 1, 1, 1, 1],
  [`insert into room_entries (room_id, seq, id, author_name, body)
    values ('${rooms.open}', 2, gen_random_uuid(), 'author', 'Forged')`, no, no, no, no, no, no, no, 1],
  [`update room_entries set body = 'Never said'`, no, no, no, no, no, no, no, 2],
  [`delete from room_entries`, no, no, no, no, no, no, no, 2],
]);

table('room_listening', [
  [`select * from room_listening where room_id = '${rooms.open}'`, no, 0, 1, 1, 1, 1, 1, 1],
  [`select * from room_listening where room_id = '${rooms.closed}'`, no, 0, 1, 1, 1, 1, 1, 1],
  [`select * from room_listening`, no, 0, 2, 2, 2, 2, 2, 2],
  [`insert into room_listening (room_id, user_id, uri, title, artists)
    values ('${rooms.open}', '${member}', '${listening.uri}', 'Forged', '')`, no, no, no, no, no, no, no, 1],
  [`update room_listening set title = 'Never heard'`, no, no, no, no, no, no, no, 2],
  [`delete from room_listening`, no, no, no, no, no, no, no, 2],
]);

table('join_room', [
  [`select join_room('open', 'Somebody')`, no, 1, 1, 1, 1, 1, 1, no],
  [`select join_room('closed', 'Somebody')`, no, 'room_unknown', 1, 1, 1, 1, 1, no],
  [`select join_room('accounts-only', 'Somebody')`, no, 1, 'guests_not_allowed', 1, 1, 1, 1, no],
  [`select join_room('nowhere', 'Somebody')`, no, ...Array<string>(6).fill('room_unknown'), no],
]);

table('send_message', [
  [`select send_message('${rooms.open}', gen_random_uuid(), 'Hello')`, no, 'not_a_member', 1, 1, 1, 1, 1, no],
  [`select send_message('${rooms.closed}', gen_random_uuid(), 'Hello')`, no, 'not_a_member', 1, 1, 1, 1, 1, no],
  [`select send_message('${rooms.missing}', gen_random_uuid(), 'Hello')`, no, ...Array<string>(6).fill('not_a_member'), no],
  [`select send_message('${rooms.open}', '${entries.open}', 'Mine now')`, no, 'not_a_member',
    'message_id_taken', 'message_id_taken', 1, 'message_id_taken', 'message_id_taken', no],
]);

const track = `'${listening.uri}', 'Paper Lanterns', 'The Quiet Hours'`;

table('share_track', [
  [`select share_track('${rooms.open}', gen_random_uuid(), ${track})`, no, 'not_a_member', 1, 1, 1, 1, 1, no],
  [`select share_track('${rooms.closed}', gen_random_uuid(), ${track})`, no, 'not_a_member', 1, 1, 1, 1, 1, no],
  [`select share_track('${rooms.missing}', gen_random_uuid(), ${track})`, no, ...Array<string>(6).fill('not_a_member'), no],
  [`select share_track('${rooms.open}', '${entries.open}', ${track})`, no, 'not_a_member',
    'message_id_taken', 'message_id_taken', 1, 'message_id_taken', 'message_id_taken', no],
]);

table('share_listening', [
  [`select share_listening('${rooms.open}', ${heard})`, no, 'not_a_member', 1, 1, 1, 1, 1, no],
  [`select share_listening('${rooms.open}', null)`, no, 'not_a_member', 1, 1, 1, 1, 1, no],
  [`select share_listening('${rooms.closed}', ${heard})`, no, 'not_a_member', 1, 1, 1, 1, 1, no],
  [`select share_listening('${rooms.missing}', ${heard})`, no, ...Array<string>(6).fill('not_a_member'), no],
]);

table('forget_listening', [[`select forget_listening()`, no, 1, 1, 1, 1, 1, 1, no]]);

const nobody = Array<string>(everybody.length).fill(no);

table('the private schema', [
  [`select * from private.recent_sends`, ...nobody],
  [`insert into private.recent_sends (user_id, sent_at) values ('${member}', '{}')`, ...nobody],
  [`update private.recent_sends set sent_at = '{}'`, ...nobody],
  [`delete from private.recent_sends`, ...nobody],
  [`select private.my_room_ids()`, ...nobody],
  [`select private.shares_room_with('${author}')`, ...nobody],
  [`select private.is_live_topic_of_mine('room:${rooms.open}:1')`, ...nobody],
  [`select private.spend_send('${member}', 'entry', 1000)`, ...nobody],
  [`select private.my_membership('${rooms.open}')`, ...nobody],
  [`select private.write_entry(member, gen_random_uuid(), 'message', 'Forged', null, null) from room_members member`,
    ...nobody],
  [`select private.listening_since()`, ...nobody],
]);

table('the accounts', [
  [`select * from auth.users`, ...nobody],
  [`delete from auth.users`, ...nobody],
]);
