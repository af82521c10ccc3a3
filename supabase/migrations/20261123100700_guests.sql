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
    perform private.turn_epoch(theirs.room_id, theirs.user_id);
    return;
  end if;
  insert into public.room_members as mine (room_id, user_id, role, muted_until, joined_at)
  values (theirs.room_id, heir, theirs.role, theirs.muted_until, theirs.joined_at)
  on conflict (room_id, user_id) do update
  set role = case when 'owner' in (mine.role, excluded.role) then 'owner'
      when 'moderator' in (mine.role, excluded.role) then 'moderator' else 'member' end,
    -- Nobody could let the owner write again.
    muted_until = case when 'owner' not in (mine.role, excluded.role) then greatest(mine.muted_until, excluded.muted_until) end,
    joined_at = least(mine.joined_at, excluded.joined_at);
  insert into public.room_reads as mine (user_id, room_id, read_seq)
  select heir, place.room_id, place.read_seq from public.room_reads place
  where place.room_id = theirs.room_id and place.user_id = theirs.user_id
  on conflict (user_id, room_id) do update set read_seq = greatest(mine.read_seq, excluded.read_seq);
  update public.room_invitations invitation set created_by = heir
  where invitation.room_id = theirs.room_id and invitation.created_by = theirs.user_id;
  delete from public.room_members member where member.room_id = theirs.room_id and member.user_id = theirs.user_id;
end
$$;
revoke all on function private.adopt_membership(public.room_members, uuid) from public, anon, authenticated, service_role;

-- A ban of a guest becomes the caller's, and so does a mute that outlasts it. Who was given a role stays, as they could not
-- be banned by whoever banned the guest. Locks as above.
create function private.adopt_ban(theirs public.room_bans, heir uuid) returns void
language plpgsql set search_path = '' as $$
declare
  mine public.room_members;
begin
  select member.* into mine from public.room_members member
  where member.room_id = theirs.room_id and member.user_id = heir;
  if mine.role <> 'member' or mine.role = 'member' and theirs.until <= clock_timestamp() then
    update public.room_members member set muted_until = greatest(member.muted_until, theirs.muted_until)
    where member.room_id = theirs.room_id and member.user_id = heir and mine.role <> 'owner';
    return;
  end if;
  insert into public.room_bans as ban (room_id, user_id, display_name, until, reason, muted_until, banned_by, created_at)
  values (
    theirs.room_id, heir, theirs.display_name, theirs.until, theirs.reason, greatest(theirs.muted_until, mine.muted_until),
    theirs.banned_by, theirs.created_at
  )
  on conflict (room_id, user_id) do update
  set until = greatest(ban.until, excluded.until), muted_until = greatest(ban.muted_until, excluded.muted_until),
    reason = case when excluded.until > ban.until then excluded.reason else ban.reason end,
    banned_by = case when excluded.until > ban.until then excluded.banned_by else ban.banned_by end;
  delete from public.room_members member where member.room_id = theirs.room_id and member.user_id = heir;
  if found then
    perform private.turn_epoch(theirs.room_id, heir);
  end if;
end
$$;
revoke all on function private.adopt_ban(public.room_bans, uuid) from public, anon, authenticated, service_role;

-- Tells a room that what was the guest's is the heir's. An entry of the log, which nobody misses: a page that knows the
-- guest's entries by their id learns the other one from it, live or when it catches up. The room is locked.
create function private.announce_adoption(room_id uuid, guest public.room_profiles, heir uuid) returns void
language plpgsql set search_path = '' as $$
declare
  place bigint;
begin
  update public.rooms room set last_seq = room.last_seq + 1 where room.id = announce_adoption.room_id
  returning room.last_seq into place;
  -- Under the name that the room knows: the account's may be none of its business.
  insert into public.room_entries (room_id, seq, id, kind, author_id, author_name, body, target_id, created_at)
  values (
    announce_adoption.room_id, place, gen_random_uuid(), 'adopt', heir, guest.display_name, '', guest.user_id, clock_timestamp()
  );
end
$$;
revoke all on function private.announce_adoption(uuid, public.room_profiles, uuid) from public, anon, authenticated, service_role;

create function public.adopt_guest(code text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  caller constant uuid := auth.uid();
  is_guest constant boolean := private.is_guest(caller);
  guest uuid;
  profile public.room_profiles;
  -- Where the guest is, wrote or is named.
  told uuid[];
  place uuid;
  theirs public.room_members;
  ban public.room_bans;
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
  select known.* into profile from public.room_profiles known where known.user_id = guest;
  if profile.user_id is null then
    -- A guest who was in no room left nothing.
    return;
  end if;

  -- Every lock in the order in which joining, writing and banning take theirs, the profile last.
  told := array(
    select member.room_id from public.room_members member where member.user_id = guest
    union select entry.room_id from public.room_entries entry where entry.author_id = guest
    union select entry.room_id from public.room_entries entry
      where entry.mentions <> '{}' and entry.mentions @> array[guest]
  );
  for place in
    select unnest(told) union select banned.room_id from public.room_bans banned where banned.user_id = guest order by 1
  loop
    perform from public.rooms room where room.id = place for no key update;
    perform private.lock_standing(place, caller);
  end loop;

  -- Whom others know by a name keeps it: a guest's is no way around a mute, nor around the pace of names.
  insert into public.room_profiles as mine (user_id, display_name) values (caller, profile.display_name)
  on conflict (user_id) do update set is_guest = false, updated_at = now() where mine.is_guest;
  for theirs in
    select member.* from public.room_members member where member.user_id = guest and member.room_id = any (told)
  loop
    perform private.adopt_membership(theirs, caller);
  end loop;
  for ban in select banned.* from public.room_bans banned where banned.user_id = guest loop
    perform private.adopt_ban(ban, caller);
  end loop;

  update public.rooms room set owner_id = caller where room.owner_id = guest;
  update public.room_entries entry set author_id = caller where entry.author_id = guest;
  -- Who named both names one.
  update public.room_entries entry
  set mentions = case when entry.mentions @> array[caller] then array_remove(entry.mentions, guest)
    else array_replace(entry.mentions, guest, caller) end
  where entry.mentions <> '{}' and entry.mentions @> array[guest];
  delete from public.room_profiles known where known.user_id = guest;
  foreach place in array told loop
    perform private.announce_adoption(place, profile, caller);
  end loop;
exception
  -- The same id from both in two rooms: nobody's chance, and no reason to lose an entry.
  when unique_violation then
    raise exception 'message_id_taken';
end
$$;
comment on function public.adopt_guest is
  'Makes a guest''s entries and memberships the caller''s, by a code of offer_guest, and their name where the caller has none. '
  'Each room is told by an entry of kind adopt. Who is banned stays banned, as guest and as account. '
  'Raises not_signed_in, not_allowed (the caller is a guest), code_invalid, message_id_taken.';

revoke all on function public.offer_guest() from public, anon, authenticated, service_role;
grant execute on function public.offer_guest() to authenticated;
revoke all on function public.adopt_guest(text) from public, anon, authenticated, service_role;
grant execute on function public.adopt_guest(text) to authenticated;
