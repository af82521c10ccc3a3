-- How far each member has read: kept for them, so that it is the same on all their devices, and shown to nobody else.

create table public.room_reads (
  user_id uuid not null,
  room_id uuid not null,
  read_seq bigint not null default 0 constraint room_reads_read_seq check (read_seq >= 0),
  updated_at timestamptz not null default now(),
  primary key (user_id, room_id),
  constraint room_reads_member foreign key (user_id, room_id)
    references public.room_members (user_id, room_id) on delete cascade
);
alter table public.room_reads enable row level security;
create policy "Members see how far they have read" on public.room_reads
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.room_reads from public, anon, authenticated, service_role;
grant select on public.room_reads to authenticated;
grant select, insert, update, delete on public.room_reads to service_role;

create function public.mark_read(room_id uuid, seq bigint) returns void
language plpgsql security definer set search_path = '' as $$
declare
  reader constant public.room_members := private.my_membership(room_id);
begin
  insert into public.room_reads as mine (user_id, room_id, read_seq)
  select reader.user_id, room.id, least(mark_read.seq, room.last_seq) from public.rooms room
  where room.id = reader.room_id and mark_read.seq > 0
  -- By the constraint's name: room_id alone might be the parameter.
  on conflict on constraint room_reads_pkey do update
  set read_seq = excluded.read_seq, updated_at = excluded.updated_at where mine.read_seq < excluded.read_seq;
end
$$;
comment on function public.mark_read is
  'Says that the caller has read a room up to seq: never backwards, never beyond its end. '
  'Raises not_signed_in, not_a_member, banned.';

revoke all on function public.mark_read(uuid, bigint) from public, anon, authenticated, service_role;
grant execute on function public.mark_read(uuid, bigint) to authenticated;

-- Messages and tracks of others after a place, counted up to 100.
create function private.unread_after(reader public.room_members, seq bigint) returns int
language sql stable set search_path = '' as $$
  select count(*)::int from (
    select from public.room_entries entry
    where entry.room_id = reader.room_id and entry.seq > unread_after.seq
      and entry.kind in ('message', 'track') and not entry.redacted and entry.author_id is distinct from reader.user_id
    order by entry.seq limit 100
  ) unread
$$;
revoke all on function private.unread_after(public.room_members, bigint) from public, anon, authenticated, service_role;
