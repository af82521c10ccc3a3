import { expect } from 'vitest';
import { userId, type Person, type Refusal, type World } from './support.js';

/** As though the person had sent so many of a kind, that many seconds ago. */
export const sent = (world: World, person: Person, purpose: 'entry' | 'listening', count: number, secondsAgo: number) =>
  world.sql(
    `insert into private.recent_sends (user_id, purpose, sent_at)
     values ($1, $2, array_fill(clock_timestamp() - make_interval(secs => $4), array[$3::int]))
     on conflict (user_id, purpose) do update set sent_at = excluded.sent_at || private.recent_sends.sent_at`,
    [userId(person), purpose, count, secondsAgo],
  );

/** As though all that was sent were so many seconds older. */
export const later = (world: World, seconds: number) =>
  world.sql(
    `update private.recent_sends
     set sent_at = array(select sent - make_interval(secs => $1) from unnest(sent_at) sent order by sent)`,
    [seconds],
  );

/** Expects the seconds to wait, as of `since`: a slow machine may have counted some of them down. */
export function expectWait({ message, hint }: Refusal, seconds: number, since: number): void {
  const passed = (performance.now() - since) / 1000;
  expect(message).toBe('rate_limited');
  expect(hint).toMatch(/^[1-9]\d*$/);
  expect(Number(hint)).toBeLessThanOrEqual(seconds);
  expect(Number(hint)).toBeGreaterThanOrEqual(Math.floor(seconds - passed));
}
