-- Joining a room, and the name one has there.

-- White space as JavaScript's trim() knows it. Not \s: what that matches depends on the server's locale.
create function private.white_space() returns text
language sql immutable set search_path = '' as $$
  select E' \t\n\u000b\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'
    || E'\u2028\u2029\u202f\u205f\u3000\ufeff'
$$;
revoke all on function private.white_space() from public, anon, authenticated, service_role;

-- Whether a text shows anything: white space and characters of no width do not.
create function private.is_blank(content text) returns boolean
language sql immutable set search_path = '' as $$
  select content ~ ('^[' || private.white_space() || '\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]*$')
$$;
revoke all on function private.is_blank(text) from public, anon, authenticated, service_role;

-- The name as it is stored, or null when it is none.
create function private.clean_name(name text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  clean text := btrim(regexp_replace(name, '[' || private.white_space() || ']+', ' ', 'g'));
begin
  -- Direction overrides (U+202A–U+202E, U+2066–U+2069) would turn the words around the name as well.
  if private.is_blank(clean) or char_length(clean) > 40
    or clean ~ '[\u0001-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]'
  then
    return null;
  end if;
  return clean;
end
$$;
revoke all on function private.clean_name(text) from public, anon, authenticated, service_role;

create function public.join_room(room_slug text, display_name text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  room public.rooms;
  name text;
  standing text;
begin
  -- A token outlives its account.
  if caller is null or not exists (select from auth.users account where account.id = caller) then
    raise exception 'not_signed_in';
  end if;

  select found.* into room from public.rooms found
  where found.slug = room_slug
    and (
      found.is_public
      or found.owner_id = caller
      or exists (
        select from public.room_members member where member.room_id = found.id and member.user_id = caller
      )
    );
  if room.id is null then
    raise exception 'room_unknown';
  end if;
  if not room.allow_guests and coalesce((auth.jwt() ->> 'is_anonymous')::boolean, false) then
    raise exception 'guests_not_allowed';
  end if;

  if join_room.display_name is null then
    select known.display_name into name from public.profiles known where known.user_id = caller;
  else
    name := private.clean_name(join_room.display_name);
  end if;
  if name is null then
    raise exception 'name_invalid';
  end if;

  insert into public.profiles as known (user_id, display_name) values (caller, name)
  on conflict (user_id) do update set display_name = excluded.display_name, updated_at = now()
  where known.display_name <> excluded.display_name;

  insert into public.room_members as member (room_id, user_id, role)
  values (room.id, caller, case when room.owner_id = caller then 'owner' else 'member' end)
  on conflict (room_id, user_id) do update set role = excluded.role
  where excluded.role = 'owner' and member.role <> 'owner';

  select member.role into standing from public.room_members member
  where member.room_id = room.id and member.user_id = caller;

  return jsonb_build_object(
    'room', jsonb_build_object(
      'id', room.id, 'slug', room.slug, 'title', room.title, 'epoch', room.epoch, 'last_seq', room.last_seq
    ),
    'me', jsonb_build_object('user_id', caller, 'display_name', name, 'role', standing)
  );
end
$$;
comment on function public.join_room is
  'Joins a room, or joins it again. A null display_name keeps the known one. '
  'Raises not_signed_in, room_unknown, guests_not_allowed, name_invalid.';

revoke all on function public.join_room(text, text) from public, anon, authenticated, service_role;
grant execute on function public.join_room(text, text) to authenticated;
