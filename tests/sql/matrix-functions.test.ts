import { describe, expect, test } from 'vitest';
import { all, columns, ids, no, signedIn, useMatrix, type Line } from './matrix.js';
import { entries, listening, rooms, userId, type Outcome } from './support.js';

const { inWorld, line } = useMatrix();

const { open, closed, missing } = rooms;
const fresh = 'gen_random_uuid()';
const heard = `'${JSON.stringify(listening)}'`;
const track = `'${listening.uri}', 'Paper Lanterns', 'The Quiet Hours'`;
const message = entries.open;
const person = (name: Parameters<typeof userId>[0]) => `'${userId(name)}'`;

const nam = 'not_a_member';
const may = 'not_allowed';

/** Of those who are in the room, everybody. */
const inside: Outcome[] = [no, nam, 'banned', 1, 1, 1, 1, 1, 1, no];
/** Of those who are in the room, who is not muted. */
const voices: Outcome[] = [no, nam, 'banned', 1, 1, 'muted', 1, 1, 1, no];
/** Moderators and the owner. */
const moderators: Outcome[] = [no, nam, 'banned', may, may, may, may, 1, 1, no];
const owner: Outcome[] = [no, nam, 'banned', may, may, may, may, may, 1, no];
const nobody: Outcome[] = [no, nam, 'banned', may, may, may, may, may, may, no];
const elsewhere = signedIn(nam);

// The columns of all:                       anon stranger banned guest member muted author moderator owner service
const functions: Readonly<Record<string, readonly Line[]>> = {
  join_room: [
    [`select join_room('open', 'Somebody')`, no, 1, 'banned', 1, 1, 1, 1, 1, 1, no],
    [`select join_room('closed', 'Somebody')`, no, 'room_unknown', 'banned', 1, 1, 1, 1, 1, 1, no],
    [`select join_room('closed', 'Somebody', 'guess')`, no, 'invitation_invalid', 'banned', 1, 1, 1, 1, 1, 1, no],
    [`select join_room('closed', 'Somebody', '${ids.invitation}')`, no, 1, 'banned', 1, 1, 1, 1, 1, 1, no],
    [`select join_room('accounts-only', 'Somebody')`, no, 1, 1, 'guests_not_allowed', 1, 1, 1, 1, 1, no],
    [`select join_room('nowhere', 'Somebody')`, ...signedIn('room_unknown')],
    [`select join_room('nowhere', 'Somebody', 'guess')`, ...signedIn('invitation_invalid')],
  ],
  send_message: [
    [`select send_message('${open}', ${fresh}, 'Hello')`, ...voices],
    [`select send_message('${closed}', ${fresh}, 'Hello')`, ...voices],
    [`select send_message('${open}', ${fresh}, 'Hello', '${message}', array[${person('author')}]::uuid[])`, ...voices],
    [`select send_message('${missing}', ${fresh}, 'Hello')`, ...elsewhere],
    [`select send_message('${open}', '${message}', 'Mine now')`,
      no, nam, 'banned', 'message_id_taken', 'message_id_taken', 'muted', 1, 'message_id_taken', 'message_id_taken', no],
  ],
  share_track: [
    [`select share_track('${open}', ${fresh}, ${track})`, ...voices],
    [`select share_track('${missing}', ${fresh}, ${track})`, ...elsewhere],
  ],
  edit_message: [
    [`select edit_message('${open}', ${fresh}, '${message}', 'New')`, no, nam, 'banned', may, may, 'muted', 1, may, may, no],
    [`select edit_message('${open}', ${fresh}, '${message}', 'New', array[${person('guest')}]::uuid[])`,
      no, nam, 'banned', may, may, 'muted', 1, may, may, no],
    [`select edit_message('${missing}', ${fresh}, '${message}', 'New')`, ...elsewhere],
  ],
  delete_message: [
    [`select delete_message('${open}', ${fresh}, '${message}')`, no, nam, 'banned', may, may, 'muted', 1, 1, 1, no],
    [`select delete_message('${missing}', ${fresh}, '${message}')`, ...elsewhere],
  ],
  react: [
    [`select react('${open}', ${fresh}, '${message}', '👍')`, ...voices],
    [`select react('${missing}', ${fresh}, '${message}', '👍')`, ...elsewhere],
  ],
  unreact: [
    [`select unreact('${open}', ${fresh}, '${message}', '👍')`, ...voices],
    [`select unreact('${missing}', ${fresh}, '${message}', '👍')`, ...elsewhere],
  ],
  messages_now: [
    [`select messages_now('${open}', array['${message}']::uuid[])`, ...inside],
    [`select messages_now('${open}', array['${entries.closed}']::uuid[])`, no, nam, 'banned', 0, 0, 0, 0, 0, 0, no],
    [`select messages_now('${missing}', array['${message}']::uuid[])`, ...elsewhere],
  ],
  mark_read: [
    [`select mark_read('${open}', 1)`, ...inside],
    [`select mark_read('${missing}', 1)`, ...elsewhere],
  ],
  share_listening: [
    [`select share_listening('${open}', ${heard})`, ...voices],
    [`select share_listening('${open}', null)`, ...inside],
    [`select share_listening('${missing}', ${heard})`, ...elsewhere],
  ],
  mute_member: [
    [`select mute_member('${open}', ${person('member')}, 'infinity')`, ...moderators],
    [`select mute_member('${open}', ${person('moderator')}, 'infinity')`, ...owner],
    [`select mute_member('${open}', ${person('owner')}, 'infinity')`, ...nobody],
    [`select mute_member('${open}', ${person('stranger')}, 'infinity')`, ...nobody],
    [`select mute_member('${missing}', ${person('member')}, 'infinity')`, ...elsewhere],
  ],
  unmute_member: [
    [`select unmute_member('${open}', ${person('muted')})`, ...moderators],
    [`select unmute_member('${missing}', ${person('muted')})`, ...elsewhere],
  ],
  ban_member: [
    [`select ban_member('${open}', ${person('member')}, 'infinity')`, ...moderators],
    [`select ban_member('${open}', ${person('moderator')}, 'infinity')`, ...owner],
    [`select ban_member('${open}', ${person('owner')}, 'infinity')`, ...nobody],
    [`select ban_member('${open}', ${person('stranger')}, 'infinity')`, ...nobody],
    [`select ban_member('${missing}', ${person('member')}, 'infinity')`, ...elsewhere],
  ],
  unban_member: [
    [`select unban_member('${open}', ${person('banned')})`, ...moderators],
    [`select unban_member('${missing}', ${person('banned')})`, ...elsewhere],
  ],
  set_role: [
    [`select set_role('${open}', ${person('member')}, 'moderator')`, ...owner],
    [`select set_role('${open}', ${person('moderator')}, 'member')`, ...owner],
    [`select set_role('${open}', ${person('member')}, 'owner')`, ...nobody],
    [`select set_role('${open}', ${person('owner')}, 'member')`, ...nobody],
    [`select set_role('${missing}', ${person('member')}, 'member')`, ...elsewhere],
  ],
  update_room: [
    [`select update_room('${open}', '{"slow_seconds": 10}')`, ...moderators],
    [`select update_room('${open}', '{"title": "Mine"}')`, ...owner],
    [`select update_room('${open}', '{"is_public": false}')`, ...owner],
    [`select update_room('${open}', '{"allow_guests": false}')`, ...owner],
    [`select update_room('${missing}', '{"title": "Mine"}')`, ...elsewhere],
  ],
  create_invitation: [
    [`select create_invitation('${closed}', 3600)`, ...moderators],
    [`select create_invitation('${missing}', 3600)`, ...elsewhere],
  ],
  revoke_invitations: [
    [`select revoke_invitations('${closed}')`, ...moderators],
    [`select revoke_invitations('${missing}')`, ...elsewhere],
  ],
  report_message: [
    [`select report_message('${open}', '${message}', 'Rude')`, ...inside],
    [`select report_message('${missing}', '${message}', 'Rude')`, ...elsewhere],
  ],
  open_reports: [
    [`select open_reports('${open}')`, ...moderators],
    [`select open_reports('${closed}', 1)`, ...moderators],
    [`select open_reports('${missing}')`, ...elsewhere],
  ],
  resolve_reports: [
    [`select resolve_reports('${open}', '${message}', 'Talked to them')`, ...moderators],
    [`select resolve_reports('${missing}', '${message}')`, ...elsewhere],
  ],
  offer_guest: [[`select offer_guest()`, no, may, may, 1, may, may, may, may, may, no]],
  adopt_guest: [
    [`select adopt_guest('${ids.code}')`, no, 1, 1, may, 1, 1, 1, 1, 1, no],
    [`select adopt_guest('guess')`,
      no, 'code_invalid', 'code_invalid', may, ...Array<string>(5).fill('code_invalid'), no],
  ],
};

for (const [name, lines] of Object.entries(functions)) {
  describe(name, () => {
    lines.forEach(line);
  });
}

test(
  'no function is without a line',
  inWorld(async (world) => {
    const rows = await world.sql<{ name: string }>(
      "select proname as name from pg_proc where pronamespace = 'public'::regnamespace order by 1",
    );
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(functions).sort());
    for (const [name, lines] of Object.entries(functions)) {
      for (const [statement] of lines) expect(statement).toContain(`select ${name}(`);
    }
  }),
);

describe('the private schema is closed to everybody', () => {
  const closedTo = (catalog: string) =>
    inWorld(async (world) => {
      const statements = await world.sql<{ statement: string }>(catalog);
      expect(statements.length).toBeGreaterThan(3);
      const open: string[] = [];
      for (const { statement } of statements) {
        for (const each of columns) {
          const outcome = await world.attempt(each, statement);
          if (outcome !== no) open.push(`${each}: ${statement} gives ${outcome}`);
        }
      }
      expect(open).toEqual([]);
    });

  test(
    'each of its functions',
    closedTo(
      `select format('select %s(%s)', proc.oid::regproc, (
         select string_agg(format('null::%s', kind::regtype), ', ' order by place)
         from unnest(proargtypes::oid[]) with ordinality argument (kind, place)
       )) as statement
       from pg_proc proc where pronamespace = 'private'::regnamespace`,
    ),
    30_000,
  );

  test(
    'each of its tables, for each operation',
    closedTo(
      `select format(operation, oid::regclass) as statement
       from pg_class, unnest(array['select from %s', 'insert into %s default values', 'delete from %s']) operation
       where relnamespace = 'private'::regnamespace and relkind in ('r', 'p', 'v', 'm')
       union all
       select format('update %s set %I = null', attrelid::regclass, attname) from pg_attribute
       join pg_class on pg_class.oid = attrelid
       where relnamespace = 'private'::regnamespace and relkind = 'r' and attnum = 1`,
    ),
    30_000,
  );

  line([`select private.my_room_ids()`, ...all(no)]);
});
