/*
 * The two versions of the protocol that realtime-js speaks: 1.0.0 has JSON objects, 2.0.0 JSON arrays and, for
 * broadcasts, binary frames. Source: supabase/realtime, lib/realtime_web/socket/v2_serializer.ex.
 */

export type Version = '1.0.0' | '2.0.0';

/** A message of Phoenix's channels. Topics are the wire's own, with `realtime:` before the name. */
export interface Message {
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: unknown;
}

/** What somebody broadcasts. JSON stays the text that came, so that nothing is lost on its way through. */
export type BroadcastBody =
  | { readonly encoding: 'json'; readonly text: string }
  | { readonly encoding: 'binary'; readonly bytes: Uint8Array };

export interface Broadcast {
  readonly topic: string;
  readonly event: string;
  readonly body: BroadcastBody;
  readonly meta?: Readonly<Record<string, unknown>>;
}

export type Incoming =
  | ({ readonly kind: 'message' } & Message)
  | {
      readonly kind: 'broadcast';
      readonly joinRef: string | null;
      readonly ref: string | null;
      readonly broadcast: Broadcast;
    };

export type Outgoing = ({ readonly kind: 'message' } & Message) | ({ readonly kind: 'broadcast' } & Broadcast);

/** How large a payload is, in bytes. */
export const bodySize = (body: BroadcastBody): number =>
  body.encoding === 'binary' ? body.bytes.length : Buffer.byteLength(body.text);
export const jsonSize = (payload: unknown): number => Buffer.byteLength(JSON.stringify(payload) ?? '');

/** A WebSocket frame: text, or binary. */
export type Frame = string | Uint8Array;

/** Nothing that this protocol knows. The real server notes it and reads on. */
export class MalformedFrame extends Error {
  override readonly name = 'MalformedFrame';
}

const pushKind = 3;
const broadcastKind = 4;
const jsonEncoding = 1;
const binaryEncoding = 0;
const maxFieldBytes = 255;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

const nullableString = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedFrame('Not JSON');
  }
}

/** @throws {MalformedFrame} */
export function decode(version: Version, frame: Frame): Incoming {
  if (typeof frame !== 'string') {
    if (version === '1.0.0') throw new MalformedFrame('A binary frame in version 1.0.0');
    return decodePush(frame);
  }
  const value = parse(frame);
  let fields: readonly unknown[];
  if (version === '2.0.0') {
    if (!Array.isArray(value)) throw new MalformedFrame('Not an array');
    fields = value;
  } else {
    if (!isRecord(value)) throw new MalformedFrame('Not an object');
    fields = [value.join_ref ?? null, value.ref ?? null, value.topic, value.event, value.payload];
  }
  const [joinRef, ref, topic, event, payload] = fields;
  if (!nullableString(joinRef) || !nullableString(ref) || typeof topic !== 'string' || typeof event !== 'string') {
    throw new MalformedFrame('join_ref, ref, topic and event must be strings');
  }
  return { kind: 'message', joinRef, ref, topic, event, payload };
}

/** Kind 3: its sizes in a byte each, then the fields, then the payload to the end. */
function decodePush(frame: Uint8Array): Incoming {
  const [kind, joinRefSize, refSize, topicSize, eventSize, metaSize, encoding] = frame;
  if (
    kind !== pushKind ||
    joinRefSize === undefined ||
    refSize === undefined ||
    topicSize === undefined ||
    eventSize === undefined ||
    metaSize === undefined ||
    (encoding !== jsonEncoding && encoding !== binaryEncoding)
  ) {
    throw new MalformedFrame('Not a broadcast push');
  }
  let offset = 7;
  const take = (size: number): string => {
    if (offset + size > frame.length) throw new MalformedFrame('A field runs over the end');
    return text(frame.subarray(offset, (offset += size)));
  };
  const joinRef = take(joinRefSize);
  const ref = take(refSize);
  const topic = take(topicSize);
  const event = take(eventSize);
  // Read to be checked, then dropped: what a client says about itself is nobody's metadata, as on the real server.
  const meta = take(metaSize);
  if (meta) parse(meta);
  const rest = frame.subarray(offset);
  let body: BroadcastBody;
  if (encoding === binaryEncoding) body = { encoding: 'binary', bytes: rest };
  else {
    body = { encoding: 'json', text: text(rest) };
    parse(body.text);
  }
  return { kind: 'broadcast', joinRef: joinRef || null, ref: ref || null, broadcast: { topic, event, body } };
}

function text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new MalformedFrame('Not UTF-8');
  }
}

/** @returns null where this version cannot carry it: binary in 1.0.0, a field over 255 bytes in 2.0.0 */
export function encode(version: Version, outgoing: Outgoing): Frame | null {
  if (outgoing.kind === 'broadcast') {
    return version === '2.0.0' ? encodeBroadcast(outgoing) : encodeOldBroadcast(outgoing);
  }
  const { joinRef, ref, topic, event, payload } = outgoing;
  return JSON.stringify(version === '2.0.0' ? [joinRef, ref, topic, event, payload] : { topic, event, payload, ref });
}

/** Kind 4: its sizes in a byte each, then the fields, then the payload to the end. */
function encodeBroadcast({ topic, event, body, meta }: Broadcast): Uint8Array | null {
  const fields = [topic, event, meta ? JSON.stringify(meta) : ''].map((field) => encoder.encode(field));
  if (fields.some(({ length }) => length > maxFieldBytes)) return null;
  const payload = body.encoding === 'json' ? encoder.encode(body.text) : body.bytes;
  const encoding = body.encoding === 'json' ? jsonEncoding : binaryEncoding;
  const parts = [Uint8Array.of(broadcastKind, ...fields.map(({ length }) => length), encoding), ...fields, payload];
  return Buffer.concat(parts);
}

function encodeOldBroadcast({ topic, event, body, meta }: Broadcast): string | null {
  if (body.encoding === 'binary') return null;
  const payload = { type: 'broadcast', event, payload: JSON.parse(body.text) as unknown, ...(meta && { meta }) };
  return JSON.stringify({ topic, event: 'broadcast', payload, ref: null });
}
