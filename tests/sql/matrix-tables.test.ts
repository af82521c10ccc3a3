import { describe, expect, test } from 'vitest';
import { all, ids, no, useMatrix, type Line } from './matrix.js';
import { entries, listening, rooms, userId } from './support.js';

const { inWorld, line } = useMatrix();

const operations = ['select', 'insert', 'update', 'delete'] as const;

const author = userId('author');
const stranger = userId('stranger');
const member = userId('member');
const banned = userId('banned');
const known = 'id, slug, title, is_public, allow_guests, created_at';
const until = "now() + interval '1 hour'";

/** What only the project's own server may do. */
const service = (statement: string, rows: number | string): Line => [statement, ...all(no).slice(0, -1), rows];

// The columns of all:                                  anon stranger banned guest member muted author moderator owner service
const tables: Readonly<Record<string, readonly Line[]>> = {
  rooms: [
    [`select ${known} from rooms where slug = 'open'`, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    [`select ${known} from rooms where slug = 'closed'`, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    [`select epoch, last_seq, slow_seconds from rooms where slug = 'open'`, no, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    [`select epoch, last_seq, slow_seconds from rooms where slug = 'closed'`, no, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    service(`select owner_id from rooms where slug = 'open'`, 1),
    service(`select * from rooms where slug = 'open'`, 1),
    service(`insert into rooms (slug, title) values ('mine', 'Mine')`, 1),
    service(`update rooms set title = 'Mine' where slug = 'open'`, 1),
    service(`update rooms set last_seq = 9 where slug = 'open'`, 1),
    service(`delete from rooms where slug = 'open'`, 1),
  ],
  room_profiles: [
    [`select * from room_profiles where user_id = '${author}'`, no, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    [`select * from room_profiles where user_id = '${stranger}'`, no, 1, 0, 0, 0, 0, 0, 0, 0, 1],
    [`select * from room_profiles where user_id = '${banned}'`, no, 0, 1, 0, 0, 0, 0, 0, 0, 1],
    [`select * from room_profiles`, no, 1, 1, 6, 6, 6, 6, 6, 6, 8],
    service(
      `insert into room_profiles (user_id, display_name) values (gen_random_uuid(), 'Eve')`,
      'insert or update on table "room_profiles" violates foreign key constraint "room_profiles_user_id_fkey"',
    ),
    service(`update room_profiles set display_name = 'Eve' where user_id = '${author}'`, 1),
    service(`delete from room_profiles where user_id = '${author}'`, 1),
  ],
  room_members: [
    [`select * from room_members where room_id = '${rooms.open}'`, no, 0, 0, 6, 6, 6, 6, 6, 6, 6],
    [`select * from room_members where room_id = '${rooms.closed}'`, no, 0, 0, 6, 6, 6, 6, 6, 6, 6],
    [`select * from room_members where room_id = '${rooms.elsewhere}'`, no, 1, 0, 0, 0, 0, 0, 0, 0, 1],
    service(`insert into room_members (room_id, user_id) values ('${rooms.closed}', '${stranger}')`, 1),
    service(`update room_members set role = 'owner' where user_id = '${member}'`, 2),
    service(`update room_members set muted_until = null where muted_until is not null`, 2),
    service(`delete from room_members where user_id = '${member}'`, 2),
  ],
  room_entries: [
    [`select * from room_entries where room_id = '${rooms.open}'`, no, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    [`select * from room_entries where room_id = '${rooms.closed}'`, no, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    [`select * from room_entries where id = '${entries.closed}'`, no, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    service(
      `insert into room_entries (room_id, seq, id, author_name, body)
       values ('${rooms.open}', 2, gen_random_uuid(), 'author', 'Forged')`,
      1,
    ),
    service(`update room_entries set body = 'Never said'`, 2),
    service(`delete from room_entries`, 2),
  ],
  room_listening: [
    [`select * from room_listening where room_id = '${rooms.open}'`, no, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    [`select * from room_listening where room_id = '${rooms.closed}'`, no, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    [`select * from room_listening`, no, 0, 0, 2, 2, 2, 2, 2, 2, 2],
    service(
      `insert into room_listening (room_id, user_id, uri, title, artists)
       values ('${rooms.open}', '${member}', '${listening.uri}', 'Forged', '')`,
      1,
    ),
    service(`update room_listening set title = 'Never heard'`, 2),
    service(`delete from room_listening`, 2),
  ],
  room_reads: [
    [`select * from room_reads where room_id = '${rooms.open}'`, no, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    service(`insert into room_reads (room_id, user_id, read_seq) values ('${rooms.open}', '${author}', 1)`, 1),
    service(`update room_reads set read_seq = 0`, 1),
    service(`delete from room_reads`, 1),
  ],
  room_bans: [
    [`select * from room_bans where room_id = '${rooms.open}'`, no, 0, 0, 0, 0, 0, 0, 1, 1, 1],
    [`select * from room_bans`, no, 0, 0, 0, 0, 0, 0, 2, 2, 2],
    service(
      `insert into room_bans (room_id, user_id, display_name, until)
       values ('${rooms.open}', '${stranger}', 'stranger', ${until})`,
      1,
    ),
    service(`update room_bans set until = now()`, 2),
    service(`delete from room_bans`, 2),
  ],
  room_reports: [
    [`select * from room_reports where room_id = '${rooms.open}'`, no, 0, 0, 0, 0, 0, 0, 1, 1, 1],
    service(
      `insert into room_reports (room_id, message_id, reporter_name, reason)
       values ('${rooms.open}', '${entries.open}', 'Eve', 'Forged')`,
      1,
    ),
    service(`update room_reports set resolved_at = now() where id = '${ids.report}'`, 1),
    service(`delete from room_reports`, 1),
  ],
  room_audit: [
    [`select * from room_audit where room_id = '${rooms.open}'`, no, 0, 0, 0, 0, 0, 0, 1, 1, 1],
    service(`insert into room_audit (room_id, actor_id, action) values ('${rooms.open}', '${member}', 'ban')`, 1),
    service(`update room_audit set action = 'ban' where id = '${ids.audit}'`, 1),
    service(`delete from room_audit`, 1),
  ],
  room_invitations: [
    service(`select * from room_invitations`, 1),
    service(
      `insert into room_invitations (token_hash, room_id, created_by, expires_at)
       values ('\\x00', '${rooms.closed}', '${member}', ${until})`,
      1,
    ),
    service(`update room_invitations set uses_left = 9`, 1),
    service(`delete from room_invitations`, 1),
  ],
};

for (const [name, lines] of Object.entries(tables)) {
  describe(name, () => {
    lines.forEach(line);
  });
}

test(
  'no table is without a line for each operation',
  inWorld(async (world) => {
    const rows = await world.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
       order by 1`,
    );
    const missing = rows.flatMap(({ name }) => {
      const statements = (tables[name] ?? []).map(([statement]) => statement);
      return operations.filter((word) => !statements.some((each) => each.startsWith(word))).map((word) => `${word} ${name}`);
    });
    expect(missing).toEqual([]);
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(tables).sort());
  }),
);

describe('sequences and other schemas', () => {
  test(
    'there is no sequence that anybody could advance',
    inWorld(async (world) => {
      const query = "select relname from pg_class where relkind = 'S' and relnamespace in ('public'::regnamespace, 'private'::regnamespace)";
      expect(await world.sql(query)).toEqual([]);
    }),
  );

  line(['select * from auth.users', ...all(no)]);
  line(['delete from auth.users', ...all(no)]);
});
