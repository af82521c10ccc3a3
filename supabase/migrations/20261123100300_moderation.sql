-- What moderators and owners may do to members and to the room.

create function private.require_moderator(me public.room_members) returns void
language plpgsql set search_path = '' as $$
begin
  if me.role not in ('moderator', 'owner') then
    raise exception 'not_allowed';
  end if;
end
$$;
revoke all on function private.require_moderator(public.room_members) from public, anon, authenticated, service_role;

-- Begins an act upon a person, in turn with what they write and with their joining. Moderators act on members only,
-- the owner on everybody but themselves. Raises not_signed_in, not_a_member, banned, not_allowed.
create function private.begin_act(room_id uuid, person uuid) returns public.room_members
language plpgsql set search_path = '' as $$
declare
  me public.room_members := private.my_membership(room_id);
  standing text;
begin
  perform private.require_moderator(me);
  me := private.begin_write(room_id);
  perform private.lock_standing(room_id, person);
  select member.role into standing from public.room_members member
  where member.room_id = begin_act.room_id and member.user_id = person;
  if person is null or person = me.user_id
    or not coalesce(me.role = 'owner' or me.role = 'moderator' and coalesce(standing, 'member') = 'member', false)
  then
    raise exception 'not_allowed';
  end if;
  return me;
end
$$;
revoke all on function private.begin_act(uuid, uuid) from public, anon, authenticated, service_role;

create function private.set_mute(room_id uuid, person uuid, until timestamptz, action text, reason text) returns void
language plpgsql set search_path = '' as $$
declare
  me constant public.room_members := private.begin_act(room_id, person);
  earlier timestamptz;
begin
  select member.muted_until into earlier from public.room_members member
  where member.room_id = me.room_id and member.user_id = person;
  if not found then
    raise exception 'not_allowed';
  end if;
  if earlier is not distinct from until then
    return;
  end if;
  update public.room_members member set muted_until = until
  where member.room_id = me.room_id and member.user_id = person;
  -- A title that they show is their word as well.
  delete from public.room_listening shown
  where shown.room_id = me.room_id and shown.user_id = person and until > now();
  perform private.audit(me, action, person, null, jsonb_build_object('until', until, 'reason', left(reason, 500)));
end
$$;
revoke all on function private.set_mute(uuid, uuid, timestamptz, text, text) from public, anon, authenticated, service_role;

create function public.mute_member(room_id uuid, user_id uuid, until timestamptz, reason text default null) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.set_mute(room_id, user_id, coalesce(until, 'infinity'), 'mute', reason);
end
$$;
comment on function public.mute_member is
  'Keeps a member from writing until a time, or for good (infinity or null). '
  'Raises not_signed_in, not_a_member, banned, not_allowed.';

create function public.unmute_member(room_id uuid, user_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.set_mute(room_id, user_id, null, 'unmute', null);
end
$$;
comment on function public.unmute_member is
  'Lets a member write again. Raises not_signed_in, not_a_member, banned, not_allowed.';

-- Ends every subscription to the room's live topics: whoever may joins the new ones.
create function private.turn_epoch(room_id uuid, gone uuid default null) returns void
language plpgsql set search_path = '' as $$
begin
  -- For the trigger that announces it (private.announce_epoch).
  perform set_config('roomtone.gone', coalesce(gone::text, ''), true);
  update public.rooms room set epoch = room.epoch + 1 where room.id = turn_epoch.room_id;
  perform set_config('roomtone.gone', '', true);
end
$$;
revoke all on function private.turn_epoch(uuid, uuid) from public, anon, authenticated, service_role;

create function public.ban_member(room_id uuid, user_id uuid, until timestamptz, reason text default null) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me constant public.room_members := private.begin_act(room_id, user_id);
  ends constant timestamptz := coalesce(until, 'infinity');
  gone public.room_members;
begin
  delete from public.room_members member
  where member.room_id = me.room_id and member.user_id = ban_member.user_id
  returning member.* into gone;
  if gone.user_id is not null then
    insert into public.room_bans as ban (room_id, user_id, display_name, until, reason, muted_until, banned_by)
    select me.room_id, known.user_id, known.display_name, ends, left(ban_member.reason, 500), gone.muted_until, me.user_id
    from public.room_profiles known where known.user_id = gone.user_id
    on conflict on constraint room_bans_pkey do update
    set display_name = excluded.display_name, until = excluded.until, reason = excluded.reason,
      muted_until = excluded.muted_until, banned_by = excluded.banned_by, created_at = excluded.created_at;
    perform private.turn_epoch(room_id, gone.user_id);
  else
    -- Who is banned already may be for another time; who never was here cannot be.
    update public.room_bans ban
    set until = ends, reason = left(ban_member.reason, 500), banned_by = me.user_id
    where ban.room_id = me.room_id and ban.user_id = ban_member.user_id
      and (ban.until, ban.reason) is distinct from (ends, left(ban_member.reason, 500));
    if not found then
      if not exists (
        select from public.room_bans ban where ban.room_id = me.room_id and ban.user_id = ban_member.user_id
      ) then
        raise exception 'not_allowed';
      end if;
      return;
    end if;
  end if;
  perform private.audit(me, 'ban', user_id, null, jsonb_build_object('until', ends, 'reason', left(reason, 500)));
end
$$;
comment on function public.ban_member is
  'Takes a member out of the room and keeps them out until a time, or for good (infinity or null). The room''s epoch '
  'turns: within a moment they receive nothing. Raises not_signed_in, not_a_member, banned, not_allowed.';

create function public.unban_member(room_id uuid, user_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me constant public.room_members := private.begin_act(room_id, user_id);
begin
  -- Ended and not deleted: a mute that outlasts it is given back when its person joins again.
  update public.room_bans ban set until = clock_timestamp()
  where ban.room_id = me.room_id and ban.user_id = unban_member.user_id and ban.until > clock_timestamp();
  if found then
    perform private.audit(me, 'unban', user_id);
  end if;
end
$$;
comment on function public.unban_member is
  'Lets somebody join again. Raises not_signed_in, not_a_member, banned, not_allowed.';

create function public.set_role(room_id uuid, user_id uuid, role text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me constant public.room_members := private.begin_act(room_id, user_id);
begin
  if me.role <> 'owner' or role is null or role not in ('member', 'moderator')
    or not exists (
      select from public.room_members member where member.room_id = me.room_id and member.user_id = set_role.user_id
    )
  then
    raise exception 'not_allowed';
  end if;
  update public.room_members member set role = set_role.role
  where member.room_id = me.room_id and member.user_id = set_role.user_id and member.role <> set_role.role;
  if found then
    perform private.audit(me, 'set_role', user_id, null, jsonb_build_object('role', role));
  end if;
end
$$;
comment on function public.set_role is
  'Makes somebody a moderator, or a member again: the owner''s right. '
  'Raises not_signed_in, not_a_member, banned, not_allowed.';

-- Guests who are members, and no more than that, leave the room: it has ceased to take guests. The room is locked.
create function private.dismiss_guests(room_id uuid) returns void
language plpgsql set search_path = '' as $$
begin
  with gone as (
    delete from public.room_members member using public.room_profiles known
    where member.room_id = dismiss_guests.room_id and member.role = 'member'
      and known.user_id = member.user_id and known.is_guest
    returning member.user_id, member.muted_until, known.display_name
  )
  -- A mute waits for who comes back, as after a ban.
  insert into public.room_bans (room_id, user_id, display_name, until, muted_until)
  select dismiss_guests.room_id, gone.user_id, gone.display_name, clock_timestamp(), gone.muted_until
  from gone where gone.muted_until > clock_timestamp()
  on conflict on constraint room_bans_pkey do nothing;
  perform private.turn_epoch(room_id);
end
$$;
revoke all on function private.dismiss_guests(uuid) from public, anon, authenticated, service_role;

create function public.update_room(room_id uuid, settings jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me public.room_members := private.my_membership(room_id);
  takes_guests boolean;
  known constant jsonb := '{"title": "string", "slow_seconds": "number", "allow_guests": "boolean", "is_public": "boolean"}';
  new_title constant text := private.one_line(settings ->> 'title');
begin
  perform private.require_moderator(me);
  if jsonb_typeof(settings) is distinct from 'object'
    or exists (
      select from jsonb_each(settings) setting where known ->> setting.key is distinct from jsonb_typeof(setting.value)
    )
    or settings ? 'slow_seconds' and settings ->> 'slow_seconds' !~ '^\d{1,5}$'
    or (settings ->> 'slow_seconds')::int > 21600
    or settings ? 'title' and (private.is_blank(new_title) or char_length(new_title) > 80)
  then
    raise exception 'settings_invalid';
  end if;
  me := private.begin_write(room_id);
  perform private.require_moderator(me);
  if me.role <> 'owner' and settings - 'slow_seconds' <> '{}' then
    raise exception 'not_allowed';
  end if;
  if 'false' in (settings ->> 'allow_guests', settings ->> 'is_public') then
    perform private.lock_door(me.room_id, true);
  end if;
  select room.allow_guests into takes_guests from public.rooms room where room.id = me.room_id;
  update public.rooms room
  set title = coalesce(new_title, room.title),
    slow_seconds = coalesce((settings ->> 'slow_seconds')::int, room.slow_seconds),
    allow_guests = coalesce((settings ->> 'allow_guests')::boolean, room.allow_guests),
    is_public = coalesce((settings ->> 'is_public')::boolean, room.is_public)
  where room.id = me.room_id
    and (room.title, room.slow_seconds, room.allow_guests, room.is_public) is distinct from (
      coalesce(new_title, room.title),
      coalesce((settings ->> 'slow_seconds')::int, room.slow_seconds),
      coalesce((settings ->> 'allow_guests')::boolean, room.allow_guests),
      coalesce((settings ->> 'is_public')::boolean, room.is_public)
    );
  if found then
    perform private.audit(me, 'update_room', null, null, settings);
    if takes_guests and (settings ->> 'allow_guests')::boolean is false then
      perform private.dismiss_guests(room_id);
    end if;
  end if;
end
$$;
comment on function public.update_room is
  'Changes any of {title, slow_seconds, allow_guests, is_public}: moderators slow_seconds, the owner all. Where guests are '
  'no longer allowed, those inside leave, but for who was given a role. '
  'Raises not_signed_in, not_a_member, banned, not_allowed, settings_invalid.';

revoke all on function public.mute_member(uuid, uuid, timestamptz, text) from public, anon, authenticated, service_role;
revoke all on function public.unmute_member(uuid, uuid) from public, anon, authenticated, service_role;
revoke all on function public.ban_member(uuid, uuid, timestamptz, text) from public, anon, authenticated, service_role;
revoke all on function public.unban_member(uuid, uuid) from public, anon, authenticated, service_role;
revoke all on function public.set_role(uuid, uuid, text) from public, anon, authenticated, service_role;
revoke all on function public.update_room(uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.mute_member(uuid, uuid, timestamptz, text) to authenticated;
grant execute on function public.unmute_member(uuid, uuid) to authenticated;
grant execute on function public.ban_member(uuid, uuid, timestamptz, text) to authenticated;
grant execute on function public.unban_member(uuid, uuid) to authenticated;
grant execute on function public.set_role(uuid, uuid, text) to authenticated;
grant execute on function public.update_room(uuid, jsonb) to authenticated;
