-- What is done to a message: edits, deletions and reactions, entries of the same log.

-- A message or a shared track that is there. Raises message_unknown.
create function private.message_in_room(room_id uuid, message_id uuid) returns public.room_entries
language plpgsql stable set search_path = '' as $$
declare
  message public.room_entries;
begin
  select entry.* into message from public.room_entries entry
  where entry.room_id = message_in_room.room_id and entry.id = message_id and entry.kind in ('message', 'track');
  if not found then
    raise exception 'message_unknown';
  end if;
  return message;
end
$$;
revoke all on function private.message_in_room(uuid, uuid) from public, anon, authenticated, service_role;

create function private.require_not_deleted(message public.room_entries) returns void
language plpgsql set search_path = '' as $$
begin
  if message.redacted then
    raise exception 'message_unknown';
  end if;
end
$$;
revoke all on function private.require_not_deleted(public.room_entries) from public, anon, authenticated, service_role;

create function public.edit_message(
  room_id uuid, entry_id uuid, message_id uuid, body text, mentions uuid[] default '{}'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  draft public.room_entries;
  writer public.room_members;
  mine public.room_entries;
  message public.room_entries;
begin
  perform private.my_membership(room_id);
  draft.body := private.message_text(body);
  writer := private.begin_write(room_id);
  mine := private.my_entry(writer, entry_id);
  if mine.id is not null then
    return private.entry_json(mine);
  end if;
  perform private.require_voice(writer);
  message := private.message_in_room(room_id, message_id);
  perform private.require_not_deleted(message);
  if message.author_id is distinct from writer.user_id or message.kind <> 'message' then
    raise exception 'not_allowed';
  end if;
  draft.id := entry_id;
  draft.kind := 'edit';
  draft.target_id := message_id;
  draft.mentions := private.members_among(writer.room_id, mentions);
  return private.append_entry(writer, draft);
end
$$;
comment on function public.edit_message is
  'Gives an own message another text, as an entry of its own, and names whom that names: who is left out is named no more. '
  'The same entry_id again gives the stored entry. '
  'Raises not_signed_in, not_a_member, banned, muted, message_unknown (deleted ones too), not_allowed, message_empty, '
  'message_too_long, message_id_taken, rate_limited (hints as of send_message).';

revoke all on function public.edit_message(uuid, uuid, uuid, text, uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.edit_message(uuid, uuid, uuid, text, uuid[]) to authenticated;

-- Realtime keeps what was broadcast for some days and replays it. The time finds it by the table's own index: it was
-- written in the entry's transaction, which began before the entry got its time.
create function private.redact_broadcasts(entry public.room_entries) returns void
language plpgsql set search_path = '' as $$
declare
  written constant timestamp := entry.created_at at time zone 'utc';
begin
  update realtime.messages live
  set payload = live.payload || jsonb_build_object(
    'body', '', 'track_uri', null, 'track_artists', null, 'mentions', '[]'::jsonb, 'redacted', true
  )
  where live.inserted_at between written - interval '5 minutes' and written + interval '1 second'
    and live.extension = 'broadcast' and live.private is true and live.event = 'entry'
    and starts_with(live.topic, 'room:' || entry.room_id || ':') and live.payload ->> 'id' = entry.id::text;
exception
  -- The table is Supabase's: a project where it cannot be written still deletes the message.
  when insufficient_privilege or undefined_table then
    raise warning 'A deleted message stays among the broadcasts until Realtime drops them: %', sqlerrm;
end
$$;
revoke all on function private.redact_broadcasts(public.room_entries) from public, anon, authenticated, service_role;

-- Empties a message and its edits.
create function private.redact(message public.room_entries) returns void
language plpgsql set search_path = '' as $$
declare
  version public.room_entries;
begin
  for version in
    select message.*
    union all
    select edit.* from public.room_entries edit
    where edit.room_id = message.room_id and edit.target_id = message.id and edit.kind = 'edit'
  loop
    update public.room_entries entry
    set body = '', track_uri = null, track_artists = null, mentions = '{}', redacted = true
    where entry.room_id = version.room_id and entry.seq = version.seq;
    perform private.redact_broadcasts(version);
  end loop;
end
$$;
revoke all on function private.redact(public.room_entries) from public, anon, authenticated, service_role;

create function public.delete_message(room_id uuid, entry_id uuid, message_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  writer public.room_members := private.begin_write(room_id);
  mine constant public.room_entries := private.my_entry(writer, entry_id);
  message public.room_entries;
  earlier public.room_entries;
  draft public.room_entries;
  answer jsonb;
begin
  if mine.id is not null then
    return private.entry_json(mine);
  end if;
  perform private.require_voice(writer);
  message := private.message_in_room(room_id, message_id);
  if message.author_id is distinct from writer.user_id and writer.role = 'member' then
    raise exception 'not_allowed';
  end if;
  select entry.* into earlier from public.room_entries entry
  where entry.room_id = writer.room_id and entry.target_id = message_id and entry.kind = 'delete';
  if found then
    return private.entry_json(earlier);
  end if;
  draft.id := entry_id;
  draft.kind := 'delete';
  draft.body := '';
  draft.target_id := message_id;
  answer := private.append_entry(writer, draft);
  perform private.redact(message);
  if message.author_id is distinct from writer.user_id then
    perform private.audit(writer, 'delete_message', message.author_id, message_id);
  end if;
  return answer;
end
$$;
comment on function public.delete_message is
  'Deletes a message or a shared track: its writer may, moderators and the owner. Its text and its edits are emptied. '
  'Deleting it again gives the entry of the first deletion. '
  'Raises not_signed_in, not_a_member, banned, muted, message_unknown, not_allowed, message_id_taken, rate_limited '
  '(hints as of send_message).';

revoke all on function public.delete_message(uuid, uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.delete_message(uuid, uuid, uuid) to authenticated;

-- Whether one more emoji would be the 21st that a message has. What was taken back does not count.
create function private.is_full_of_reactions(room_id uuid, message_id uuid, emoji text) returns boolean
language sql stable set search_path = '' as $$
  with given as (
    select distinct on (entry.author_id, entry.body) entry.body, entry.kind from public.room_entries entry
    where entry.room_id = is_full_of_reactions.room_id and entry.target_id = message_id and entry.kind in ('react', 'unreact')
    order by entry.author_id, entry.body, entry.seq desc
  )
  select count(distinct given.body) >= 20 and not coalesce(bool_or(given.body = emoji), false)
  from given where given.kind = 'react'
$$;
revoke all on function private.is_full_of_reactions(uuid, uuid, text) from public, anon, authenticated, service_role;

create function private.write_reaction(
  room_id uuid, entry_id uuid, message_id uuid, emoji text, kind text
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  writer public.room_members := private.my_membership(room_id);
  mine public.room_entries;
  message public.room_entries;
  draft public.room_entries;
  latest text;
begin
  -- No words: what is said under somebody's message would be nobody's to delete but its author's.
  if emoji is null or not private.is_emoji(emoji) then
    raise exception 'reaction_invalid';
  end if;
  writer := private.begin_write(room_id);
  mine := private.my_entry(writer, entry_id);
  if mine.id is not null then
    return private.entry_json(mine);
  end if;
  perform private.require_voice(writer);
  message := private.message_in_room(room_id, message_id);
  perform private.require_not_deleted(message);
  select entry.kind into latest from public.room_entries entry
  where entry.room_id = writer.room_id and entry.target_id = message_id and entry.author_id = writer.user_id
    and entry.body = emoji and entry.kind in ('react', 'unreact')
  order by entry.seq desc limit 1;
  if kind = coalesce(latest, 'unreact') then
    return null;
  end if;
  if kind = 'react' and private.is_full_of_reactions(room_id, message_id, emoji) then
    raise exception 'reactions_full';
  end if;
  draft.id := entry_id;
  draft.kind := kind;
  draft.body := emoji;
  draft.target_id := message_id;
  return private.append_entry(writer, draft);
end
$$;
revoke all on function private.write_reaction(uuid, uuid, uuid, text, text) from public, anon, authenticated, service_role;

create function public.react(room_id uuid, entry_id uuid, message_id uuid, emoji text) returns jsonb
language sql security definer set search_path = '' as $$
  select private.write_reaction(room_id, entry_id, message_id, emoji, 'react')
$$;
comment on function public.react is
  'Reacts to a message; null where that changes nothing. The same entry_id again gives the stored entry. '
  'Raises not_signed_in, not_a_member, banned, muted, reaction_invalid, reactions_full (20 different ones), '
  'message_unknown (deleted ones too), message_id_taken, rate_limited (hints as of send_message).';

create function public.unreact(room_id uuid, entry_id uuid, message_id uuid, emoji text) returns jsonb
language sql security definer set search_path = '' as $$
  select private.write_reaction(room_id, entry_id, message_id, emoji, 'unreact')
$$;
comment on function public.unreact is 'Takes a reaction back; null where there is none. Raises what react raises.';

revoke all on function public.react(uuid, uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.react(uuid, uuid, uuid, text) to authenticated;
revoke all on function public.unreact(uuid, uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.unreact(uuid, uuid, uuid, text) to authenticated;

create function public.messages_now(room_id uuid, message_ids uuid[]) returns setof jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  reader constant public.room_members := private.my_membership(room_id);
begin
  return query
  select jsonb_build_object(
    'id', message.id, 'seq', message.seq, 'kind', message.kind, 'author_id', message.author_id,
    'author_name', message.author_name,
    'body', case when message.redacted then '' else coalesce(version.body, message.body) end,
    'track_uri', message.track_uri, 'deleted', message.redacted,
    'edited_at', case when not message.redacted then version.created_at end
  )
  from (select distinct unnest(message_ids[1:50]) as id) asked
  join public.room_entries message
    on message.room_id = reader.room_id and message.id = asked.id and message.kind in ('message', 'track')
  left join lateral (
    select edit.body, edit.created_at from public.room_entries edit
    where edit.room_id = message.room_id and edit.target_id = message.id and edit.kind = 'edit'
    order by edit.seq desc limit 1
  ) version on true;
end
$$;
comment on function public.messages_now is
  'Messages and shared tracks as they are now, for quotes: of the first 50 ids those that are in the room, in no order. '
  'Raises not_signed_in, not_a_member, banned.';

revoke all on function public.messages_now(uuid, uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.messages_now(uuid, uuid[]) to authenticated;
