import { between, pick, seeded, whole, type Random } from '../random.js';
import { sampleRate, type Note, type VoiceName } from './voices.js';

const scales = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
} as const;

/** Scale degrees of a bar each, that sound well after one another in any of the scales. */
const progressions = [
  [0, 4, 5, 3],
  [0, 5, 3, 4],
  [0, 3, 0, 4],
  [5, 3, 0, 4],
  [0, 2, 3, 4],
  [3, 0, 4, 5],
  [0, 6, 3, 0],
  [1, 4, 0, 5],
] as const;

/** What a tune is made of; everything follows from the seed. */
interface Character {
  readonly scale: readonly number[];
  /** MIDI number of the key note. */
  readonly root: number;
  readonly beat: number;
  /** How late an off-beat comes, in parts of a beat. */
  readonly swing: number;
  readonly lead: VoiceName;
  readonly comp: VoiceName;
  readonly drums: boolean;
  readonly verse: Phrase;
  readonly chorus: Phrase;
}

/** Four bars: their chords, and a melody of eighths over them. */
interface Phrase {
  readonly chords: readonly number[];
  readonly melody: readonly { readonly eighth: number; readonly degree: number; readonly eighths: number }[];
}

type Part = 'intro' | 'verse' | 'chorus' | 'break' | 'outro';

const hertz = (midi: number): number => 440 * 2 ** ((midi - 69) / 12);

/** A scale degree in MIDI; degrees below 0 and above 6 lie in other octaves. */
const pitch = ({ root, scale }: Pick<Character, 'root' | 'scale'>, degree: number): number => {
  const octave = Math.floor(degree / 7);
  return root + 12 * octave + (scale[degree - 7 * octave] as number);
};

/** Eighths of a bar at which a note begins; a motif repeats one of these. */
const rhythms = [
  [0, 3, 4, 6],
  [0, 2, 4],
  [0, 2, 3, 4, 6, 7],
  [0, 4, 5, 6],
  [1, 2, 4, 6],
  [0, 3, 6],
  [0, 1, 2, 4, 6],
] as const;

function writePhrase(random: Random): Phrase {
  const chords = pick(random, progressions);
  const motif = pick(random, rhythms);
  const answer = pick(random, rhythms);
  const melody: { eighth: number; degree: number; eighths: number }[] = [];
  let degree = pick(random, [7, 9, 11]);
  chords.forEach((chord, bar) => {
    const rhythm = bar % 2 === 0 ? motif : answer;
    rhythm.forEach((eighth, i) => {
      // A beat lands on a note of the chord; what is between steps to a neighbour.
      if (eighth % 4 === 0) {
        const tones = [0, 2, 4].flatMap((third) => [chord + third, chord + third + 7]);
        const near = tones.filter((tone) => Math.abs(tone - degree) <= 4);
        degree = pick(random, near.length ? near : tones);
      } else {
        degree += pick(random, [-2, -1, -1, 1, 1, 2]);
      }
      degree = Math.min(15, Math.max(5, degree));
      const next = rhythm[i + 1] ?? 8;
      melody.push({ eighth: bar * 8 + eighth, degree, eighths: next - eighth });
    });
  });
  return { chords, melody };
}

function drawCharacter(random: Random): Character {
  const scale = scales[pick(random, ['major', 'minor', 'dorian', 'lydian', 'mixolydian'] as const)];
  const bpm = between(random, 66, 122);
  return {
    scale,
    root: whole(random, 45, 55),
    beat: 60 / bpm,
    swing: random() < 0.4 ? between(random, 0.06, 0.14) : 0,
    lead: pick(random, ['keys', 'pluck', 'bell'] as const),
    comp: pick(random, ['keys', 'pluck'] as const),
    drums: random() < 0.8,
    verse: writePhrase(random),
    chorus: writePhrase(random),
  };
}

/** Which part each group of four bars is; the last one ends the tune. */
function form(groups: number): Part[] {
  const course: Part[] = ['verse', 'verse', 'chorus', 'verse', 'chorus', 'break', 'chorus'];
  return Array.from({ length: groups }, (_, i) =>
    i === 0 ? 'intro' : i >= groups - 1 ? 'outro' : (course[(i - 1) % course.length] as Part),
  );
}

/** The notes of a tune, in the order of their start. The same `seed` is the same tune. */
export function compose(seed: string, durationMs: number): Note[] {
  const random = seeded(`tune ${seed}`);
  const character = drawCharacter(random);
  const { beat, swing } = character;
  const end = Math.round((durationMs / 1_000) * sampleRate);
  const notes: Note[] = [];

  /** `at` and `long` in beats. */
  const add = (voice: VoiceName, at: number, long: number, midi: number, gain: number): void => {
    const late = at % 1 === 0.5 ? swing : 0;
    const start = Math.round((at + late) * beat * sampleRate);
    const length = Math.min(Math.round(long * beat * sampleRate), end - start);
    if (length > 0) notes.push({ voice, start, length, frequency: hertz(midi), gain });
  };

  const groups = Math.ceil(durationMs / 1_000 / beat / 16);
  form(groups).forEach((part, group) => {
    const phrase = part === 'chorus' ? character.chorus : character.verse;
    const origin = group * 16;
    phrase.chords.forEach((chord, bar) => addBar(add, character, part, chord, origin + bar * 4));
    if (part === 'verse' || part === 'chorus') addMelody(add, character, phrase, origin, part === 'chorus' ? 1 : 0.85);
    if (part === 'outro' || part === 'intro') {
      addMelody(
        add,
        character,
        { ...phrase, melody: phrase.melody.filter(({ eighth }) => eighth % 8 === 0) },
        origin,
        0.6,
      );
    }
  });
  return notes.sort((a, b) => a.start - b.start);
}

type Add = (voice: VoiceName, at: number, long: number, midi: number, gain: number) => void;

function addMelody(add: Add, character: Character, phrase: Phrase, origin: number, gain: number): void {
  for (const { eighth, degree, eighths } of phrase.melody) {
    const [at, midi] = [origin + eighth / 2, pitch(character, degree) + 12];
    const long = Math.max(1.2, eighths / 2 + 0.8);
    add(character.lead, at, long, midi, 0.2 * gain);
    // Two echoes give the room that a dry synth lacks.
    add(character.lead, at + 0.75, long, midi, 0.06 * gain);
    add(character.lead, at + 1.5, long, midi, 0.025 * gain);
  }
}

function addBar(add: Add, character: Character, part: Part, chord: number, at: number): void {
  const tones = [chord, chord + 2, chord + 4].map((degree) => pitch(character, degree) + 12);
  for (const tone of tones) add('pad', at, 4.4, tone, part === 'break' ? 0.085 : 0.06);

  const low = pitch(character, chord) - (pitch(character, chord) > 52 ? 12 : 0);
  if (part !== 'intro') {
    add('bass', at, 2.4, low, 0.2);
    if (part !== 'outro') add('bass', at + 2.5, 1.4, low, 0.15);
  }
  if (part === 'chorus') {
    // Broken chords in eighths.
    for (let i = 0; i < 8; i++) {
      add(character.comp, at + i / 2, 0.9, (tones[[0, 1, 2, 1][i % 4] as number] as number) + (i >= 4 ? 12 : 0), 0.05);
    }
  } else if (part === 'verse') {
    for (const beats of [0, 1.5, 3]) for (const tone of tones) add(character.comp, at + beats, 1, tone, 0.038);
  }
  if (!character.drums || part === 'intro' || part === 'outro' || part === 'break') return;
  for (const beats of [0, 2.5]) add('kick', at + beats, 0.6, 60, 0.3);
  for (const beats of [1, 3]) add('brush', at + beats, 0.5, 60, 0.11);
  for (let i = 0; i < 8; i++) add('hat', at + i / 2, 0.2, 60, i % 2 ? 0.055 : 0.035);
}
