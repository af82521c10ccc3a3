-- The rooms that everybody finds. Safe to run again: a room that is there stays as it is.
insert into public.rooms (slug, title, is_public) values
  ('lobby', 'Lobby', true),
  ('late-night', 'Late night', true)
on conflict (slug) do nothing;
