-- Writing into a room's log: contiguous, idempotent, at a person's pace.

-- When each person sent what lately. A log of times and not a counter of windows: the limit holds in every 30 s.
create table private.recent_sends (
  user_id uuid references auth.users (id) on delete cascade,
  purpose text constraint recent_sends_purpose check (purpose in ('entry', 'listening')),
  sent_at timestamptz[] not null,
  primary key (user_id, purpose)
);
alter table private.recent_sends enable row level security;
revoke all on private.recent_sends from public, anon, authenticated, service_role;

-- Takes one send out of a person's allowance for 30 s, or raises rate_limited with the seconds to wait as the hint.
create function private.spend_send(sender uuid, purpose text, allowance int) returns void
language plpgsql set search_path = '' as $$
declare
  period constant interval := interval '30 seconds';
  moment constant timestamptz := clock_timestamp();
  recent timestamptz[];
  frees_up timestamptz;
begin
  insert into private.recent_sends (user_id, purpose, sent_at) values (sender, spend_send.purpose, '{}')
  on conflict do nothing;
  select array(select sent from unnest(sends.sent_at) sent where sent > moment - period order by sent) into recent
  from private.recent_sends sends where sends.user_id = sender and sends.purpose = spend_send.purpose
  for update;
  if cardinality(recent) >= allowance then
    frees_up := recent[cardinality(recent) - allowance + 1] + period;
    raise exception 'rate_limited' using hint = ceil(extract(epoch from frees_up - moment))::int::text;
  end if;
  update private.recent_sends sends set sent_at = recent || moment
  where sends.user_id = sender and sends.purpose = spend_send.purpose;
end
$$;
revoke all on function private.spend_send(uuid, text, int) from public, anon, authenticated, service_role;

-- An entry as it travels: the answer to its writer and the broadcast are the same.
create function private.entry_json(entry public.room_entries) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'seq', entry.seq, 'id', entry.id, 'kind', entry.kind, 'author_id', entry.author_id,
    'author_name', entry.author_name, 'body', entry.body, 'track_uri', entry.track_uri,
    'track_artists', entry.track_artists, 'created_at', entry.created_at
  )
$$;
revoke all on function private.entry_json(public.room_entries) from public, anon, authenticated, service_role;

-- The caller as a member of a room, or raises not_signed_in or not_a_member.
create function private.my_membership(room_id uuid) returns public.room_members
language plpgsql stable set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  mine public.room_members;
begin
  if caller is null then
    raise exception 'not_signed_in';
  end if;
  select member.* into mine from public.room_members member
  where member.room_id = my_membership.room_id and member.user_id = caller;
  -- A room that does not exist answers like one that is not the caller's.
  if not found then
    raise exception 'not_a_member';
  end if;
  return mine;
end
$$;
revoke all on function private.my_membership(uuid) from public, anon, authenticated, service_role;

-- Writes the newest entry of the writer's room, or finds the one that they wrote under this id before.
-- Raises rate_limited, message_id_taken.
create function private.write_entry(
  writer public.room_members, entry_id uuid, kind text, body text, track_uri text, track_artists text
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  name text;
  next_seq bigint;
  entry public.room_entries;
begin
  select known.display_name into name from public.profiles known where known.user_id = writer.user_id;

  -- From here on one writer a room. Not FOR UPDATE: that would hold up those who join, whose rows refer to this one.
  perform from public.rooms room where room.id = writer.room_id for no key update;

  select stored.* into entry from public.room_entries stored
  where stored.room_id = writer.room_id and stored.id = entry_id and stored.author_id = writer.user_id;
  if found then
    return private.entry_json(entry);
  end if;
  perform private.spend_send(writer.user_id, 'entry', case when writer.role = 'member' then 11 else 100 end);

  update public.rooms room set last_seq = room.last_seq + 1 where room.id = writer.room_id
  returning room.last_seq into next_seq;
  -- The clock and not now(), the start of the transaction: times rise with seq.
  insert into public.room_entries as stored
    (room_id, seq, id, kind, author_id, author_name, body, track_uri, track_artists, created_at)
  values
    (writer.room_id, next_seq, entry_id, kind, writer.user_id, name, body, track_uri, track_artists, clock_timestamp())
  on conflict do nothing
  returning stored.* into entry;
  if not found then
    raise exception 'message_id_taken';
  end if;
  return private.entry_json(entry);
end
$$;
revoke all on function private.write_entry(public.room_members, uuid, text, text, text, text)
  from public, anon, authenticated, service_role;

create function public.send_message(room_id uuid, message_id uuid, body text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  writer constant public.room_members := private.my_membership(room_id);
  content constant text := rtrim(body, private.white_space());
begin
  if content is null or private.is_blank(content) then
    raise exception 'message_empty';
  end if;
  if char_length(content) > 4000 then
    raise exception 'message_too_long';
  end if;
  return private.write_entry(writer, message_id, 'message', content, null, null);
end
$$;
comment on function public.send_message is
  'Writes a message. The same message_id again gives the stored entry. '
  'Raises not_signed_in, not_a_member, message_empty, message_too_long, message_id_taken, '
  'rate_limited (hint: the seconds to wait).';

revoke all on function public.send_message(uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.send_message(uuid, uuid, text) to authenticated;
