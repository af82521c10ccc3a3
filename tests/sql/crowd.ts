import type { ServerSession } from '../../demo/services/supabase/db-server.js';

const account = (number: number): string => `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;
const message = (number: number): string => `00000000-0000-4000-9001-${String(number).padStart(12, '0')}`;

/** A room that is full, among many others: members 1 to 1,000, of whom 1 is the owner and 2 a guest. */
export const crowd = {
  room: '00000000-0000-4000-9002-000000000001',
  owner: account(1),
  guest: account(2),
  account,
  message,
} as const;

const uuid = (kind: string, number: string): string => `('00000000-0000-4000-${kind}-' || lpad((${number})::text, 12, '0'))::uuid`;

/**
 * Writes the tables full. A tenth of the entries are reactions, a fiftieth edits; a thousandth names somebody. Without
 * triggers and checks of keys, which would take minutes.
 */
export async function fill(server: ServerSession, entries: number): Promise<void> {
  await server.exec(`
    set session_replication_role = replica;
    insert into auth.users (id, is_anonymous) select ${uuid('9000', 'n')}, n = 2 from generate_series(1, 5000) n;
    insert into room_profiles (user_id, display_name, is_guest)
      select ${uuid('9000', 'n')}, 'Member ' || n, n = 2 from generate_series(1, 5000) n;
    insert into rooms (id, slug, title, is_public, owner_id, last_seq)
      select ${uuid('9002', 'n')}, 'room-' || n, 'Room ' || n, n % 2 = 0, ${uuid('9000', 'n')},
        case n when 1 then ${entries} else 0 end
      from generate_series(1, 2000) n;
    insert into room_members (room_id, user_id, role)
      select ${uuid('9002', '1')}, ${uuid('9000', 'n')}, case n when 1 then 'owner' else 'member' end
      from generate_series(1, 1000) n
      union all
      select ${uuid('9002', '2 + n % 1999')}, ${uuid('9000', 'n % 5000 + 1')}, 'member' from generate_series(1, 20000) n
      on conflict do nothing;
    insert into private.recent_sends (user_id, purpose, sent_at)
      select ${uuid('9000', 'n')}, 'entry', '{}' from generate_series(1, 5000) n;
    insert into private.slow_sends (room_id, user_id, sent_at)
      select room_id, user_id, now() - interval '1 day' from room_members;
    insert into room_reads (room_id, user_id, read_seq)
      select room_id, user_id, case when user_id = ${uuid('9000', '3')} then 1 else ${entries} - 50 end from room_members;
    insert into room_listening (room_id, user_id, uri, title, artists)
      select room_id, user_id, 'spotify:track:0123456789abcdefghijkL', 'Song', '' from room_members limit 10000;
    insert into room_bans (room_id, user_id, display_name, until)
      select ${uuid('9002', 'n % 2000 + 1')}, ${uuid('9000', 'n % 997 + 4000')}, 'Banned', 'infinity'
      from generate_series(1, 20000) n on conflict do nothing;
    insert into room_reports (room_id, message_id, reporter_name, reason)
      select ${uuid('9002', 'n % 2000 + 1')}, gen_random_uuid(), 'Somebody', '' from generate_series(1, 5000) n;
    insert into room_invitations (token_hash, room_id, created_by, expires_at)
      select sha256(convert_to(n::text, 'UTF8')), ${uuid('9002', 'n % 2000 + 1')}, ${uuid('9000', '1')}, 'infinity'
      from generate_series(1, 5000) n;
    insert into room_entries (room_id, seq, id, kind, author_id, author_name, body, target_id, mentions, created_at)
      select ${uuid('9002', '1')}, n, ${uuid('9001', 'n')},
        case when n % 10 = 0 then 'react' when n % 50 = 1 and n > 50 then 'edit' else 'message' end,
        ${uuid('9000', 'n % 1000 + 1')}, 'Member', case when n % 10 = 0 then '👍' else 'What message ' || n || ' says' end,
        case when n % 10 = 0 or n % 50 = 1 and n > 50 then ${uuid('9001', 'n - 8')} end,
        case when n % 1000 = 3 then array[${uuid('9000', 'n % 977 + 1')}] else '{}' end,
        now() - make_interval(secs => ${entries} - n)
      from generate_series(1, ${entries}) n;
    insert into realtime.messages (topic, event, extension, private, payload, inserted_at)
      select 'room:' || ${uuid('9002', 'n % 2000 + 1')} || ':1', 'entry', 'broadcast', true,
        jsonb_build_object('id', gen_random_uuid(), 'body', 'Hello'), now() at time zone 'utc' - make_interval(secs => n)
      from generate_series(1, 50000) n;
    set session_replication_role = origin;
  `);
  await server.exec('vacuum analyze');
}
