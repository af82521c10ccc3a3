-- Writing into a room's log: contiguous, idempotent, at a person's pace.

-- When each person sent what lately. A log of times and not a counter of windows: the limit holds in every 30 s.
create table private.recent_sends (
  user_id uuid references auth.users (id) on delete cascade,
  purpose text
    constraint recent_sends_purpose check (purpose in ('entry', 'listening', 'name', 'report', 'invitation', 'guest')),
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

-- When each member wrote last in a room in slow mode.
create table private.slow_sends (
  room_id uuid not null,
  user_id uuid not null,
  sent_at timestamptz not null,
  primary key (room_id, user_id),
  constraint slow_sends_member foreign key (room_id, user_id)
    references public.room_members (room_id, user_id) on delete cascade
);
alter table private.slow_sends enable row level security;
revoke all on private.slow_sends from public, anon, authenticated, service_role;

-- An entry as it travels: the answer to its writer and the broadcast are the same.
create function private.entry_json(entry public.room_entries) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'seq', entry.seq, 'id', entry.id, 'kind', entry.kind, 'author_id', entry.author_id,
    'author_name', entry.author_name, 'body', entry.body, 'track_uri', entry.track_uri,
    'track_artists', entry.track_artists, 'target_id', entry.target_id, 'reply_to', entry.reply_to,
    'mentions', entry.mentions, 'redacted', entry.redacted, 'created_at', entry.created_at
  )
$$;
revoke all on function private.entry_json(public.room_entries) from public, anon, authenticated, service_role;

-- A write has these steps: begin_write, my_entry (what was written before is the answer), require_voice, what this kind
-- of entry asks for, append_entry.

-- Locks the room, so that from here on it has one writer, and gives the caller as a member. Asked twice: strangers hold
-- up nobody, and who was banned or muted while they waited is so.
create function private.begin_write(room_id uuid) returns public.room_members
language plpgsql set search_path = '' as $$
begin
  perform private.my_membership(room_id);
  -- Not FOR UPDATE: that would hold up those who join, whose rows refer to this one.
  perform from public.rooms room where room.id = begin_write.room_id for no key update;
  return private.my_membership(room_id);
end
$$;
revoke all on function private.begin_write(uuid) from public, anon, authenticated, service_role;

-- What a writer wrote in their room under an id, if anything.
create function private.my_entry(writer public.room_members, entry_id uuid) returns public.room_entries
language sql stable set search_path = '' as $$
  select stored from public.room_entries stored
  where stored.room_id = writer.room_id and stored.id = entry_id and stored.author_id = writer.user_id
$$;
revoke all on function private.my_entry(public.room_members, uuid) from public, anon, authenticated, service_role;

create function private.require_voice(writer public.room_members) returns void
language plpgsql set search_path = '' as $$
begin
  if writer.muted_until > clock_timestamp() then
    perform private.refuse_until('muted', writer.muted_until);
  end if;
end
$$;
revoke all on function private.require_voice(public.room_members) from public, anon, authenticated, service_role;

-- Slow mode holds for what is said and not for what is done to it; moderators and owners are exempt.
create function private.keep_slow_mode(writer public.room_members) returns void
language plpgsql set search_path = '' as $$
declare
  moment constant timestamptz := clock_timestamp();
  pause interval;
  last_at timestamptz;
begin
  select make_interval(secs => room.slow_seconds) into pause
  from public.rooms room where room.id = writer.room_id and room.slow_seconds > 0;
  if not found or writer.role <> 'member' then
    return;
  end if;
  select last.sent_at into last_at from private.slow_sends last
  where last.room_id = writer.room_id and last.user_id = writer.user_id;
  if last_at + pause > moment then
    perform private.refuse_until('slow_mode', last_at + pause);
  end if;
  insert into private.slow_sends (room_id, user_id, sent_at) values (writer.room_id, writer.user_id, moment)
  on conflict (room_id, user_id) do update set sent_at = excluded.sent_at;
end
$$;
revoke all on function private.keep_slow_mode(public.room_members) from public, anon, authenticated, service_role;

-- The newest entry of the writer's room: what is drafted, with its place, its writer and its time.
-- Raises rate_limited, message_id_taken.
create function private.append_entry(writer public.room_members, draft public.room_entries) returns jsonb
language plpgsql set search_path = '' as $$
declare
  entry public.room_entries := draft;
begin
  perform private.spend_send(writer.user_id, 'entry', case when writer.role = 'member' then 11 else 100 end);

  update public.rooms room set last_seq = room.last_seq + 1 where room.id = writer.room_id
  returning room.last_seq into entry.seq;
  entry.room_id := writer.room_id;
  entry.author_id := writer.user_id;
  select known.display_name into entry.author_name from public.room_profiles known where known.user_id = writer.user_id;
  entry.mentions := coalesce(draft.mentions, '{}');
  entry.redacted := false;
  -- The clock and not now(), the start of the transaction: times rise with seq.
  entry.created_at := clock_timestamp();
  insert into public.room_entries as stored select entry.* on conflict do nothing;
  if not found then
    raise exception 'message_id_taken';
  end if;
  return private.entry_json(entry);
end
$$;
revoke all on function private.append_entry(public.room_members, public.room_entries)
  from public, anon, authenticated, service_role;

-- What somebody wrote as it is stored. Raises message_empty, message_too_long.
create function private.message_text(body text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  content constant text := rtrim(body, private.white_space());
begin
  if content is null or private.is_blank(content) then
    raise exception 'message_empty';
  end if;
  if char_length(content) > 4000 then
    raise exception 'message_too_long';
  end if;
  return content;
end
$$;
revoke all on function private.message_text(text) from public, anon, authenticated, service_role;

-- Those of the first 50 who are members, each once. Who is none, or no more, is left out: the message counts.
create function private.members_among(room_id uuid, people uuid[]) returns uuid[]
language sql stable set search_path = '' as $$
  select array(
    select member.user_id from public.room_members member
    where member.room_id = members_among.room_id and member.user_id = any (people[1:50])
  )
$$;
revoke all on function private.members_among(uuid, uuid[]) from public, anon, authenticated, service_role;

create function public.send_message(
  room_id uuid, message_id uuid, body text, reply_to uuid default null, mentions uuid[] default '{}'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  draft public.room_entries;
  writer public.room_members;
  mine public.room_entries;
begin
  perform private.my_membership(room_id);
  draft.body := private.message_text(body);
  writer := private.begin_write(room_id);
  mine := private.my_entry(writer, message_id);
  if mine.id is not null then
    return private.entry_json(mine);
  end if;
  perform private.require_voice(writer);
  -- What was deleted may be answered: its writer did not wait for the answer.
  if send_message.reply_to is not null and not exists (
    select from public.room_entries source
    where source.room_id = writer.room_id and source.id = send_message.reply_to and source.kind in ('message', 'track')
  ) then
    raise exception 'message_unknown';
  end if;
  perform private.keep_slow_mode(writer);
  draft.id := message_id;
  draft.kind := 'message';
  draft.reply_to := reply_to;
  draft.mentions := private.members_among(writer.room_id, mentions);
  return private.append_entry(writer, draft);
end
$$;
comment on function public.send_message is
  'Writes a message, perhaps in answer to another and naming members. The same message_id again gives the stored entry. '
  'Raises not_signed_in, not_a_member, banned, muted (hints: the seconds left, none for good), message_empty, '
  'message_too_long, message_unknown (reply_to), message_id_taken, slow_mode, rate_limited (hints: the seconds to wait).';

revoke all on function public.send_message(uuid, uuid, text, uuid, uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.send_message(uuid, uuid, text, uuid, uuid[]) to authenticated;
