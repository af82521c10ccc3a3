import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tune } from '../../../demo/services/spotify/tune/tune.js';
import { sampleRate } from '../../../demo/services/spotify/tune/voices.js';
import { byteRange, wavBytes, wavLength, wavSlices } from '../../../demo/services/spotify/tune/wav.js';

const tune = new Tune('some track', 12_000);
const whole = tune.render(0, tune.length);
const file = wavBytes(tune, 0, wavLength(tune));

const loudness = (samples: Int16Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / samples.length);

describe('a tune', () => {
  it('is as long as its track', () => {
    expect(tune.length).toBe(12 * sampleRate);
    expect(whole).toHaveLength(tune.length);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(new Tune('some track', 12_000).render(40_000, 50_000)).toEqual(whole.slice(40_000, 50_000));
    expect(new Tune('other track', 12_000).render(40_000, 50_000)).not.toEqual(whole.slice(40_000, 50_000));
  });

  it('is heard all through, quietly, and never clips', () => {
    const long = new Tune('a whole track', 70_000);
    for (let second = 1; second < 66; second += 6) {
      expect(loudness(long.render(second * sampleRate, (second + 2) * sampleRate))).toBeGreaterThan(0.005);
    }
    const all = long.render(0, long.length);
    expect(loudness(all)).toBeLessThan(0.2);
    expect(all.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThan(28_000);
    expect(Math.abs(all.at(-1) ?? 1)).toBeLessThan(50);
  });

  it('sounds alike in whatever stretches it is made', () => {
    fc.assert(
      fc.property(fc.nat({ max: tune.length }), fc.nat({ max: 30_000 }), (from, length) => {
        expect(tune.render(from, from + length)).toEqual(whole.slice(from, from + length));
      }),
      { numRuns: 30 },
    );
  });
});

describe('its WAV file', () => {
  it('says what it is', () => {
    expect(file.toString('ascii', 0, 4)).toBe('RIFF');
    expect(file.toString('ascii', 8, 16)).toBe('WAVEfmt ');
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect(file.readUInt16LE(22)).toBe(1);
    expect(file.readUInt32LE(24)).toBe(sampleRate);
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
    expect(file.readInt16LE(44 + 2 * 30_000)).toBe(whole[30_000]);
  });

  it('is the same bytes whatever range is asked', () => {
    fc.assert(
      fc.property(fc.nat({ max: file.length }), fc.nat({ max: 50_001 }), (start, length) => {
        const end = Math.min(file.length, start + length);
        expect(wavBytes(tune, start, end).equals(file.subarray(start, end))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('comes in slices that make up the whole', async () => {
    const slices: Buffer[] = [];
    for await (const slice of wavSlices(tune, 7, wavLength(tune))) slices.push(slice);
    expect(Buffer.concat(slices).equals(file.subarray(7))).toBe(true);
    expect(slices.length).toBeGreaterThan(20);
  });
});

describe('a Range header', () => {
  it.each([
    ['bytes=0-', { start: 0, end: 100 }],
    ['bytes=10-19', { start: 10, end: 20 }],
    ['bytes=10-900', { start: 10, end: 100 }],
    ['bytes=-5', { start: 95, end: 100 }],
    ['bytes=100-', null],
    ['bytes=20-10', null],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
    [undefined, undefined],
  ])('%s', (header, range) => {
    expect(byteRange(header, 100)).toEqual(range);
  });
});
