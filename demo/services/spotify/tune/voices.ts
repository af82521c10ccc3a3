/** Mono, 16 bits: enough for what plays here, and half the work of CD quality. */
export const sampleRate = 22_050;

export type VoiceName = 'keys' | 'pluck' | 'bell' | 'pad' | 'bass' | 'kick' | 'hat' | 'brush';

/** One sound at one place. Times are in samples from the start of the tune. */
export interface Note {
  readonly voice: VoiceName;
  readonly start: number;
  /** Until it has died away. */
  readonly length: number;
  /** In Hz; drums have none. */
  readonly frequency: number;
  /** Loudness from 0 to 1. */
  readonly gain: number;
}

const tableSize = 8_192;
const sineTable = Float32Array.from({ length: tableSize }, (_, i) => Math.sin((i / tableSize) * 2 * Math.PI));

/** Sine of `turns` full turns. A table: a tune asks for some three hundred thousand a second of sound. */
const sine = (turns: number): number => sineTable[((turns * tableSize) | 0) & (tableSize - 1)] as number;

/** From -1 to 1, always the same at the same place. */
function noise(place: number): number {
  let value = Math.imul(place ^ 0x9e3779b9, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >> 0) / 2 ** 31;
}

/** From 1 towards 0; the larger `speed`, the shorter. Cheaper than an exponential, and as round. */
const decay = (seconds: number, speed: number): number => {
  const part = 1 / (1 + seconds * speed);
  return part * part * part;
};

const rise = (seconds: number, attack: number): number => (seconds < attack ? seconds / attack : 1);

/** A voice's loudness at `seconds` after its start, at frequency `hz`. `left` is what remains of the note. */
type Voice = (seconds: number, hz: number, left: number, place: number) => number;

const voices: Readonly<Record<VoiceName, Voice>> = {
  keys: (t, hz) => rise(t, 0.004) * decay(t, 1.5) * sine(hz * t + 0.16 * decay(t, 5) * sine(2 * hz * t)),
  pluck: (t, hz) =>
    rise(t, 0.003) *
    decay(t, 3.4) *
    (sine(hz * t) + 0.34 * decay(t, 6) * sine(2 * hz * t) + 0.12 * decay(t, 12) * sine(3 * hz * t)),
  bell: (t, hz) => rise(t, 0.002) * decay(t, 1.9) * (0.7 * sine(hz * t) + 0.22 * decay(t, 5) * sine(2.76 * hz * t)),
  pad: (t, hz, left) =>
    rise(t, 0.45) * rise(left, 0.6) * (0.5 * sine(hz * t) + 0.42 * sine(hz * 1.004 * t) + 0.1 * sine(2 * hz * t)),
  bass: (t, hz) => rise(t, 0.008) * decay(t, 0.9) * (sine(hz * t) + 0.28 * sine(2 * hz * t)),
  // The pitch falls from about 130 to 45 Hz: the integral of 45 + 85 · decay.
  kick: (t) => rise(t, 0.002) * decay(t, 5.5) * sine(45 * t + 85 * 0.03 * (1 - decay(t, 12))),
  hat: (t, _hz, _left, place) => decay(t, 34) * 0.5 * (noise(place) - noise(place - 1)),
  brush: (t, _hz, _left, place) => rise(t, 0.012) * decay(t, 14) * 0.5 * (noise(place) + noise(place - 1)),
};

/** Adds `note` to `mix`, whose first sample is sample `from` of the tune. */
export function addNote(mix: Float32Array, from: number, note: Note): void {
  const voice = voices[note.voice];
  const first = Math.max(from, note.start);
  const end = Math.min(from + mix.length, note.start + note.length);
  for (let place = first; place < end; place++) {
    const left = (note.start + note.length - place) / sampleRate;
    // Whatever the voice, the last 10 ms fade: a cut would click.
    const tail = left < 0.01 ? left / 0.01 : 1;
    const i = place - from;
    mix[i] =
      (mix[i] as number) + note.gain * tail * voice((place - note.start) / sampleRate, note.frequency, left, place);
  }
}
