-- What members are told besides the log: the room's settings, the end of its topic, how a member stands.
-- Triggers, so that it is told whoever changes it. Security definer: see private.announce_entry.

create function private.announce_room() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform realtime.send(
    jsonb_build_object(
      'title', new.title, 'slow_seconds', new.slow_seconds, 'allow_guests', new.allow_guests, 'is_public', new.is_public
    ),
    'room', private.live_topic(new.id, new.epoch), true
  );
  return null;
end
$$;
revoke all on function private.announce_room() from public, anon, authenticated, service_role;

create trigger announce_room after update of title, slow_seconds, allow_guests, is_public on public.rooms
  for each row
  when (
    (old.title, old.slow_seconds, old.allow_guests, old.is_public)
    is distinct from (new.title, new.slow_seconds, new.allow_guests, new.is_public)
  )
  execute function private.announce_room();

-- On the topic that ends: who listens there joins the room again, if they may. Who had to go reads that it is they: their
-- page finds out before all the others come back.
create function private.announce_epoch() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform realtime.send(
    jsonb_strip_nulls(
      jsonb_build_object('epoch', new.epoch, 'gone', nullif(current_setting('roomtone.gone', true), ''))
    ),
    'epoch', private.live_topic(old.id, old.epoch), true
  );
  return null;
end
$$;
revoke all on function private.announce_epoch() from public, anon, authenticated, service_role;

create trigger announce_epoch after update of epoch on public.rooms
  for each row when (old.epoch <> new.epoch) execute function private.announce_epoch();

create function private.announce_member(member public.room_members) returns void
language sql set search_path = '' as $$
  select realtime.send(
    jsonb_build_object(
      'user_id', member.user_id, 'role', member.role, 'muted_until', member.muted_until,
      'display_name', known.display_name
    ),
    'member', private.live_topic(room.id, room.epoch), true
  )
  from public.rooms room, public.room_profiles known
  where room.id = member.room_id and known.user_id = member.user_id
$$;
revoke all on function private.announce_member(public.room_members) from public, anon, authenticated, service_role;

-- Not who joins: that would tell everybody of everybody, and presence shows who is here.
create function private.announce_standing() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce_member(new);
  return null;
end
$$;
revoke all on function private.announce_standing() from public, anon, authenticated, service_role;

create trigger announce_standing after update of role, muted_until on public.room_members
  for each row when ((old.role, old.muted_until) is distinct from (new.role, new.muted_until))
  execute function private.announce_standing();

create function private.announce_name() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce_member(member) from public.room_members member where member.user_id = new.user_id;
  return null;
end
$$;
revoke all on function private.announce_name() from public, anon, authenticated, service_role;

create trigger announce_name after update of display_name on public.room_profiles
  for each row when (old.display_name <> new.display_name) execute function private.announce_name();
