import { beforeEach, describe, expect, it } from 'vitest';
import { handleBroadcast } from '../../../../demo/services/supabase/realtime/broadcast-api.js';
import type { TokenClaims } from '../../../../demo/services/supabase/jwt.js';
import { Stage, type Peer } from './stage.js';

/*
 * Ported from supabase/realtime, test/realtime_web/controllers/broadcast_controller_test.exs,
 * broadcast_single_controller_test.exs and test/realtime/tenants/batch_broadcast_test.exs; the quoted names are theirs.
 */

const claims: TokenClaims = { role: 'authenticated', sub: 'ada', exp: 2e9 };
const json = { 'content-type': 'application/json' };

let stage: Stage;
let open: Peer;
let secret: Peer;
beforeEach(async () => {
  stage = new Stage({ messagesPerSecond: 10, payloadBytes: 1000 });
  open = await stage.join({ private: false });
  secret = await stage.join({ private: true });
});

async function post(path: string, body: BodyInit, headers: Record<string, string> = json): Promise<{ status: number; body: unknown }> {
  const request = new Request(`http://localhost/api/broadcast${path}`, { method: 'POST', body, headers });
  const response = await handleBroadcast(stage.context, request, path.replace(/\?.*/, ''), claims);
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

const batch = (...messages: object[]): Promise<{ status: number; body: unknown }> => post('', JSON.stringify({ messages }));
const message = (fields: object = {}) => ({ topic: 'room', event: 'e', payload: { a: 1 }, ...fields });
const heard = (peer: Peer): unknown[] => peer.sent.map(({ payload }) => payload);

describe('a batch', () => {
  it('"returns 202 when batch of messages is broadcasted"', async () => {
    expect(await batch(message(), message({ topic: 'elsewhere' }))).toEqual({ status: 202, body: null });
    expect(heard(open)).toEqual([{ type: 'broadcast', event: 'e', payload: { a: 1 } }]);
    expect(heard(secret)).toEqual([]);
  });

  it('"includes message ID in metadata when provided"', async () => {
    await batch(message({ id: 'mine' }));
    expect(heard(open)).toMatchObject([{ meta: { id: 'mine' } }]);
  });

  it('"returns 422 when batch of messages includes badly formed messages"', async () => {
    const answer = await batch(message({ topic: undefined }), message({ payload: null, event: '' }), message());
    const blank = ["can't be blank"];
    expect(answer).toEqual({ status: 422, body: { errors: { messages: [{ topic: blank }, { event: blank, payload: blank }, {}] } } });
    expect(await batch()).toEqual({ status: 422, body: { errors: { messages: blank } } });
    expect(heard(open)).toEqual([]);
  });

  it('"returns 422 when batch of messages includes a message that exceeds the tenant payload size"', async () => {
    const answer = await batch(message(), message({ payload: { a: 'x'.repeat(1600) } }));
    const errors = { messages: [{}, { payload: ['Payload size exceeds tenant limit'] }] };
    expect(answer).toEqual({ status: 422, body: { errors } });
  });

  it('"batch will exceed rate limit"', async () => {
    const answer = await batch(...Array.from({ length: 11 }, () => message()));
    const sentence = 'Too many messages to broadcast, please reduce the batch size';
    expect(answer).toEqual({ status: 429, body: { message: sentence } });
    expect(heard(open)).toEqual([]);
  });

  it('"user has hit the rate limit"', async () => {
    stage.usage.messages.add(1000);
    stage.clock.tick(5000);
    expect(await batch(message())).toEqual({ status: 429, body: { message: 'You have exceeded your rate limit' } });
  });

  it('"user without permission won\'t broadcast", and is not told; what is public goes out', async () => {
    stage.write = {};
    expect((await batch(message({ private: true }), message())).status).toBe(202);
    expect(heard(secret)).toEqual([]);
    expect(heard(open)).toHaveLength(1);
  });

  it('"groups messages by topic and checks authorization once per topic"', async () => {
    await batch(...['room', 'room', 'other'].map((topic) => message({ topic, private: true })));
    expect(stage.authorisation.write).toHaveBeenCalledTimes(2);
    expect(heard(secret)).toHaveLength(2);
  });
});

describe('a single broadcast', () => {
  it('"returns 202 when JSON message is broadcasted", "handles topics with colons"', async () => {
    expect(await post('/room/events/e', '{"a":1}')).toEqual({ status: 202, body: null });
    expect(heard(open)).toEqual([{ type: 'broadcast', event: 'e', payload: { a: 1 } }]);
    expect((await post('/room:1:2/events/e', '{}')).status).toBe(202);
  });

  it('"returns 422 when JSON payload exceeds size limit", the same for bytes', async () => {
    const errors = { payload: ['Payload size exceeds tenant limit'] };
    expect(await post('/room/events/e', JSON.stringify('x'.repeat(1600)))).toEqual({ status: 422, body: { errors } });
    const bytes = { 'content-type': 'application/octet-stream' };
    expect(await post('/room/events/e', new Uint8Array(1600), bytes)).toEqual({ status: 422, body: { errors } });
    expect((await post('/room/events/e', new Uint8Array(), bytes)).status).toBe(202);
  });

  it('"returns 415 for unsupported content type", "handles application/json with charset"', async () => {
    expect((await post('/room/events/e', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('/room/events/e', '{}', { 'content-type': 'application/json; charset=utf-8' })).status).toBe(202);
  });

  it('"returns 429 when rate limit is exceeded"', async () => {
    stage.usage.messages.add(1000);
    stage.clock.tick(5000);
    expect((await post('/room/events/e', '{}')).status).toBe(429);
  });

  it('"returns 403 when anon caller has no RLS write policy"', async () => {
    stage.write = {};
    const asked = await handleBroadcast(
      stage.context,
      new Request('http://localhost/x?private=true', { method: 'POST', body: '{}', headers: json }),
      '/room/events/e',
      claims,
    );
    expect({ status: asked.status, body: await asked.json() }).toEqual({ status: 403, body: { message: 'Unauthorized' } });
    expect(heard(secret)).toEqual([]);
  });
});
