-- Who may act in a room and who is kept out of it: bans, and what moderators did.

create table public.room_bans (
  room_id uuid not null references public.rooms (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  -- The name at that time: who is banned is no member, and moderators could not read the profile.
  display_name text not null,
  until timestamptz not null,
  reason text constraint room_bans_reason check (char_length(reason) <= 500),
  -- A mute that was in force outlasts the ban.
  muted_until timestamptz,
  banned_by uuid,
  created_at timestamptz not null default now(),
  primary key (room_id, user_id)
);
create index room_bans_user_id on public.room_bans (user_id);
comment on column public.room_bans.until is 'infinity for good. What is over is deleted when its person joins again.';

create table public.room_audit (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references public.rooms (id) on delete cascade,
  -- No references: what was done stays told when the account goes.
  actor_id uuid not null,
  action text not null,
  target_user uuid,
  target_message uuid,
  detail jsonb not null default '{}',
  -- The clock and not now(), the start of the transaction: what was done is told in its order.
  at timestamptz not null default clock_timestamp()
);
create index room_audit_room_id on public.room_audit (room_id, at);
comment on table public.room_audit is 'What moderators and owners did. Never holds the text of a message.';

-- Security definer: see private.my_room_ids.
create function private.my_moderated_room_ids() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select member.room_id from public.room_members member
  where member.user_id = (select auth.uid()) and member.role in ('moderator', 'owner')
$$;
revoke all on function private.my_moderated_room_ids() from public, anon, authenticated, service_role;
grant execute on function private.my_moderated_room_ids() to authenticated;

alter table public.room_bans enable row level security;
alter table public.room_audit enable row level security;
create policy "Moderators see who is banned from their rooms" on public.room_bans
  for select to authenticated using (room_id in (select private.my_moderated_room_ids()));
create policy "Moderators see what was done in their rooms" on public.room_audit
  for select to authenticated using (room_id in (select private.my_moderated_room_ids()));

revoke all on public.room_bans from public, anon, authenticated, service_role;
grant select on public.room_bans to authenticated;
grant select, insert, update, delete on public.room_bans to service_role;
revoke all on public.room_audit from public, anon, authenticated, service_role;
grant select on public.room_audit to authenticated;
grant select, insert, update, delete on public.room_audit to service_role;

-- Raises a refusal that ends at a moment: its hint is the seconds until then, and none when it is for good.
create function private.refuse_until(refusal text, until timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if until = 'infinity' then
    raise exception '%', refusal;
  end if;
  raise exception '%', refusal
  using hint = greatest(1, ceil(extract(epoch from until - clock_timestamp())))::bigint::text;
end
$$;
revoke all on function private.refuse_until(text, timestamptz) from public, anon, authenticated, service_role;

create function private.refuse_banned(room_id uuid, person uuid) returns void
language plpgsql set search_path = '' as $$
declare
  ends timestamptz;
begin
  select ban.until into ends from public.room_bans ban
  where ban.room_id = refuse_banned.room_id and ban.user_id = person and ban.until > clock_timestamp();
  if found then
    perform private.refuse_until('banned', ends);
  end if;
end
$$;
revoke all on function private.refuse_banned(uuid, uuid) from public, anon, authenticated, service_role;

-- The caller as a member of a room, or raises not_signed_in, banned or not_a_member.
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
    perform private.refuse_banned(room_id, caller);
    raise exception 'not_a_member';
  end if;
  return mine;
end
$$;
revoke all on function private.my_membership(uuid) from public, anon, authenticated, service_role;

-- Joining and banning the same person take turns: neither would see what the other has not yet committed.
create function private.lock_standing(room_id uuid, person uuid) returns void
language sql set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended(room_id || ':' || person, 0))
$$;
revoke all on function private.lock_standing(uuid, uuid) from public, anon, authenticated, service_role;

-- Coming in for the first time and closing the doors take turns, for the same reason. Not a lock on the room's row: whoever
-- joins would hold up whoever writes.
create function private.lock_door(room_id uuid, closing boolean) returns void
language plpgsql set search_path = '' as $$
declare
  door constant bigint := hashtextextended(room_id || ':door', 0);
begin
  if closing then
    perform pg_advisory_xact_lock(door);
  else
    perform pg_advisory_xact_lock_shared(door);
  end if;
end
$$;
revoke all on function private.lock_door(uuid, boolean) from public, anon, authenticated, service_role;

create function private.audit(
  actor public.room_members, action text,
  target_user uuid default null, target_message uuid default null, detail jsonb default '{}'
) returns void
language sql set search_path = '' as $$
  insert into public.room_audit (room_id, actor_id, action, target_user, target_message, detail)
  values (actor.room_id, actor.user_id, action, target_user, target_message, jsonb_strip_nulls(detail))
$$;
revoke all on function private.audit(public.room_members, text, uuid, uuid, jsonb)
  from public, anon, authenticated, service_role;
