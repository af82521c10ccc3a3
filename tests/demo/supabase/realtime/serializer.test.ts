import Serializer from '@supabase/realtime-js/dist/main/lib/serializer.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MalformedFrame,
  decode,
  encode,
  type Broadcast,
  type Frame,
  type Incoming,
  type Message,
} from '../../../../demo/services/supabase/realtime/serializer.js';

/** The other end of the line: the SDK's own code. */
const sdk = new Serializer();

const sent = (message: object): Frame => {
  let frame: Frame = '';
  sdk.encode(message as Parameters<Serializer['encode']>[0], (result: ArrayBuffer | string) => {
    frame = typeof result === 'string' ? result : new Uint8Array(result);
  });
  return frame;
};

const received = (frame: Frame | null): Record<string, unknown> => {
  let message: Record<string, unknown> = {};
  // The SDK reads array buffers, and one that begins with the frame.
  const raw = typeof frame === 'string' ? frame : Uint8Array.from(frame ?? []).buffer;
  sdk.decode(raw, (result: Record<string, unknown>) => (message = result));
  return message;
};

const message = (fields: Partial<Message>): { kind: 'message' } & Message => ({
  kind: 'message',
  joinRef: '1',
  ref: '2',
  topic: 'realtime:room',
  event: 'presence_state',
  payload: {},
  ...fields,
});

type Sent = { readonly kind: 'broadcast' } & Broadcast;

const json = (topic: string, event: string, payload: unknown, meta?: Broadcast['meta']): Sent => ({
  kind: 'broadcast',
  topic,
  event,
  body: { encoding: 'json', text: JSON.stringify(payload) },
  ...(meta && { meta }),
});

/** The push of a client whose every field is UTF-8, which the SDK's is only while it is ASCII. */
function push(
  fields: { joinRef: string; ref: string; topic: string; event: string; meta: string },
  encoding: number,
  payload: string,
): Uint8Array {
  const parts = [fields.joinRef, fields.ref, fields.topic, fields.event, fields.meta].map((field) => Buffer.from(field));
  return Buffer.concat([Uint8Array.of(3, ...parts.map(({ length }) => length), encoding), ...parts, Buffer.from(payload)]);
}

const ascii = fc.string({ unit: 'binary-ascii', maxLength: 40 });
const reference = fc.option(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 10 }));
/** JSON has no -0. */
const jsonValue = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
/** Whole code points: a lone surrogate is not text. */
const words = fc.string({ unit: 'grapheme', maxLength: 15 });

describe('version 2.0.0', () => {
  it("reads the SDK's messages", () => {
    fc.assert(
      fc.property(reference, reference, ascii, ascii, jsonValue, (join_ref, ref, topic, event, payload) => {
        fc.pre(event !== 'broadcast');
        const expected: Incoming = { kind: 'message', joinRef: join_ref, ref, topic, event, payload };
        expect(decode('2.0.0', sent({ join_ref, ref, topic, event, payload }))).toEqual(expected);
      }),
    );
  });

  it("reads the SDK's broadcasts, which are binary", () => {
    fc.assert(
      fc.property(reference, reference, ascii, ascii, jsonValue, (join_ref, ref, topic, event, payload) => {
        const frame = sent({ join_ref, ref, topic, event: 'broadcast', payload: { type: 'broadcast', event, payload } });
        expect(frame).toBeInstanceOf(Uint8Array);
        const { broadcast, ...refs } = decode('2.0.0', frame) as Extract<Incoming, { kind: 'broadcast' }>;
        expect(refs).toEqual({ kind: 'broadcast', joinRef: join_ref, ref });
        // The SDK sends {} for nothing at all.
        expect(broadcast).toMatchObject({ topic, event, body: { encoding: 'json', text: JSON.stringify(payload ?? {}) } });
      }),
    );
  });

  it('reads bytes as they are', () => {
    const payload = Uint8Array.of(0, 255, 3, 128).buffer;
    const fields = { join_ref: '1', ref: '2', topic: 'realtime:room', event: 'broadcast' };
    const frame = sent({ ...fields, payload: { event: 'pixels', payload } });
    expect(decode('2.0.0', frame)).toMatchObject({
      broadcast: { event: 'pixels', body: { encoding: 'binary', bytes: Uint8Array.of(0, 255, 3, 128) } },
    });
  });

  it('counts UTF-8 bytes, not characters', () => {
    fc.assert(
      fc.property(words, words, words, (topic, event, body) => {
        const text = JSON.stringify({ body });
        const frame = push({ joinRef: '1', ref: '2', topic, event, meta: '' }, 1, text);
        expect(decode('2.0.0', frame)).toMatchObject({ broadcast: { topic, event, body: { text } } });
      }),
    );
  });

  it('writes messages that the SDK reads', () => {
    fc.assert(
      fc.property(reference, reference, words, words, jsonValue, (joinRef, ref, topic, event, payload) => {
        const frame = encode('2.0.0', message({ joinRef, ref, topic, event, payload }));
        expect(received(frame)).toEqual({ join_ref: joinRef, ref, topic, event, payload });
      }),
    );
  });

  it('writes broadcasts that the SDK reads, in any script', () => {
    fc.assert(
      fc.property(words, words, jsonValue, fc.option(fc.uuid(), { nil: undefined }), (topic, event, payload, id) => {
        expect(received(encode('2.0.0', json(topic, event, payload, id ? { id } : undefined)))).toEqual({
          join_ref: null,
          ref: null,
          topic,
          event: 'broadcast',
          payload: { type: 'broadcast', event, payload, ...(id && { meta: { id } }) },
        });
      }),
    );
  });

  it('cannot carry a field of more than 255 bytes', () => {
    expect(encode('2.0.0', json('é'.repeat(127), 'entry', {}))).not.toBeNull();
    expect(encode('2.0.0', json('é'.repeat(128), 'entry', {}))).toBeNull();
  });

  it.each<[string, Frame]>([
    ['text that is no JSON', 'hello'],
    ['an object', '{}'],
    ['too few fields', '["1","2"]'],
    ['a topic that is no string', '["1","2",3,"phx_join",{}]'],
    ['nothing', new Uint8Array()],
    ['a kind that clients do not send', Uint8Array.of(4, 0, 0, 0, 1)],
    ['a push that ends in its sizes', Uint8Array.of(3, 1, 1)],
    ['a push whose topic runs over the end', Uint8Array.of(3, 0, 0, 9, 0, 0, 1, 65)],
    ['an unknown encoding', push({ joinRef: '', ref: '', topic: 't', event: 'e', meta: '' }, 2, '{}')],
    ['a payload that is no JSON', push({ joinRef: '', ref: '', topic: 't', event: 'e', meta: '' }, 1, '{')],
    ['metadata that are no JSON', push({ joinRef: '', ref: '', topic: 't', event: 'e', meta: '{' }, 1, '{}')],
    ['a topic that is no UTF-8', Uint8Array.of(3, 0, 0, 1, 0, 0, 1, 0xe9, 123, 125)],
  ])('refuses %s', (_what, frame) => {
    expect(() => decode('2.0.0', frame)).toThrow(MalformedFrame);
  });

  it('never fails on bytes in any other way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decode('2.0.0', Uint8Array.of(3, ...bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedFrame);
        }
      }),
    );
  });
});

describe('version 1.0.0', () => {
  it('has objects both ways', () => {
    const frame = JSON.stringify({ topic: 'realtime:room', event: 'phx_join', payload: { a: 1 }, ref: '2', join_ref: '1' });
    expect(decode('1.0.0', frame)).toEqual(message({ event: 'phx_join', payload: { a: 1 } }));
    expect(JSON.parse(encode('1.0.0', message({ payload: { a: 1 } })) as string)).toEqual({
      topic: 'realtime:room',
      event: 'presence_state',
      payload: { a: 1 },
      ref: '2',
    });
  });

  it('writes a broadcast as an object, with its metadata', () => {
    expect(JSON.parse(encode('1.0.0', json('realtime:room', 'entry', { a: 1 }, { id: 'x' })) as string)).toEqual({
      topic: 'realtime:room',
      event: 'broadcast',
      payload: { type: 'broadcast', event: 'entry', payload: { a: 1 }, meta: { id: 'x' } },
      ref: null,
    });
  });

  it('has nothing binary', () => {
    const bytes = Uint8Array.of(1);
    expect(encode('1.0.0', { kind: 'broadcast', topic: 't', event: 'e', body: { encoding: 'binary', bytes } })).toBeNull();
    expect(() => decode('1.0.0', bytes)).toThrow(MalformedFrame);
    expect(() => decode('1.0.0', '[]')).toThrow(MalformedFrame);
  });
});
