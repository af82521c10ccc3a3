import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../test-results');
const file = join(folder, 'bench.json');

export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  readonly samples: number;
}

export function figure(what: string, unit: string, values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(2));
  return { what, unit, median: at(0.5), p95: at(0.95), max: at(1), samples: sorted.length };
}

/** Prints the figures and adds them to test-results/bench.json. */
export function report(figures: readonly Figure[]): void {
  console.table(Object.fromEntries(figures.map(({ what, ...rest }) => [what, rest])));
  mkdirSync(folder, { recursive: true });
  let earlier: Figure[] = [];
  try {
    earlier = (JSON.parse(readFileSync(file, 'utf8')) as { figures: Figure[] }).figures;
  } catch {
    // The first figures of this run.
  }
  writeFileSync(file, JSON.stringify({ date: new Date().toISOString(), cores: cpus().length, node: process.version, figures: [...earlier, ...figures] }, null, 2));
}
