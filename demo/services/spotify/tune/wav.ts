import type { Tune } from './tune.js';
import { sampleRate } from './voices.js';

const headerBytes = 44;

/** What a player must know before the samples of a mono 16-bit WAV file. */
function header(sampleBytes: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write('RIFF', 0, 'ascii');
  bytes.writeUInt32LE(headerBytes - 8 + sampleBytes, 4);
  bytes.write('WAVEfmt ', 8, 'ascii');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20); // PCM
  bytes.writeUInt16LE(1, 22); // one channel
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'ascii');
  bytes.writeUInt32LE(sampleBytes, 40);
  return bytes;
}

export function wavLength(tune: Tune): number {
  return headerBytes + tune.length * 2;
}

/** The bytes from `start` up to, not including, `end` of `tune` as a WAV file. */
export function wavBytes(tune: Tune, start: number, end: number): Buffer {
  const parts: Buffer[] = [];
  if (start < headerBytes) parts.push(header(tune.length * 2).subarray(start, Math.min(end, headerBytes)));
  const [from, to] = [Math.max(0, start - headerBytes), end - headerBytes];
  if (to > from) {
    const firstSample = Math.floor(from / 2);
    const samples = tune.render(firstSample, Math.ceil(to / 2));
    const bytes = Buffer.alloc(samples.length * 2);
    samples.forEach((sample, i) => bytes.writeInt16LE(sample, i * 2));
    parts.push(bytes.subarray(from - firstSample * 2, to - firstSample * 2));
  }
  return Buffer.concat(parts);
}

/** A quarter of a second of sound: a few milliseconds of work, then the event loop has its turn. */
const sliceBytes = Math.round(sampleRate / 4) * 2;

/** The same bytes, slice by slice; what nobody reads is not made. */
export async function* wavSlices(tune: Tune, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += sliceBytes) {
    yield wavBytes(tune, at, Math.min(end, at + sliceBytes));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/**
 * The byte range that a `Range` header asks of a file of `size` bytes: its first byte, and the one after its last.
 * @returns undefined for no header or one that may be ignored (several ranges), null for one that cannot be served
 */
export function byteRange(
  rangeHeader: string | undefined,
  size: number,
): { start: number; end: number } | null | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(rangeHeader ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size : Math.min(size, Number(match[2]) + 1);
  return start >= size || end <= start ? null : { start, end };
}
