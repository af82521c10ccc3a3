import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refusal, restFailure } from '../../../../src/chat/supabase/errors.js';
import { patientFetch } from '../../../../src/chat/supabase/patient-fetch.js';
import { plainMember } from '../../../../src/chat/model.js';
import { joinedOf, memberOf } from '../../../../src/chat/supabase/rows.js';
import { FakeClock } from '../fake-clock.js';

afterEach(() => vi.unstubAllGlobals());

describe('what the database answers', () => {
  it.each([
    ['not_signed_in', 'not-signed-in'],
    ['room_unknown', 'room-unknown'],
    ['not_a_member', 'not-a-member'],
    ['name_invalid', 'name-invalid'],
    ['guests_not_allowed', 'guests-refused'],
    ['message_empty', 'message-empty'],
    ['message_too_long', 'message-too-long'],
    ['message_id_taken', 'server'],
    ['something new', 'server'],
    ['track_invalid', 'track-invalid'],
    ['listening_invalid', 'track-invalid'],
    ['toString', 'server'],
  ])('%s is the problem %s', (message, code) => {
    expect(restFailure({ message, code: 'P0001' }, 400)).toMatchObject({ code, waitSeconds: undefined });
  });

  it('has a sentence of its own for whatever the migrations refuse', () => {
    const folder = new URL('../../../../supabase/migrations/', import.meta.url);
    const sql = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
    const names = new Set([...sql.matchAll(/(?:raise exception|refuse_until\() ?'([a-z_]+)'/g)].map(([, name = '']) => name));
    expect(names.size).toBeGreaterThan(15);
    const unknown = [...names].filter((message) => restFailure({ message, code: 'P0001' }, 400).code === 'server');
    // The one that a visitor can only try again.
    expect(unknown).toEqual(['message_id_taken']);
  });

  it.each([
    ['12', 12],
    ['0', undefined],
    ['soon', undefined],
    [null, undefined],
  ])('rate_limited with the hint %j waits for %j s', (hint, waitSeconds) => {
    expect(restFailure({ message: 'rate_limited', code: 'P0001', hint }, 400)).toMatchObject({ code: 'rate-limited', waitSeconds });
  });

  it.each([
    [0, '', 'network'],
    [401, 'PGRST301', 'not-signed-in'],
    [401, 'PGRST303', 'not-signed-in'],
    [401, '42501', 'not-signed-in'],
    [401, undefined, 'key-refused'],
    [403, '42501', 'server'],
    [404, 'PGRST202', 'server'],
    [429, undefined, 'rate-limited'],
    [503, undefined, 'server'],
  ])('status %i with the code %j is the problem %s', (status, code, problem) => {
    expect(restFailure({ message: 'm', code }, status).code).toBe(problem);
  });

  it.each(['PGRST301', 'PGRST303'])('a token whose time is over is no verdict on who asks, by the code %s', (code) => {
    expect(restFailure({ message: 'JWT expired', code }, 401).code).toBe('token-expired');
  });

  it('does not make a wall of text of a wall of text', () => {
    expect(restFailure({ message: '<html>'.repeat(1000) }, 502).message.length).toBeLessThan(300);
  });

  it('must be what its contract says', () => {
    for (const value of [null, 'x', {}, { room: {}, me: {} }]) expect(() => joinedOf(value)).toThrow('join_room');
  });

  it('gives a profile as an object or in a list', () => {
    const member = { user_id: '00000000-0000-4000-8000-00000000000a', role: 'owner' };
    const ann = { ...plainMember, id: member.user_id, name: 'Ann', role: 'owner', isGuest: true, mutedUntil: Infinity };
    const standing = { ...member, muted_until: 'infinity' };
    expect(memberOf({ ...standing, profile: { display_name: 'Ann', is_guest: true } })).toEqual(ann);
    expect(memberOf({ ...standing, profile: [{ display_name: 'Ann', is_guest: true }] })).toEqual(ann);
    expect(memberOf({ ...member, profile: null })).toBeNull();
    expect(memberOf({ ...member, role: 'king', profile: { display_name: 'Ann' } })).toBeNull();
  });
});

describe('a channel’s error', () => {
  it('is a refusal when the server gave a reason, and not when the socket closed or nobody knows', () => {
    expect(refusal(new Error('x', { cause: { reason: 'Unauthorized: no' } }))?.code).toBe('not-a-member');
    expect(refusal(new Error('x', { cause: { code: 1006, reason: 'gone' } }))).toBeNull();
    expect(refusal(new Error('heartbeat timeout'))).toBeNull();
    expect(refusal(undefined)).toBeNull();
  });
});

describe('a request', () => {
  it('that hangs is ended after its time', async () => {
    const clock = new FakeClock();
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    });
    const outcome = expect(patientFetch(clock)('https://x.test', { signal: undefined })).rejects.toThrow(/abort/i);
    await clock.advance(15_000);
    await outcome;
    expect(clock.waiting).toBe(0);
  });

  it('that is answered leaves no timer', async () => {
    const clock = new FakeClock();
    vi.stubGlobal('fetch', async () => new Response('ok'));
    expect(await (await patientFetch(clock)('https://x.test')).text()).toBe('ok');
    expect(clock.waiting).toBe(0);
  });
});
