import type { RealtimeChannel } from '@supabase/realtime-js';
import { describe, expect, it } from 'vitest';
import { PresenceList } from '../../../../src/chat/supabase/presence.js';

/*
 * What a topic hears of presence, beneath a channel of realtime-js. The quoted names are those of supabase/supabase-js,
 * packages/core/realtime-js/test/phoenix/presenceAdapter.test.ts.
 */

const [ada, ben] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

const page = (phx_ref: string, away = false) => ({ phx_ref, away });

function topic() {
  const seen: [string, unknown][] = [];
  const below = {
    join: '1',
    joinRef: (): string => below.join,
    onMessage(event: string, payload: unknown): unknown {
      seen.push([event, payload]);
      return payload;
    },
  };
  const list = new PresenceList();
  const came: (readonly string[])[] = [];
  const heard = list.hear({ channelAdapter: { getChannel: () => below } } as unknown as RealtimeChannel, (ids) => came.push(ids));
  const state = (people: unknown): unknown => below.onMessage('presence_state', people);
  const diff = (joins: unknown, leaves: unknown = {}): unknown => below.onMessage('presence_diff', { joins, leaves });
  return { below, list, came, heard, seen, state, diff };
}

describe('who is here', () => {
  it('"collapses a presence update instead of duplicating the member", who is away when they look at none of their pages', () => {
    const { list, state, diff, came } = topic();
    state({ [ada]: { metas: [page('a1')] } });
    diff({ [ada]: { metas: [page('a2')] } });
    diff({ [ada]: { metas: [page('a3', true)] } }, { [ada]: { metas: [page('a1')] } });
    expect(list.here).toEqual([{ id: ada, away: false }]);
    diff({ [ada]: { metas: [page('a4', true)] } }, { [ada]: { metas: [page('a2')] } });
    expect(list.here).toEqual([{ id: ada, away: true }]);
    expect(came).toEqual([[ada], [ada], [ada], [ada]]);
  });

  it('"removes a presence key after all of its metas leave"', () => {
    const { list, state, diff } = topic();
    state({ [ada]: { metas: [page('a1')] } });
    diff({ [ada]: { metas: [page('a2')] } });
    diff({}, { [ada]: { metas: [page('a2')] } });
    expect(list.here).toEqual([{ id: ada, away: false }]);
    diff({}, { [ada]: { metas: [page('a1')] } });
    expect(list.here).toEqual([]);
  });

  it.each(['constructor', 'toString', '__proto__'])('"should not crash when a presence key collides with Object.prototype": %s, and the client hears of none', (key) => {
    const { list, state, diff, seen } = topic();
    const hostile = (ref: string): unknown => JSON.parse(`{"${key}":{"metas":[{"phx_ref":"${ref}"}]},"${ada}":{"metas":[{"phx_ref":"a${ref}"}]}}`);
    expect(state(hostile('1'))).toEqual({});
    expect(diff(hostile('2'), hostile('1'))).toEqual({ joins: {}, leaves: {} });
    expect(list.here).toEqual([{ id: ada, away: false }]);
    expect(seen).toEqual([]);
  });

  it('is nobody by what is no list of people', () => {
    const { list, state, diff } = topic();
    for (const wrong of [null, 7, 'x', [], { [ada]: null }, { [ada]: { metas: 'x' } }, { [ada]: { metas: [null, {}, { phx_ref: 7 }] } }]) {
      state(wrong);
      diff(wrong, wrong);
      expect(list.here).toEqual([]);
    }
  });

  it('"should wait for presence_state before processing presence_diff", after each join (RealtimeChannel.presence.test.ts)', () => {
    const { below, list, came, state, diff } = topic();
    state({ [ada]: { metas: [page('a1')] } });
    below.join = '2';
    diff({ [ben]: { metas: [page('lost')] } });
    below.join = '3';
    diff({ [ben]: { metas: [page('b1')] } }, { [ada]: { metas: [page('a2')] } });
    expect(list.here).toEqual([{ id: ada, away: false }]);
    state({ [ada]: { metas: [page('a2')] } });
    expect(list.here).toEqual([{ id: ben, away: false }]);
    expect(came.at(-1)).toEqual([ada, ben]);
    diff({}, { [ben]: { metas: [page('b1')] } });
    expect(list.here).toEqual([]);
  });

  it('leaves everything else to the client, and a client of another make all of it', () => {
    const { below, heard, seen } = topic();
    expect(below.onMessage('broadcast', { event: 'entry' })).toEqual({ event: 'entry' });
    expect([heard, seen]).toEqual([true, [['broadcast', { event: 'entry' }]]]);
    expect(new PresenceList().hear({} as RealtimeChannel, () => undefined)).toBe(false);
  });
});
