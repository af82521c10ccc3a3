import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TokenSigner } from '../../../../demo/services/supabase/jwt.js';
import type { Permissions } from '../../../../demo/services/supabase/realtime/authorisation.js';
import { Stage, all, track } from './stage.js';

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});

describe('joining', () => {
  it('asks for no permission on a public channel', async () => {
    await stage.join({ private: false });
    expect(stage.authorisation.read).not.toHaveBeenCalled();
  });

  it('is refused where the caller may read nothing, and leaves no timer', async () => {
    stage.read = {};
    const sentence = 'You do not have permissions to read from this Channel topic: room';
    expect(await stage.refusal({ private: true })).toBe(`Unauthorized: ${sentence}`);
    expect(stage.clock.waiting).toBe(0);
  });

  it('is allowed where the caller may read presence alone, and then gives no broadcast', async () => {
    stage.read = { presence: true };
    const peer = await stage.join({ private: true, presence: { enabled: true } });
    stage.topics.broadcast({ name: 'room', private: true }, { event: 'entry', body: { encoding: 'json', text: '{}' } });
    expect(peer.events()).toEqual(['presence_state']);
  });

  it('is refused with a token that is over, foreign or none', async () => {
    expect(await stage.refusal({}, stage.token(-5))).toBe('InvalidJWTToken: Token has expired 5 seconds ago');
    expect(await stage.refusal({}, new TokenSigner('other').sign({ role: 'authenticated', exp: 10 ** 10 }))).toBe(
      'JwtSignatureError: Failed to validate JWT signature',
    );
    expect(await stage.refusal({}, 'nonsense')).toBe('MalformedJWT: The token provided is not a valid JWT');
  });

  it('without a token is what the API key is', async () => {
    await stage.join({ private: true }, null);
    expect(stage.authorisation.read).toHaveBeenCalledWith(expect.objectContaining({ role: 'anon' }), 'room', ['broadcast']);
  });

  it('says that Postgres Changes are not served, and stays', async () => {
    const peer = await stage.join({ postgres_changes: [{ event: '*', schema: 'public', table: 'rooms' }] });
    const payload = { extension: 'postgres_changes', status: 'error', message: expect.stringContaining('table: rooms') };
    expect(peer.sent).toMatchObject([{ event: 'system', payload }]);
  });
});

describe('a token', () => {
  it('that ends closes the channel for good', async () => {
    const peer = await stage.join({ private: true }, stage.token(600));
    stage.clock.tick(599_999);
    expect(peer.events()).toEqual([]);
    stage.clock.tick(1);
    const message = 'Token has expired 0 seconds ago';
    expect(peer.sent).toMatchObject([
      { event: 'system', payload: { status: 'error', message, channel: 'room', extension: 'system' } },
      { event: 'phx_close', joinRef: '1', ref: '1' },
    ]);
    expect(stage.clock.waiting).toBe(0);
  });

  it('pushed in time keeps the channel, and is asked about anew', async () => {
    const peer = await stage.join({ private: true }, stage.token(60));
    stage.clock.tick(50_000);
    await peer.receive('access_token', { access_token: stage.token(60) });
    stage.clock.tick(50_000);
    expect(peer.events()).toEqual([]);
    expect(stage.authorisation.read).toHaveBeenCalledTimes(2);
  });

  it('that is the same, an API key or null changes nothing', async () => {
    const same = stage.token();
    const peer = await stage.join({ private: true }, same);
    for (const pushed of [same, 'sb_publishable_demo', null]) await peer.receive('access_token', { access_token: pushed });
    expect(stage.authorisation.read).toHaveBeenCalledTimes(1);
    expect(peer.events()).toEqual([]);
  });

  it('whose holder may read no more closes the channel', async () => {
    const peer = await stage.join();
    stage.read = {};
    await peer.receive('access_token', { access_token: stage.token(1800) });
    expect(peer.sent).toMatchObject([
      { event: 'system', payload: { message: 'You do not have permissions to read from this Channel topic: room' } },
      { event: 'phx_close' },
    ]);
  });

  it('whose holder may read less closes the channel', async () => {
    const peer = await stage.join({ private: true, presence: { enabled: true } });
    stage.read = { presence: true };
    await peer.receive('access_token', { access_token: stage.token(1800) });
    expect(peer.events()).toEqual(['presence_state', 'system', 'phx_close']);
    const message = 'You no longer have permission to read from this Channel topic: room';
    expect(peer.sent[1]?.payload).toMatchObject({ message });
  });

  it('that is foreign closes the channel', async () => {
    const peer = await stage.join();
    await peer.receive('access_token', { access_token: 'nonsense' });
    expect(peer.events()).toEqual(['system', 'phx_close']);
  });
});

describe('permissions', () => {
  it('are kept until the next token', async () => {
    const peer = await stage.join({ private: true, broadcast: { ack: true } });
    await peer.receive('broadcast', { event: 'a' });
    stage.write = {};
    await peer.receive('broadcast', { event: 'b' });
    expect(stage.authorisation.write).toHaveBeenCalledTimes(1);
    expect(peer.events()).toEqual(['phx_reply', 'phx_reply']);

    await peer.receive('access_token', { access_token: stage.token(1800) });
    await peer.receive('broadcast', { event: 'c' });
    expect(stage.authorisation.write).toHaveBeenCalledTimes(2);
    expect(peer.events()).toEqual(['phx_reply', 'phx_reply']);
  });

  it('lack: a broadcast is dropped without a word', async () => {
    stage.write = { presence: true };
    const [sender, other] = [await stage.join({ private: true, broadcast: { ack: true, self: true } }), await stage.join()];
    await sender.receive('broadcast', { event: 'a' });
    expect([...sender.events(), ...other.events()]).toEqual([]);
  });

  it('lack: presence is not shown to anybody', async () => {
    stage.write = { broadcast: true };
    const [sender, other] = [await stage.join(), await stage.join({ private: true, presence: { enabled: true } })];
    await sender.receive('presence', track());
    expect(sender.sent).toMatchObject([{ event: 'phx_reply', ref: '9', payload: { status: 'error' } }]);
    expect(other.events()).toEqual(['presence_state']);
  });
});

describe('broadcasts', () => {
  it('go to the others, and back where that is wished', async () => {
    const [sender, other] = [await stage.join({ private: true }), await stage.join({ private: true, broadcast: { self: true } })];
    await sender.receive('broadcast', { type: 'broadcast', event: 'a', payload: 1 });
    await other.receive('broadcast', { type: 'broadcast', event: 'b', payload: 2 });
    expect(sender.sent).toMatchObject([{ event: 'broadcast', payload: { event: 'b' } }]);
    expect(other.sent).toMatchObject([{ payload: { event: 'a' } }, { payload: { event: 'b' } }]);
  });

  it('never cross between a private and a public channel of one name', async () => {
    const [one, other] = [await stage.join({ private: true }), await stage.join({ private: false })];
    await one.receive('broadcast', { event: 'a' });
    await other.receive('broadcast', { event: 'b' });
    expect([...one.events(), ...other.events()]).toEqual([]);
  });
});

describe('presence', () => {
  it('greets with who is here, and tells of everybody who comes, changes and goes', async () => {
    const first = await stage.join({ private: true, presence: { key: 'ada', enabled: true } });
    await first.receive('presence', track({ a: 1 }));
    const second = await stage.join({ private: true, presence: { key: 'ben', enabled: true } });
    await second.receive('presence', track());
    await second.receive('presence', { event: 'untrack' });
    second.channel.end();
    expect(second.sent[0]).toMatchObject({ event: 'presence_state', payload: { ada: { metas: [{ a: 1 }] } } });
    expect(first.sent.filter(({ event }) => event === 'presence_diff').map(({ payload }) => payload)).toMatchObject([
      { joins: { ada: { metas: [{ a: 1 }] } }, leaves: {} },
      { joins: { ben: {} }, leaves: {} },
      { joins: {}, leaves: { ben: {} } },
    ]);
  });

  it('is not told to who may not read it, though it tells of itself', async () => {
    const reader = await stage.join({ private: true, presence: { enabled: true } });
    stage.read = { broadcast: true };
    const teller = await stage.join({ private: true, presence: { key: 'ben', enabled: true } });
    await teller.receive('presence', track());
    expect(teller.events()).toEqual(['phx_reply']);
    expect(reader.events()).toEqual(['presence_state', 'presence_diff']);
  });

  it('makes no noise when nothing changed', async () => {
    const peer = await stage.join({ private: true, presence: { enabled: true } });
    await peer.receive('presence', track({ a: 1 }));
    await peer.receive('presence', track({ a: 1 }));
    expect(peer.events()).toEqual(['presence_state', 'presence_diff', 'phx_reply', 'phx_reply']);
  });

  it('takes only a map', async () => {
    const peer = await stage.join();
    await peer.receive('presence', track('fine'));
    const response = { reason: 'Presence track payload must be a map' };
    expect(peer.sent).toMatchObject([{ payload: { status: 'error', response } }]);
  });

  it('called a sixth time within 30 s closes the channel', async () => {
    const peer = await stage.join({ private: false });
    for (let call = 1; call <= 5; call++) await peer.receive('presence', track({ call }));
    stage.clock.tick(30_001);
    for (let call = 6; call <= 10; call++) await peer.receive('presence', track({ call }));
    expect(peer.events()).not.toContain('phx_close');
    await peer.receive('presence', { event: 'untrack' });
    expect(peer.sent.slice(-2)).toMatchObject([
      { event: 'system', payload: { message: 'Client presence rate limit exceeded' } },
      { event: 'phx_close' },
    ]);
    expect(stage.topics.presence({ name: 'room', private: false })).toEqual({});
  });
});

describe('leaving', () => {
  it('is answered, then closed, and nothing comes any more', async () => {
    const [leaver, other] = [await stage.join(), await stage.join()];
    await leaver.receive('phx_leave', {});
    await other.receive('broadcast', { event: 'a' });
    expect(leaver.sent).toMatchObject([{ event: 'phx_reply', payload: { status: 'ok' } }, { event: 'phx_close' }]);
    expect(stage.clock.waiting).toBe(1);
  });

  it('while the policies are asked sends nothing', async () => {
    let answer = (_permissions: Permissions): void => {};
    vi.mocked(stage.authorisation.write).mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const [sender, other] = [await stage.join({ private: true, broadcast: { ack: true } }), await stage.join()];
    const sending = sender.receive('broadcast', { event: 'a' });
    sender.channel.end();
    answer(all);
    await sending;
    expect([...sender.events(), ...other.events()]).toEqual([]);
  });
});
