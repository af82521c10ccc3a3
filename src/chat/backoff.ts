/**
 * How long to wait before the next try, in ms: half of it fixed, half of it random, so that everybody who lost the same
 * server does not come back at once (realtime-js itself waits 1, 2, 5, 10 s without jitter, supabase.md).
 *
 * @param tries how many failed before, from 1
 * @param random 0–1
 * @param most never longer than this
 */
export function backoff(tries: number, random: () => number = Math.random, most = 30_000): number {
  const longest = Math.min(most, 1000 * 2 ** Math.min(Math.max(tries, 1) - 1, 5));
  return Math.round(longest / 2 + (longest / 2) * random());
}

/** `ms` give or take a fifth. */
export function jittered(ms: number, random: () => number = Math.random): number {
  return Math.round(ms * (0.8 + 0.4 * random()));
}
