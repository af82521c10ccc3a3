-- Invitations into private rooms: a link with a token, of which only the hash is stored.

create table public.room_invitations (
  token_hash bytea primary key,
  room_id uuid not null references public.rooms (id) on delete cascade,
  created_by uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  uses_left int constraint room_invitations_uses_left check (uses_left >= 0)
);
create index room_invitations_room_id on public.room_invitations (room_id);
create index room_invitations_created_by on public.room_invitations (created_by);
-- No policy: nobody reads them but the functions.
alter table public.room_invitations enable row level security;
revoke all on public.room_invitations from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.room_invitations to service_role;

-- Who may not invite any more has not invited anybody: whichever way it ended, by a ban, by leaving, by another role.
create function private.end_invitations() returns trigger
language plpgsql set search_path = '' as $$
begin
  delete from public.room_invitations invitation
  where invitation.room_id = old.room_id and invitation.created_by = old.user_id;
  return null;
end
$$;
revoke all on function private.end_invitations() from public, anon, authenticated, service_role;

create trigger end_invitations after delete on public.room_members
  for each row when (old.role <> 'member') execute function private.end_invitations();
create trigger end_invitations_of_members after update of role on public.room_members
  for each row when (old.role <> 'member' and new.role = 'member') execute function private.end_invitations();

-- 122 random bits, safe in an address.
create function private.new_token() returns text
language sql volatile set search_path = '' as $$
  select translate(rtrim(encode(uuid_send(gen_random_uuid()), 'base64'), '='), '+/', '-_')
$$;
revoke all on function private.new_token() from public, anon, authenticated, service_role;

-- A token has more randomness than can be tried, so that a plain hash hides it.
create function private.token_hash(token text) returns bytea
language sql immutable set search_path = '' as $$
  select sha256(convert_to(token, 'UTF8'))
$$;
revoke all on function private.token_hash(text) from public, anon, authenticated, service_role;

create function public.create_invitation(room_id uuid, lasts int, uses int default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me public.room_members := private.my_membership(room_id);
  token constant text := private.new_token();
  ends constant timestamptz := clock_timestamp() + make_interval(secs => least(greatest(lasts, 60), 30 * 86400));
begin
  perform private.require_moderator(me);
  if lasts is null or uses < 1 then
    raise exception 'invitation_invalid';
  end if;
  -- In turn with a ban, which takes along what they made.
  me := private.begin_write(room_id);
  perform private.require_moderator(me);
  perform private.spend_send(me.user_id, 'invitation', 20);
  delete from public.room_invitations over
  where over.room_id = me.room_id and (over.expires_at <= now() or over.uses_left = 0);
  insert into public.room_invitations (token_hash, room_id, created_by, expires_at, uses_left)
  values (private.token_hash(token), me.room_id, me.user_id, ends, uses);
  perform private.audit(me, 'create_invitation', null, null, jsonb_build_object('expires_at', ends, 'uses', uses));
  return jsonb_build_object('token', token, 'expires_at', ends);
end
$$;
comment on function public.create_invitation is
  'Makes an invitation that lasts so many seconds (from a minute to 30 days) and is good for so many people, or for any '
  'number (null). The token is told this once. '
  'Raises not_signed_in, not_a_member, banned, not_allowed, invitation_invalid, rate_limited (hint: the seconds to wait).';

create function public.revoke_invitations(room_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me constant public.room_members := private.my_membership(room_id);
begin
  perform private.require_moderator(me);
  delete from public.room_invitations invitation where invitation.room_id = me.room_id;
  if found then
    perform private.audit(me, 'revoke_invitations');
  end if;
end
$$;
comment on function public.revoke_invitations is
  'Ends all invitations into a room. Raises not_signed_in, not_a_member, banned, not_allowed.';

revoke all on function public.create_invitation(uuid, int, int) from public, anon, authenticated, service_role;
grant execute on function public.create_invitation(uuid, int, int) to authenticated;
revoke all on function public.revoke_invitations(uuid) from public, anon, authenticated, service_role;
grant execute on function public.revoke_invitations(uuid) to authenticated;

-- Takes one use; false when the invitation is none, is over or is for another room.
create function private.use_invitation(room_id uuid, token text) returns boolean
language plpgsql set search_path = '' as $$
begin
  update public.room_invitations invitation set uses_left = invitation.uses_left - 1
  where invitation.token_hash = private.token_hash(token) and invitation.room_id = use_invitation.room_id
    and invitation.expires_at > clock_timestamp() and coalesce(invitation.uses_left, 1) > 0;
  return found;
end
$$;
revoke all on function private.use_invitation(uuid, text) from public, anon, authenticated, service_role;
