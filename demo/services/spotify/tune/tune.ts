import { compose } from './compose.js';
import { addNote, sampleRate, type Note } from './voices.js';

const fadeOut = 2.5 * sampleRate;
const loudness = 0.8;

/**
 * A tune as a pure function from place to sound: any stretch of it can be made on demand, and is the same whichever
 * stretches were made before.
 */
export class Tune {
  /** Samples in the whole tune. */
  readonly length: number;
  /** Notes that sound in each second, in one order: floats add up alike however a stretch is cut. */
  readonly #bySecond: readonly (readonly Note[])[];

  /** @param seed what the melody follows from @param durationMs in ms */
  constructor(seed: string, durationMs: number) {
    this.length = Math.round((durationMs / 1_000) * sampleRate);
    const seconds: Note[][] = Array.from({ length: Math.ceil(this.length / sampleRate) }, () => []);
    for (const note of compose(seed, durationMs)) {
      const last = Math.floor((note.start + note.length - 1) / sampleRate);
      for (let second = Math.floor(note.start / sampleRate); second <= last; second++) seconds[second]?.push(note);
    }
    this.#bySecond = seconds;
  }

  /** 16-bit samples from sample `from` up to, not including, `to`. */
  render(from: number, to: number): Int16Array {
    const [first, end] = [Math.max(0, from), Math.min(this.length, to)];
    const result = new Int16Array(Math.max(0, end - first));
    for (let start = first; start < end;) {
      const second = Math.floor(start / sampleRate);
      const stop = Math.min(end, (second + 1) * sampleRate);
      const mix = new Float32Array(stop - start);
      for (const note of this.#bySecond[second] ?? []) addNote(mix, start, note);
      for (let i = 0; i < mix.length; i++) {
        const left = this.length - (start + i);
        const fade = left < fadeOut ? left / fadeOut : 1;
        result[start - first + i] = Math.round(32_767 * Math.tanh(loudness * fade * (mix[i] as number)));
      }
      start = stop;
    }
    return result;
  }
}
