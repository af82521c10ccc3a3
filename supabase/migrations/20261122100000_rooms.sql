-- Rooms, who is in them, and each room's log. Everybody reads by RLS; nobody but the functions of the later
-- migrations and service_role writes. Grants are stated for every role, so that a project's default privileges
-- neither open nor close anything.

create schema private;
revoke all on schema private from public, anon, authenticated, service_role;
comment on schema private is 'Helpers and counters of the rooms. Never exposed by the API.';

create table public.rooms (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique
    constraint rooms_slug check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 64),
  title text not null
    constraint rooms_title check (
      title = btrim(title) and char_length(title) between 1 and 80 and title !~ '[\u0001-\u001f\u007f-\u009f]'
    ),
  is_public boolean not null default false,
  allow_guests boolean not null default true,
  epoch int not null default 1 constraint rooms_epoch check (epoch > 0),
  last_seq bigint not null default 0 constraint rooms_last_seq check (last_seq >= 0),
  slow_seconds int not null default 0 constraint rooms_slow_seconds check (slow_seconds between 0 and 21600),
  owner_id uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now()
);
create index rooms_owner_id on public.rooms (owner_id);
create index rooms_is_public on public.rooms (is_public);
comment on column public.rooms.epoch is 'Part of the live topic. Raising it ends every subscription to the old one.';
comment on column public.rooms.last_seq is 'seq of the newest entry. Changed only under the lock of this row.';
comment on column public.rooms.slow_seconds is 'Slow mode: the seconds between two messages of one member; 0 is off.';

create table public.room_profiles (
  user_id uuid primary key references auth.users (id) on delete cascade,
  display_name text not null
    constraint room_profiles_display_name check (
      display_name = btrim(display_name) and char_length(display_name) between 1 and 40
      and display_name !~ '[\u0001-\u001f\u007f-\u009f]'
    ),
  is_guest boolean not null default false,
  updated_at timestamptz not null default now()
);

create table public.room_members (
  room_id uuid not null references public.rooms (id) on delete cascade,
  -- To the profile and not to auth.users: this key lets PostgREST embed the name.
  user_id uuid not null references public.room_profiles (user_id) on delete cascade,
  role text not null default 'member' constraint room_members_role check (role in ('member', 'moderator', 'owner')),
  muted_until timestamptz,
  joined_at timestamptz not null default now(),
  primary key (room_id, user_id)
);
create index room_members_user_id on public.room_members (user_id);

create table public.room_entries (
  room_id uuid not null references public.rooms (id) on delete cascade,
  seq bigint not null constraint room_entries_seq check (seq > 0),
  id uuid not null,
  kind text not null default 'message'
    constraint room_entries_kind check (kind in ('message', 'track', 'edit', 'delete', 'react', 'unreact', 'adopt')),
  author_id uuid references auth.users (id) on delete set null,
  author_name text not null,
  body text not null
    constraint room_entries_body check (
      case
        when redacted or kind in ('delete', 'adopt') then body = ''
        when kind = 'track' then char_length(body) between 1 and 300
        when kind in ('react', 'unreact') then char_length(body) between 1 and 16
        else char_length(body) between 1 and 4000
      end
    ),
  track_uri text
    constraint room_entries_track_uri check (
      (track_uri is not null) = (kind = 'track' and not redacted)
      and track_uri ~ '^spotify:(track|episode|album|playlist):[0-9A-Za-z]{22}$'
    ),
  track_artists text
    constraint room_entries_track_artists check (
      (track_artists is not null) = (kind = 'track' and not redacted) and char_length(track_artists) <= 300
    ),
  target_id uuid
    constraint room_entries_target_id check (
      (target_id is not null) = (kind in ('edit', 'delete', 'react', 'unreact', 'adopt'))
    ),
  reply_to uuid constraint room_entries_reply_to check (reply_to is null or kind in ('message', 'track')),
  mentions uuid[] not null default '{}'
    constraint room_entries_mentions check (
      mentions = '{}' or (kind in ('message', 'edit') and not redacted and cardinality(mentions) <= 50)
    ),
  redacted boolean not null default false
    constraint room_entries_redacted check (not redacted or kind in ('message', 'track', 'edit')),
  created_at timestamptz not null default now(),
  primary key (room_id, seq),
  -- An id is the writer's choice. It is unique in its room, where everybody may read it, and among one's own, where
  -- it is no news. It is not unique over all rooms: sending it would tell whether a room one cannot read has it.
  constraint room_entries_id unique (room_id, id),
  constraint room_entries_author_id unique (author_id, id)
);
-- Partial, so that a plain message pays for none of them.
create index room_entries_versions on public.room_entries (room_id, target_id, seq) where kind in ('edit', 'delete');
create index room_entries_reactions on public.room_entries (room_id, target_id, author_id, body, seq)
  where kind in ('react', 'unreact');
create index room_entries_mentioned on public.room_entries using gin (mentions) where mentions <> '{}';
comment on table public.room_entries is
  'The log of each room: seq is contiguous, and what happens to a message is an entry of its own. '
  'Entries are changed by a deletion, which empties what it is about, and by a guest who becomes a member: what was theirs '
  'is their account''s from then on, and an entry says so.';
comment on column public.room_entries.body is
  'What a message says, or what an edit makes of it; of a track its title, as the page of the one who shared it showed '
  'it; of a reaction the emoji.';
comment on column public.room_entries.target_id is
  'The message that an edit, a deletion or a reaction is about; of kind adopt the guest whom the author was until then.';
comment on column public.room_entries.mentions is 'Members whom a message names, or its text since an edit.';
comment on column public.room_entries.redacted is 'Whether the message was deleted: its text is nowhere any more.';

-- Security definer: a policy of room_members that reads room_members would call itself without end.
create function private.my_room_ids() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select member.room_id from public.room_members member where member.user_id = (select auth.uid())
$$;

create function private.shares_room_with(person uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.room_members theirs
    join public.room_members mine using (room_id)
    where theirs.user_id = person and mine.user_id = (select auth.uid())
  )
$$;

-- Policies run with the reader's rights: execute is needed, the use of the schema is not.
revoke all on function private.my_room_ids() from public, anon, authenticated, service_role;
grant execute on function private.my_room_ids() to authenticated;
revoke all on function private.shares_room_with(uuid) from public, anon, authenticated, service_role;
grant execute on function private.shares_room_with(uuid) to authenticated;

alter table public.rooms enable row level security;
alter table public.room_profiles enable row level security;
alter table public.room_members enable row level security;
alter table public.room_entries enable row level security;

create policy "Public rooms are found by everybody" on public.rooms
  for select to anon, authenticated using (is_public);
create policy "Members see their rooms" on public.rooms
  for select to authenticated using (id in (select private.my_room_ids()));
create policy "People see themselves and those they share a room with" on public.room_profiles
  for select to authenticated using (user_id = (select auth.uid()) or private.shares_room_with(user_id));
create policy "Members see who is in their rooms" on public.room_members
  for select to authenticated using (room_id in (select private.my_room_ids()));
create policy "Members read the log of their rooms" on public.room_entries
  for select to authenticated using (room_id in (select private.my_room_ids()));

revoke all on public.rooms from public, anon, authenticated, service_role;
grant select (id, slug, title, is_public, allow_guests, created_at) on public.rooms to anon;
-- Not owner_id: who runs a room is shown to its members, as a role.
grant select (id, slug, title, is_public, allow_guests, created_at, epoch, last_seq, slow_seconds)
  on public.rooms to authenticated;
grant select, insert, update, delete on public.rooms to service_role;

revoke all on public.room_profiles from public, anon, authenticated, service_role;
grant select on public.room_profiles to authenticated;
grant select, insert, update, delete on public.room_profiles to service_role;

revoke all on public.room_members from public, anon, authenticated, service_role;
grant select on public.room_members to authenticated;
grant select, insert, update, delete on public.room_members to service_role;

revoke all on public.room_entries from public, anon, authenticated, service_role;
grant select on public.room_entries to authenticated;
grant select, insert, update, delete on public.room_entries to service_role;
