import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopicPresence } from '../../../../demo/services/supabase/realtime/presence.js';
import type { PresenceDiff, PresenceState } from '../../../../demo/services/supabase/realtime/presence.js';

const counted = (): (() => string) => {
  let count = 0;
  return () => `ref-${++count}`;
};

describe('presence in a topic', () => {
  it('joins with a reference', () => {
    const presence = new TopicPresence<string>(counted());
    expect(presence.track('tab 1', 'ada', { mood: 'fine' })).toEqual({
      joins: { ada: { metas: [{ mood: 'fine', phx_ref: 'ref-1' }] } },
      leaves: {},
    });
  });

  it('tells an update as a join and a leave in one diff', () => {
    const presence = new TopicPresence<string>(counted());
    presence.track('tab 1', 'ada', { mood: 'fine' });
    expect(presence.track('tab 1', 'ada', { mood: 'tired' })).toEqual({
      joins: { ada: { metas: [{ mood: 'tired', phx_ref: 'ref-2', phx_ref_prev: 'ref-1' }] } },
      leaves: { ada: { metas: [{ mood: 'fine', phx_ref: 'ref-1' }] } },
    });
  });

  it('gathers the tabs of one key, and loses one at a time', () => {
    const presence = new TopicPresence<string>(counted());
    presence.track('tab 1', 'ada', {});
    presence.track('tab 2', 'ada', {});
    expect(presence.state()).toEqual({ ada: { metas: [{ phx_ref: 'ref-1' }, { phx_ref: 'ref-2' }] } });
    expect(presence.untrack('tab 1')).toEqual({ joins: {}, leaves: { ada: { metas: [{ phx_ref: 'ref-1' }] } } });
    expect(presence.state()).toEqual({ ada: { metas: [{ phx_ref: 'ref-2' }] } });
  });

  it('has nothing to tell of somebody who was not there', () => {
    expect(new TopicPresence<string>(counted()).untrack('tab 1')).toBeNull();
  });

  it('does not take a reference from the payload', () => {
    const { joins } = new TopicPresence<string>(counted()).track('tab 1', 'ada', { phx_ref: 'mine' });
    expect(joins.ada?.metas[0]?.phx_ref).toBe('ref-1');
  });

  it('has a place for any key', () => {
    const presence = new TopicPresence<string>(counted());
    presence.track('tab 1', '__proto__', {});
    expect(Object.keys(presence.state())).toEqual(['__proto__']);
  });
});

/** A client that knows nothing but the diffs. */
function apply(state: Map<string, string>, { joins, leaves }: PresenceDiff): void {
  for (const { metas } of Object.values(leaves)) for (const { phx_ref } of metas) state.delete(phx_ref);
  for (const [key, { metas }] of Object.entries(joins)) for (const { phx_ref } of metas) state.set(phx_ref, key);
}

const flat = (state: PresenceState): [string, string][] =>
  Object.entries(state).flatMap(([key, { metas }]) => metas.map(({ phx_ref }): [string, string] => [phx_ref, key]));

it('diffs add up to the state, whoever comes and goes', () => {
  const step = fc.record({ tracker: fc.nat(3), key: fc.constantFrom('ada', 'ben'), leave: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const presence = new TopicPresence<number>(counted());
      const replica = new Map<string, string>();
      for (const { tracker, key, leave } of steps) {
        const diff = leave ? presence.untrack(tracker) : presence.track(tracker, key, {});
        if (diff) apply(replica, diff);
      }
      expect([...replica].sort()).toEqual(flat(presence.state()).sort());
    }),
  );
});
