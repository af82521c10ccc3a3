-- A guest who signs in as somebody with an account: what they wrote becomes that account's. Upgrading the same account
-- in place (auth.updateUser) needs nothing of this.

create table private.guest_offers (
  user_id uuid primary key references auth.users (id) on delete cascade,
  code_hash bytea not null unique,
  expires_at timestamptz not null
);
alter table private.guest_offers enable row level security;
revoke all on private.guest_offers from public, anon, authenticated, service_role;

create function public.offer_guest() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  guest constant boolean := private.is_guest(caller);
  code constant text := private.new_token();
begin
  if guest is null then
    raise exception 'not_signed_in';
  end if;
  if not guest then
    raise exception 'not_allowed';
  end if;
  perform private.spend_send(caller, 'guest', 10);
  insert into private.guest_offers (user_id, code_hash, expires_at)
  values (caller, private.token_hash(code), clock_timestamp() + interval '10 minutes')
  on conflict (user_id) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at;
  return jsonb_build_object('code', code);
end
$$;
comment on function public.offer_guest is
  'Gives a guest a code, good once and for 10 minutes, with which an account takes over what they wrote (adopt_guest). '
  'Raises not_signed_in, not_allowed (no guest), rate_limited (hint: the seconds to wait).';

-- One membership of a guest becomes the caller's: the higher role, the longer mute, the place that was read further.
-- The caller's standing in the room is locked, and the room.
create function private.adopt_membership(theirs public.room_members, heir uuid) returns void
language plpgsql set search_path = '' as $$
begin
  if exists (
    select from public.room_bans ban
    where ban.room_id = theirs.room_id and ban.user_id = heir and ban.until > clock_timestamp()
  ) then
    -- Who is banned was here as a guest: that ends now.
    delete from public.room_members member
    where member.room_id = theirs.room_id and member.user_id = theirs.user_id;
    perform private.turn_epoch(theirs.room_id);
    return;
  end if;
  insert into public.room_members as mine (room_id, user_id, role, muted_until, joined_at)
  values (theirs.room_id, heir, theirs.role, theirs.muted_until, theirs.joined_at)
  on conflict (room_id, user_id) do update
  set role = case when 'owner' in (mine.role, excluded.role) then 'owner'
      when 'moderator' in (mine.role, excluded.role) then 'moderator' else 'member' end,
    muted_until = greatest(mine.muted_until, excluded.muted_until),
    joined_at = least(mine.joined_at, excluded.joined_at);
  insert into public.room_reads as mine (user_id, room_id, read_seq)
  select heir, place.room_id, place.read_seq from public.room_reads place
  where place.room_id = theirs.room_id and place.user_id = theirs.user_id
  on conflict (user_id, room_id) do update set read_seq = greatest(mine.read_seq, excluded.read_seq);
  delete from public.room_members member where member.room_id = theirs.room_id and member.user_id = theirs.user_id;
end
$$;
revoke all on function private.adopt_membership(public.room_members, uuid) from public, anon, authenticated, service_role;

create function public.adopt_guest(code text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  is_guest constant boolean := private.is_guest(caller);
  guest uuid;
  profile public.profiles;
  places uuid[];
  place uuid;
  theirs public.room_members;
begin
  if is_guest is null then
    raise exception 'not_signed_in';
  end if;
  if is_guest then
    raise exception 'not_allowed';
  end if;
  delete from private.guest_offers offer
  where offer.code_hash = private.token_hash(code) and offer.expires_at > clock_timestamp()
  returning offer.user_id into guest;
  if guest is null then
    raise exception 'code_invalid';
  end if;
  select known.* into profile from public.profiles known where known.user_id = guest;
  if profile.user_id is null then
    -- A guest who was in no room left nothing.
    return;
  end if;

  -- Every lock in the order in which joining, writing and banning take theirs, the profile last.
  places := array(
    select member.room_id from public.room_members member where member.user_id = guest
    union select ban.room_id from public.room_bans ban where ban.user_id = guest
    order by 1
  );
  foreach place in array places loop
    perform from public.rooms room where room.id = place for no key update;
    perform private.lock_standing(place, caller);
  end loop;

  insert into public.profiles (user_id, display_name) values (caller, profile.display_name) on conflict do nothing;
  for theirs in
    select member.* from public.room_members member where member.user_id = guest and member.room_id = any (places)
  loop
    perform private.adopt_membership(theirs, caller);
  end loop;
  insert into public.room_bans (room_id, user_id, display_name, until, reason, muted_until, banned_by, created_at)
  select ban.room_id, caller, ban.display_name, ban.until, ban.reason, ban.muted_until, ban.banned_by, ban.created_at
  from public.room_bans ban
  where ban.user_id = guest and not exists (
    select from public.room_members mine where mine.room_id = ban.room_id and mine.user_id = caller
  )
  on conflict do nothing;

  update public.rooms room set owner_id = caller where room.owner_id = guest;
  update public.room_entries entry set author_id = caller where entry.author_id = guest;
  update public.room_entries entry set mentions = array_replace(entry.mentions, guest, caller)
  where entry.mentions <> '{}' and entry.mentions @> array[guest];
  delete from public.profiles known where known.user_id = guest;
  update public.profiles mine set display_name = profile.display_name, is_guest = false, updated_at = now()
  where mine.user_id = caller and (mine.display_name, mine.is_guest) is distinct from (profile.display_name, false);
exception
  -- The same id from both in two rooms: nobody's chance, and no reason to lose an entry.
  when unique_violation then
    raise exception 'message_id_taken';
end
$$;
comment on function public.adopt_guest is
  'Makes a guest''s entries, memberships and name the caller''s, by a code of offer_guest. What is banned stays banned. '
  'Raises not_signed_in, not_allowed (the caller is a guest), code_invalid, message_id_taken.';

revoke all on function public.offer_guest() from public, anon, authenticated, service_role;
grant execute on function public.offer_guest() to authenticated;
revoke all on function public.adopt_guest(text) from public, anon, authenticated, service_role;
grant execute on function public.adopt_guest(text) to authenticated;
