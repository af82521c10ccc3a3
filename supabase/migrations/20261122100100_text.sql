-- What a text is: white space, blankness, names, emoji.

-- White space as JavaScript's trim() knows it. Not \s: what that matches depends on the server's locale.
create function private.white_space() returns text
language sql immutable set search_path = '' as $$
  select E' \t\n\u000b\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'
    || E'\u2028\u2029\u202f\u205f\u3000\ufeff'
$$;
revoke all on function private.white_space() from public, anon, authenticated, service_role;

-- Whether a text shows anything: white space and characters of no width do not.
create function private.is_blank(content text) returns boolean
language sql immutable set search_path = '' as $$
  select content ~ ('^[' || private.white_space() || '\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]*$')
$$;
revoke all on function private.is_blank(text) from public, anon, authenticated, service_role;

-- The name as it is stored, or null when it is none.
create function private.clean_name(name text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  clean text := btrim(regexp_replace(name, '[' || private.white_space() || ']+', ' ', 'g'));
begin
  -- Direction overrides (U+202A–U+202E, U+2066–U+2069) would turn the words around the name as well.
  if private.is_blank(clean) or char_length(clean) > 40
    or clean ~ '[\u0001-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]'
  then
    return null;
  end if;
  return clean;
end
$$;
revoke all on function private.clean_name(text) from public, anon, authenticated, service_role;

-- Whether a text is one emoji: a picture in a skin tone or none, a flag, a keycap, or up to four pictures that are joined,
-- which is the most that Unicode has. By its form (UTS #51) and in blocks, which emoji still to come are in; ranges and
-- not a list, so that databases need no update. As isEmoji in src/chat/text.ts.
create function private.is_emoji(content text) returns boolean
language sql immutable set search_path = '' as $$
  select content ~ (
    '^(?:[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3'
    -- Flags of regions: their letters as tags, which are not seen; no room for words.
    || '|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f'
    || '|' || picture || '(?:\u200d' || picture || '){0,3})$'
  )
  from (
    select '[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa'
      || '\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2775\u2794-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55'
      || '\u3030\u303d\u3297\u3299\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a'
      || '\U0001f201\U0001f202\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f3fa'
      || '\U0001f400-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7ff\U0001f90c-\U0001f9ff\U0001fa70-\U0001faff]'
      || '[\ufe0f\U0001f3fb-\U0001f3ff]?'
  ) one (picture)
$$;
revoke all on function private.is_emoji(text) from public, anon, authenticated, service_role;
