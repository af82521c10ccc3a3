-- Sharing music: a track as an entry of the log, and what a member listens to now.

-- A title or names as one line. Without direction overrides, as in names: they would turn the words around as well.
-- The rest stays as it is: Spotify's terms want titles unmodified.
create function private.one_line(content text) returns text
language sql immutable set search_path = '' as $$
  select btrim(
    regexp_replace(
      regexp_replace(content, '[\u202a-\u202e\u2066-\u2069]', '', 'g'),
      '[\u0001-\u001f\u007f-\u009f\u2028\u2029]+', ' ', 'g'
    ),
    private.white_space()
  )
$$;
revoke all on function private.one_line(text) from public, anon, authenticated, service_role;

create function public.share_track(room_id uuid, message_id uuid, track_uri text, title text, artists text)
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  writer public.room_members := private.my_membership(room_id);
  draft public.room_entries;
  mine public.room_entries;
  -- Cut and not refused: how long they are is not the sharer's doing.
  short_title constant text := rtrim(left(private.one_line(title), 300), private.white_space());
  short_artists constant text := rtrim(left(private.one_line(artists), 300), private.white_space());
begin
  if track_uri is null or track_uri !~ '^spotify:(track|episode|album|playlist):[0-9A-Za-z]{22}$'
    or short_title is null or private.is_blank(short_title)
  then
    raise exception 'track_invalid';
  end if;
  writer := private.begin_write(room_id);
  mine := private.my_entry(writer, message_id);
  if mine.id is not null then
    return private.entry_json(mine);
  end if;
  perform private.require_voice(writer);
  perform private.keep_slow_mode(writer);
  draft.id := message_id;
  draft.kind := 'track';
  draft.body := short_title;
  draft.track_uri := track_uri;
  draft.track_artists := coalesce(short_artists, '');
  return private.append_entry(writer, draft);
end
$$;
comment on function public.share_track is
  'Shares a track, an episode, an album or a playlist in a room; artists may be null. Out of the same allowance as '
  'messages. The same message_id again gives the stored entry. '
  'Raises not_signed_in, not_a_member, banned, muted, track_invalid, message_id_taken, slow_mode, rate_limited (hints as '
  'of send_message).';

revoke all on function public.share_track(uuid, uuid, text, text, text) from public, anon, authenticated, service_role;
grant execute on function public.share_track(uuid, uuid, text, text, text) to authenticated;

create table public.room_listening (
  room_id uuid not null,
  user_id uuid not null,
  uri text not null constraint room_listening_uri check (uri ~ '^spotify:(track|episode):[0-9A-Za-z]{22}$'),
  title text not null
    constraint room_listening_title check (
      char_length(title) between 1 and 300 and title !~ '[\u0001-\u001f\u007f-\u009f]'
    ),
  artists text not null
    constraint room_listening_artists check (char_length(artists) <= 300 and artists !~ '[\u0001-\u001f\u007f-\u009f]'),
  artwork text
    constraint room_listening_artwork check (char_length(artwork) <= 500 and artwork ~ '^https?://[!-~]+$'),
  updated_at timestamptz not null default now(),
  primary key (room_id, user_id),
  constraint room_listening_member foreign key (room_id, user_id)
    references public.room_members (room_id, user_id) on delete cascade
);
create index room_listening_user_id on public.room_listening (user_id);
create index room_listening_updated_at on public.room_listening (updated_at);
-- No entry of the log, which keeps whatever it was told.
comment on table public.room_listening is
  'What members who chose to show it listen to now. The present value and never a history: '
  'Spotify''s developer policy forbids listenership profiles.';
comment on column public.room_listening.updated_at is
  'When it was said or renewed. Not readable from 15 minutes later on, so that a browser that crashed shows nothing '
  'for long; deleted with the next call of share_listening, in whichever room that is.';

-- What was not renewed since then is shown no more.
create function private.listening_since() returns timestamptz
language sql stable set search_path = '' as $$
  select now() - interval '15 minutes'
$$;
revoke all on function private.listening_since() from public, anon, authenticated, service_role;
grant execute on function private.listening_since() to authenticated;

alter table public.room_listening enable row level security;
create policy "Members see what is listened to in their rooms" on public.room_listening
  for select to authenticated using (
    room_id in (select private.my_room_ids()) and updated_at > (select private.listening_since())
  );

revoke all on public.room_listening from public, anon, authenticated, service_role;
grant select on public.room_listening to authenticated;
grant select, insert, update, delete on public.room_listening to service_role;

create function private.listening_json(listening public.room_listening) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'uri', listening.uri, 'title', listening.title, 'artists', listening.artists, 'artwork', listening.artwork
  )
$$;
revoke all on function private.listening_json(public.room_listening) from public, anon, authenticated, service_role;

-- A trigger, so that it is told as well when a member or an account goes and takes the row along.
-- Security definer: see announce_entry.
create function private.announce_listening() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  whose constant public.room_listening := coalesce(new, old);
  value jsonb;
begin
  if tg_op <> 'DELETE' then
    value := private.listening_json(new);
  end if;
  -- A renewal is no news, unless it comes so late that the others have dropped what it renews.
  if tg_op = 'UPDATE' and value = private.listening_json(old) and old.updated_at > private.listening_since() then
    return null;
  end if;
  perform realtime.send(
    jsonb_build_object('user_id', whose.user_id, 'listening', value),
    'listening', private.live_topic(room.id, room.epoch), true
  )
  from public.rooms room where room.id = whose.room_id;
  return null;
end
$$;
revoke all on function private.announce_listening() from public, anon, authenticated, service_role;

create trigger announce_listening after insert or update or delete on public.room_listening
  for each row execute function private.announce_listening();

create function public.share_listening(room_id uuid, listening jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me public.room_members := private.my_membership(room_id);
  uri constant text := listening ->> 'uri';
  title constant text := private.one_line(listening ->> 'title');
  artists constant text := coalesce(private.one_line(listening ->> 'artists'), '');
  artwork constant text := listening ->> 'artwork';
begin
  -- PostgREST hands on SQL's null for JSON's; a caller in SQL may give either.
  if listening is null or jsonb_typeof(listening) = 'null' then
    delete from public.room_listening mine where mine.room_id = me.room_id and mine.user_id = me.user_id;
  else
    if jsonb_typeof(listening) <> 'object'
      or exists (
        select from unnest(array['uri', 'title', 'artists', 'artwork']) key
        where jsonb_typeof(listening -> key) not in ('string', 'null')
      )
      or uri is null or uri !~ '^spotify:(track|episode):[0-9A-Za-z]{22}$'
      or title is null or private.is_blank(title) or char_length(title) > 300
      or char_length(artists) > 300
      or char_length(artwork) > 500 or artwork !~ '^https?://[!-~]+$'
    then
      raise exception 'listening_invalid';
    end if;
    -- A title is the sharer's word: one more way to say something. In turn with a mute, which takes it along.
    perform from public.room_members mine where mine.room_id = me.room_id and mine.user_id = me.user_id for share;
    me := private.my_membership(room_id);
    perform private.require_voice(me);
    -- Renewals count, for they write too. Deleting is free, there being nothing to delete more often than was shared.
    perform private.spend_send(me.user_id, 'listening', 20);
    -- By the constraint's name: room_id alone might be the parameter.
    insert into public.room_listening (room_id, user_id, uri, title, artists, artwork)
    values (me.room_id, me.user_id, uri, title, artists, artwork)
    on conflict on constraint room_listening_pkey do update
    set uri = excluded.uri, title = excluded.title, artists = excluded.artists, artwork = excluded.artwork,
      updated_at = excluded.updated_at;
  end if;

  -- What lapsed goes for good, in all rooms: nobody may ever come back to the one it is in. Last, and past what others
  -- hold, so that nobody waits for somebody who waits.
  delete from public.room_listening lapsed
  where (lapsed.room_id, lapsed.user_id) in (
    select stale.room_id, stale.user_id from public.room_listening stale
    where stale.updated_at <= private.listening_since()
    for update skip locked
  );
end
$$;
comment on function public.share_listening is
  'Shows a room what the caller listens to: {uri, title, artists, artwork}, of which artists and artwork may be null, '
  'or null for nothing any more. To be called again every few minutes while it is true: it lapses after 15. '
  'Raises not_signed_in, not_a_member, banned, muted, listening_invalid, rate_limited (hint: the seconds to wait).';

revoke all on function public.share_listening(uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.share_listening(uuid, jsonb) to authenticated;
