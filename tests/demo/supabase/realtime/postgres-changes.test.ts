import { expect, it } from 'vitest';
import { refusePostgresChange } from '../../../../demo/services/supabase/realtime/postgres-changes.js';

/*
 * Ported from supabase/realtime, test/realtime_web/channels/realtime_channel_test.exs ("malformed subscription params",
 * "invalid subscription table does not exist") and test/realtime/extensions/cdc_rls/subscriptions_test.exs.
 */
const advice = 'Please check Realtime is enabled for the given connect parameters';
const refused = (given: string): string => `Unable to subscribe to changes with given parameters. ${advice}: [${given}]`;

it.each([
  [{ event: '*', schema: 'public', table: 'doesnotexist' }, refused('event: *, schema: public, table: doesnotexist, filters: [], select: nil')],
  [{ event: 'insert', schema: 'public' }, refused('event: INSERT, schema: public, table: *, filters: [], select: nil')],
  [
    { event: '*', table: 'test', filter: 'id=eq.1', select: ['id', 'name'] },
    refused('event: *, schema: public, table: test, filters: [{"id", "eq", "1", false}], select: ["id", "name"]'),
  ],
  [{ event: '*', schema: 'public', table: 'test', filter: 'wrong' }, 'Error parsing `filter` params: ["wrong"]'],
  [{ event: '*', schema: 'public', table: 'test', filter: 'id=foo.hey' }, 'Error parsing `filter` params: ["foo", "hey"]'],
  [
    { event: '*', schema: 'public', table: 'test', filter: 'id=eq.1,,' },
    'Error parsing `filter` params: filter must not contain empty segments (check for extra commas)',
  ],
])('%j is answered as the hosted server does', (change, sentence) => {
  expect(refusePostgresChange(change)).toBe(sentence);
});

it('a subscription to nothing is told what is missing', () => {
  expect(refusePostgresChange({})).toMatch(/^No subscription params provided\./);
});
