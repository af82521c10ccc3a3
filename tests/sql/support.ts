import { beforeAll } from 'vitest';
import type { Database } from '../../demo/services/supabase/database.js';
import type { Rows, SessionTransaction } from '../../demo/services/supabase/db-session.js';
import { engine, sharedDatabase } from './engine.js';

/**
 * Everybody whom the rules tell apart. All but `anon`, `stranger`, `banned` and `service` are in the rooms `open` and
 * `closed`, `muted` for good; `author` wrote what is there, and listens; `stranger` is in `elsewhere` alone; `banned` was
 * in both and is kept out for good.
 */
export const everybody = [
  'anon', 'stranger', 'guest', 'member', 'author', 'moderator', 'owner', 'service', 'muted', 'banned',
] as const;
export type Person = (typeof everybody)[number];

/** The user id of a person with an account, from their place in the list. */
export const userId = (person: Person): string => `00000000-0000-4000-8000-00000000000${everybody.indexOf(person)}`;

export const rooms = {
  open: '00000000-0000-4000-8001-000000000001',
  closed: '00000000-0000-4000-8001-000000000002',
  elsewhere: '00000000-0000-4000-8001-000000000003',
  accountsOnly: '00000000-0000-4000-8001-000000000004',
  missing: '00000000-0000-4000-8001-000000000009',
} as const;

/** The ids of the one entry in `open` and the one in `closed`. */
export const entries = {
  open: '00000000-0000-4000-8002-000000000001',
  closed: '00000000-0000-4000-8002-000000000002',
} as const;

/** What `author` shows of their listening in `open` and in `closed`. */
export const listening = {
  uri: 'spotify:track:0000000000000000000001',
  title: 'Paper Lanterns',
  artists: 'The Quiet Hours',
  artwork: 'https://images.example/1.jpg',
} as const;

/** The claims of a JWT, as far as the rules look at them. */
export interface Claims {
  readonly role: 'anon' | 'authenticated' | 'service_role';
  readonly sub?: string;
  readonly is_anonymous?: boolean;
}

export function claimsOf(person: Person): Claims {
  if (person === 'anon') return { role: 'anon' };
  if (person === 'service') return { role: 'service_role' };
  return { role: 'authenticated', sub: userId(person), is_anonymous: person === 'guest' };
}

const fixture = `
  insert into auth.users (id, is_anonymous)
    select person::uuid, person = '${userId('guest')}'
    from unnest(array[${accounts().map((person) => `'${userId(person)}'`).join(', ')}]) person;
  insert into public.room_profiles (user_id, display_name, is_guest) values
    ${accounts().map((person) => `('${userId(person)}', '${person}', ${person === 'guest'})`).join(', ')};
  insert into public.rooms (id, slug, title, is_public, allow_guests, owner_id, last_seq) values
    ('${rooms.open}', 'open', 'Open', true, true, '${userId('owner')}', 1),
    ('${rooms.closed}', 'closed', 'Closed', false, true, '${userId('owner')}', 1),
    ('${rooms.elsewhere}', 'elsewhere', 'Elsewhere', true, true, null, 0),
    ('${rooms.accountsOnly}', 'accounts-only', 'Accounts only', true, false, null, 0);
  insert into public.room_members (room_id, user_id, role, muted_until)
    select room.id, known.user_id,
      case when known.display_name in ('moderator', 'owner') then known.display_name else 'member' end,
      case when known.display_name = 'muted' then timestamptz 'infinity' end
    from public.rooms room, public.room_profiles known
    where room.slug in ('open', 'closed') and known.display_name not in ('stranger', 'banned')
      or room.slug = 'elsewhere' and known.display_name = 'stranger';
  insert into public.room_entries (room_id, seq, id, author_id, author_name, body) values
    ('${rooms.open}', 1, '${entries.open}', '${userId('author')}', 'author', 'First'),
    ('${rooms.closed}', 1, '${entries.closed}', '${userId('author')}', 'author', 'First behind the door');
  insert into public.room_bans (room_id, user_id, display_name, until)
    select room.id, '${userId('banned')}', 'banned', 'infinity'
    from public.rooms room where room.slug in ('open', 'closed');
  insert into public.room_listening (room_id, user_id, uri, title, artists, artwork)
    select room.id, '${userId('author')}', '${listening.uri}', '${listening.title}', '${listening.artists}',
      '${listening.artwork}'
    from public.rooms room where room.slug in ('open', 'closed');
`;

function accounts(): Person[] {
  return everybody.filter((person) => person !== 'anon' && person !== 'service');
}

/** How many rows a statement gave or changed, `denied` for a missing right, else the message of its error. */
export type Outcome = number | string;

export interface Caller {
  readonly claims: Claims;
  /** The channel that Realtime asks about. */
  readonly topic?: string;
}

/** What one test sees: the fixture above, in a transaction that is rolled back at the end. */
export class World {
  constructor(private readonly transaction: SessionTransaction) {}

  /** Runs as the superuser. */
  async sql<T = Record<string, unknown>>(text: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return (await this.transaction.query<T>(text, [...parameters])).rows;
  }

  async run(text: string): Promise<void> {
    await this.transaction.exec(text);
  }

  /** Runs as somebody; what it changes stays for the rest of the test, what fails changes nothing. */
  as<T = Record<string, unknown>>(
    who: Person | Caller,
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<Rows<T>> {
    return this.perform<T>(who, text, parameters, true);
  }

  /** What comes of a statement; nothing stays of it. */
  async attempt(who: Person | Caller, text: string): Promise<Outcome> {
    try {
      const { rows, affectedRows = 0 } = await this.perform(who, text, [], false);
      return rows.length || affectedRows;
    } catch (error) {
      return refusal(error).message;
    }
  }

  private async perform<T>(
    who: Person | Caller,
    text: string,
    parameters: readonly unknown[],
    keep: boolean,
  ): Promise<Rows<T>> {
    const { claims, topic = '' }: Caller = typeof who === 'string' ? { claims: claimsOf(who) } : who;
    let done = false;
    await this.transaction.exec('savepoint call');
    try {
      await this.transaction.query(
        `select set_config('request.jwt.claims', $1, true), set_config('realtime.topic', $2, true),
                set_config('role', $3, true)`,
        [JSON.stringify(claims), topic, claims.role],
      );
      const results = await this.transaction.query<T>(text, [...parameters]);
      done = true;
      return results;
    } finally {
      // A rollback takes the role and the claims back as well.
      await this.transaction.exec(
        done && keep
          ? "set local role none; select set_config('request.jwt.claims', '', true); release savepoint call"
          : 'rollback to savepoint call; release savepoint call',
      );
    }
  }

  /** Calls a function that answers with one JSON value. */
  async call<T>(who: Person | Caller, text: string, parameters: readonly unknown[] = []): Promise<T> {
    const { rows } = await this.as<{ answer: T }>(who, `select ${text} as answer`, parameters);
    const row = rows[0];
    if (!row) throw new Error('no answer');
    return row.answer;
  }

  /** The refusal of a call that must not succeed. */
  async refused(who: Person | Caller, text: string, parameters: readonly unknown[] = []): Promise<Refusal> {
    try {
      await this.call(who, text, parameters);
    } catch (error) {
      return refusal(error);
    }
    throw new Error(`${text} was not refused`);
  }
}

export interface Refusal {
  readonly message: string;
  readonly hint?: string;
}

function refusal(error: unknown): Refusal {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  if (error.code === '42501') return { message: 'denied' };
  return 'hint' in error && typeof error.hint === 'string'
    ? { message: error.message, hint: error.hint }
    : { message: error.message };
}

/** Gives a wrapper that makes a test's body out of what it does in its world. */
export function useWorld(): (body: (world: World) => Promise<void>) => () => Promise<void> {
  let database: Database | undefined;
  beforeAll(async () => {
    if (engine() !== 'missing') database = await sharedDatabase();
  });
  return (body) => () =>
    opened(database).pg.transaction(async (transaction) => {
      await transaction.exec(fixture);
      await body(new World(transaction));
      await transaction.rollback();
    });
}

function opened(database: Database | undefined): Database {
  if (!database) throw new Error('No database was opened.');
  return database;
}
