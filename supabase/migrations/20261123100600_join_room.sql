-- Joining a room: who may, under which name, and where they stand.

create function private.is_guest(person uuid) returns boolean
language sql stable set search_path = '' as $$
  -- The account and not the token, which is older where a guest became a member.
  select coalesce(account.is_anonymous, false) from auth.users account where account.id = person
$$;
revoke all on function private.is_guest(uuid) from public, anon, authenticated, service_role;

-- A person's profile under a name, or under the known one. Raises name_invalid, rate_limited.
create function private.take_name(person uuid, name text, guest boolean) returns public.room_profiles
language plpgsql set search_path = '' as $$
declare
  profile public.room_profiles;
  wanted text;
begin
  select known.* into profile from public.room_profiles known where known.user_id = person;
  wanted := case when name is null then profile.display_name else private.clean_name(name) end;
  if wanted is null then
    raise exception 'name_invalid';
  end if;
  -- A name is a word as well, and is read in all rooms: who is muted in one of them keeps theirs.
  if exists (
    select from public.room_members member where member.user_id = person and member.muted_until > clock_timestamp()
  ) then
    wanted := coalesce(profile.display_name, wanted);
  end if;
  if profile.display_name is not distinct from wanted and profile.is_guest = guest then
    return profile;
  end if;
  -- Every member of all their rooms is told.
  perform private.spend_send(person, 'name', 10);
  insert into public.room_profiles as known (user_id, display_name, is_guest) values (person, wanted, guest)
  on conflict (user_id) do update
  set display_name = excluded.display_name, is_guest = excluded.is_guest, updated_at = now()
  returning known.* into profile;
  return profile;
end
$$;
revoke all on function private.take_name(uuid, text, boolean) from public, anon, authenticated, service_role;

create function public.join_room(room_slug text, display_name text default null, invitation text default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  guest constant boolean := private.is_guest(caller);
  room public.rooms;
  profile public.room_profiles;
  me public.room_members;
  was_muted_until timestamptz;
  place bigint;
begin
  -- A token outlives its account.
  if guest is null then
    raise exception 'not_signed_in';
  end if;

  select found.* into room from public.rooms found where found.slug = room_slug;
  if room.id is not null then
    perform private.lock_standing(room.id, caller);
    perform private.refuse_banned(room.id, caller);
    select member.* into me from public.room_members member
    where member.room_id = room.id and member.user_id = caller;
    if me.user_id is null then
      perform private.lock_door(room.id, false);
    end if;
    -- As it is now: the epoch may have turned while this waited, or the doors been closed.
    select found.* into room from public.rooms found where found.id = room.id;
  end if;
  -- A private room answers like one that does not exist, with an invitation and without.
  if (me.user_id is not null or room.is_public or room.owner_id = caller) is not true
    and (room.id is null or nullif(invitation, '') is null)
  then
    raise exception '%', case when nullif(invitation, '') is null then 'room_unknown' else 'invitation_invalid' end;
  end if;
  if (me.user_id is not null or room.is_public or room.owner_id = caller) is not true
    and not private.use_invitation(room.id, invitation)
  then
    raise exception 'invitation_invalid';
  end if;
  -- Who was given a role stays: else a guest who owns the room could not let guests in again.
  if not room.allow_guests and guest and coalesce(me.role, 'member') = 'member' and room.owner_id is distinct from caller then
    raise exception 'guests_not_allowed';
  end if;

  profile := private.take_name(caller, join_room.display_name, guest);
  if me.user_id is null then
    delete from public.room_bans ban where ban.room_id = room.id and ban.user_id = caller
    returning ban.muted_until into was_muted_until;
  end if;
  insert into public.room_members as member (room_id, user_id, role, muted_until)
  values (room.id, caller, case when room.owner_id = caller then 'owner' else 'member' end, was_muted_until)
  on conflict (room_id, user_id) do update set role = excluded.role
  where excluded.role = 'owner' and member.role <> 'owner';
  if me.user_id is null then
    -- What was said before somebody came is history to them, and not unread.
    insert into public.room_reads (user_id, room_id, read_seq) values (caller, room.id, room.last_seq)
    on conflict on constraint room_reads_pkey do nothing;
  end if;
  select member.* into me from public.room_members member
  where member.room_id = room.id and member.user_id = caller;
  select mine.read_seq into place from public.room_reads mine where mine.room_id = room.id and mine.user_id = caller;

  return jsonb_build_object(
    'room', jsonb_build_object(
      'id', room.id, 'slug', room.slug, 'title', room.title, 'is_public', room.is_public,
      'allow_guests', room.allow_guests, 'slow_seconds', room.slow_seconds, 'epoch', room.epoch,
      'last_seq', room.last_seq
    ),
    'me', jsonb_build_object(
      'user_id', caller, 'display_name', profile.display_name, 'role', me.role, 'is_guest', guest,
      'muted_until', case when me.muted_until > clock_timestamp() then me.muted_until end,
      'read_seq', coalesce(place, 0), 'unread', private.unread_after(me, coalesce(place, 0))
    ),
    -- For who has a clock that is off: a mute ends by this one.
    'now', clock_timestamp()
  );
end
$$;
comment on function public.join_room is
  'Joins a room, or joins it again; a private one with an invitation. A null display_name keeps the known one, and who is '
  'muted in any room keeps theirs. '
  'Raises not_signed_in, room_unknown, banned (hint: the seconds left, none for good), invitation_invalid, '
  'guests_not_allowed, name_invalid, rate_limited (a name changed too often; hint: the seconds to wait).';

revoke all on function public.join_room(text, text, text) from public, anon, authenticated, service_role;
grant execute on function public.join_room(text, text, text) to authenticated;
