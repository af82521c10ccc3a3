-- What a text is: white space, blankness, names.

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
