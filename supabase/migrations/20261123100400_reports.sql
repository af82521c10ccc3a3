-- What members report, and what moderators make of it.

create table public.room_reports (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references public.rooms (id) on delete cascade,
  message_id uuid not null,
  reporter_id uuid references auth.users (id) on delete set null,
  reporter_name text not null,
  -- Not the message's text: where it is deleted, it is nowhere any more.
  reason text not null constraint room_reports_reason check (char_length(reason) <= 500),
  created_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by uuid,
  note text constraint room_reports_note check (char_length(note) <= 500),
  constraint room_reports_once unique (room_id, message_id, reporter_id)
);
create index room_reports_reporter_id on public.room_reports (reporter_id);
create index room_reports_open on public.room_reports (room_id, created_at) where resolved_at is null;

alter table public.room_reports enable row level security;
create policy "Moderators see what is reported in their rooms" on public.room_reports
  for select to authenticated using (room_id in (select private.my_moderated_room_ids()));
revoke all on public.room_reports from public, anon, authenticated, service_role;
grant select on public.room_reports to authenticated;
grant select, insert, update, delete on public.room_reports to service_role;

create function public.report_message(room_id uuid, message_id uuid, reason text default '') returns void
language plpgsql security definer set search_path = '' as $$
declare
  reporter constant public.room_members := private.my_membership(room_id);
  words constant text := btrim(coalesce(reason, ''), private.white_space());
begin
  if char_length(words) > 500 then
    raise exception 'message_too_long';
  end if;
  perform private.require_not_deleted(private.message_in_room(room_id, message_id));
  if exists (
    select from public.room_reports mine
    where mine.room_id = reporter.room_id and mine.message_id = report_message.message_id
      and mine.reporter_id = reporter.user_id
  ) then
    return;
  end if;
  perform private.spend_send(reporter.user_id, 'report', 10);
  insert into public.room_reports (room_id, message_id, reporter_id, reporter_name, reason)
  select reporter.room_id, report_message.message_id, known.user_id, known.display_name, words
  from public.room_profiles known where known.user_id = reporter.user_id
  on conflict on constraint room_reports_once do nothing;
end
$$;
comment on function public.report_message is
  'Reports a message to the room''s moderators; once for each who reports it. '
  'Raises not_signed_in, not_a_member, banned, message_unknown, message_too_long (the reason, over 500 characters), '
  'rate_limited (hint: the seconds to wait).';

create function public.open_reports(room_id uuid, most int default 20) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  me constant public.room_members := private.my_membership(room_id);
  answer jsonb;
begin
  perform private.require_moderator(me);
  with open_ones as (
    select report.message_id, report.reporter_name, report.reason, report.created_at,
      -- One member's many reports do not hide another's: what each reported last stands before what anybody reported before.
      row_number() over (partition by report.reporter_id order by report.created_at desc, report.id) as turn,
      row_number() over (partition by report.message_id order by report.created_at desc, report.id) as place
    from public.room_reports report
    where report.room_id = me.room_id and report.resolved_at is null
  ), by_message as (
    select one.message_id, count(*) as reporters, min(one.turn) as turn, max(one.created_at) as latest,
      jsonb_agg(
        jsonb_build_object('reporter_name', one.reporter_name, 'reason', one.reason, 'created_at', one.created_at)
        order by one.place
      ) filter (where one.place <= 5) as reports
    from open_ones one group by one.message_id
  ), listed as (
    select message.* from by_message message
    order by message.turn, message.reporters desc, message.latest desc, message.message_id
    limit least(greatest(coalesce(most, 20), 1), 500)
  )
  select jsonb_build_object(
    'messages', (select count(*) from by_message),
    'reports', (select count(*) from open_ones),
    'list', coalesce(
      (select jsonb_agg(
         jsonb_build_object('message_id', message.message_id, 'reporters', message.reporters, 'reports', message.reports)
         order by message.turn, message.reporters desc, message.latest desc, message.message_id
       ) from listed message),
      '[]'
    )
  ) into answer;
  return answer;
end
$$;
comment on function public.open_reports is
  'What is reported and not yet looked after, by message: how many members reported it, and what the last five said; up to '
  'so many messages (at most 500), and how many there are of both. '
  'Raises not_signed_in, not_a_member, banned, not_allowed.';

create function public.resolve_reports(room_id uuid, message_id uuid, note text default null) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me constant public.room_members := private.my_membership(room_id);
  closed int;
begin
  perform private.require_moderator(me);
  update public.room_reports report
  set resolved_at = clock_timestamp(), resolved_by = me.user_id, note = left(resolve_reports.note, 500)
  where report.room_id = me.room_id and report.message_id = resolve_reports.message_id and report.resolved_at is null;
  get diagnostics closed = row_count;
  if closed > 0 then
    perform private.audit(
      me, 'resolve_reports', null, message_id, jsonb_build_object('reports', closed, 'note', left(note, 500))
    );
  end if;
end
$$;
comment on function public.resolve_reports is
  'Closes all open reports of a message; once more changes nothing. Raises not_signed_in, not_a_member, banned, not_allowed.';

revoke all on function public.report_message(uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.report_message(uuid, uuid, text) to authenticated;
revoke all on function public.open_reports(uuid, int) from public, anon, authenticated, service_role;
grant execute on function public.open_reports(uuid, int) to authenticated;
revoke all on function public.resolve_reports(uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.resolve_reports(uuid, uuid, text) to authenticated;
