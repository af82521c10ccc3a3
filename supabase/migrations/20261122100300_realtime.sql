-- The live side: every entry is announced on its room's topic, room:<id>:<epoch>, and only members are let in.
-- Schema realtime belongs to Supabase: policies on realtime.messages and nothing else.

create function private.live_topic(room_id uuid, epoch int) returns text
language sql immutable set search_path = '' as $$
  select 'room:' || room_id || ':' || epoch
$$;
revoke all on function private.live_topic(uuid, int) from public, anon, authenticated, service_role;

-- Security definer: realtime.send() inserts with its caller's rights, and members may not broadcast.
-- In UTC, as Realtime writes: what was announced is found again by its time (private.redact_broadcasts).
create function private.announce_entry() returns trigger
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
begin
  perform realtime.send(private.entry_json(new), 'entry', private.live_topic(room.id, room.epoch), true)
  from public.rooms room where room.id = new.room_id;
  return null;
end
$$;
revoke all on function private.announce_entry() from public, anon, authenticated, service_role;

create trigger announce_entry after insert on public.room_entries
  for each row execute function private.announce_entry();

-- Compare with the topics of the caller's rooms and take nothing apart, so that no topic can make them fail.
create function private.is_live_topic_of_mine(topic text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.room_members member
    join public.rooms room on room.id = member.room_id
    where member.user_id = (select auth.uid()) and private.live_topic(room.id, room.epoch) = topic
  )
$$;
revoke all on function private.is_live_topic_of_mine(text) from public, anon, authenticated, service_role;
grant execute on function private.is_live_topic_of_mine(text) to authenticated;

create function private.is_typing_topic_of_mine(topic text, with_voice boolean) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.room_members member
    join public.rooms room on room.id = member.room_id
    where member.user_id = (select auth.uid()) and private.live_topic(room.id, room.epoch) || ':typing' = topic
      and not (with_voice and coalesce(member.muted_until > now(), false))
  )
$$;
revoke all on function private.is_typing_topic_of_mine(text, boolean) from public, anon, authenticated, service_role;
grant execute on function private.is_typing_topic_of_mine(text, boolean) to authenticated;

-- The row's topic too: realtime.topic() alone would open every row to whoever is let into one topic.
create policy "Members receive what happens in their rooms" on realtime.messages
  for select to authenticated using (
    extension in ('broadcast', 'presence')
    and topic = (select realtime.topic())
    and (select private.is_live_topic_of_mine(realtime.topic()))
  );
create policy "Members receive who is typing in their rooms" on realtime.messages
  for select to authenticated using (
    extension = 'broadcast'
    and topic = (select realtime.topic())
    and (select private.is_typing_topic_of_mine(realtime.topic(), false))
  );
-- No client broadcasts on a live topic: there only the database speaks.
create policy "Members show that they are in their rooms" on realtime.messages
  for insert to authenticated with check (
    extension = 'presence'
    and topic = (select realtime.topic())
    and (select private.is_live_topic_of_mine(realtime.topic()))
  );
create policy "Members who are not muted show that they are typing" on realtime.messages
  for insert to authenticated with check (
    extension = 'broadcast'
    and topic = (select realtime.topic())
    and (select private.is_typing_topic_of_mine(realtime.topic(), true))
  );
