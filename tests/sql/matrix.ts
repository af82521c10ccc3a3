import { expect, test } from 'vitest';
import { rooms, entries, userId, useWorld, type Outcome, type Person, type World } from './support.js';

/** The columns of the matrix. `author` is a member too, and wrote the messages that it is about. */
export const columns = [
  'anon', 'stranger', 'banned', 'guest', 'member', 'muted', 'author', 'moderator', 'owner', 'service',
] as const satisfies readonly Person[];

export const no = 'denied';

/** A statement, and what comes of it for each column: a number of rows, `denied`, or what was raised. */
export type Line = readonly [statement: string, ...cells: Outcome[]];

/** The same for everybody. */
export const all = (outcome: Outcome): Outcome[] => columns.map(() => outcome);

/** Denied to who has no account here; the same for everybody else. */
export const signedIn = (outcome: Outcome): Outcome[] => [no, ...Array<Outcome>(8).fill(outcome), no];

export const ids = {
  report: '00000000-0000-4000-8005-000000000001',
  audit: '00000000-0000-4000-8005-000000000002',
  invitation: 'let-me-in',
  code: 'it-is-me',
} as const;

/** One row of what the fixture of support.ts has none of. */
const rest = `
  insert into room_reports (id, room_id, message_id, reporter_id, reporter_name, reason)
    values ('${ids.report}', '${rooms.open}', '${entries.open}', '${userId('member')}', 'member', 'Rude');
  insert into room_audit (id, room_id, actor_id, action)
    values ('${ids.audit}', '${rooms.open}', '${userId('moderator')}', 'revoke_invitations');
  insert into room_reads (room_id, user_id, read_seq) values ('${rooms.open}', '${userId('member')}', 1);
  insert into room_invitations (token_hash, room_id, created_by, expires_at)
    values (sha256('${ids.invitation}'), '${rooms.closed}', '${userId('owner')}', now() + interval '1 hour');
  insert into private.guest_offers (user_id, code_hash, expires_at)
    values ('${userId('guest')}', sha256('${ids.code}'), now() + interval '1 hour');
`;

/** Wraps a test's body as `useWorld` does, in a world that has a row of everything. */
export function useMatrix(): {
  inWorld: (body: (world: World) => Promise<void>) => () => Promise<void>;
  line: (line: Line) => void;
} {
  const inPlainWorld = useWorld();
  const inWorld = (body: (world: World) => Promise<void>) =>
    inPlainWorld(async (world) => {
      await world.run(rest);
      await body(world);
    });
  return {
    inWorld,
    line([statement, ...cells]) {
      test(
        statement,
        inWorld(async (world) => {
          expect(cells).toHaveLength(columns.length);
          const expected = Object.fromEntries(columns.map((person, place) => [person, cells[place]]));
          const actual: Record<string, Outcome> = {};
          for (const person of columns) actual[person] = await world.attempt(person, statement);
          expect(actual).toEqual(expected);
        }),
      );
    },
  };
}
