import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, TestInfo } from 'playwright/test';
import type { Place } from '../../../demo/states/page.ts';

const root = join(import.meta.dirname, '../pictures');

/** How far a picture may be from the kept one: mean difference of a block of 16 by 16 px, in steps of 255. */
const limit = 6;

interface Verdict {
  readonly id: string;
  /** Of the worst block. */
  readonly difference: number;
  /** Where that is, in px of the picture. */
  readonly at: string;
  /** The new picture as it would be kept, in base64. */
  readonly small: string;
}

/**
 * Kept pictures are half as large as what was seen, as WebP: 4 kB each, and an eye still sees what is wrong. A new one is
 * made as small before the two are compared, so that equal ones are equal; and they are compared by the mean of blocks, so that
 * the edges of letters, which differ from one version of a browser to the next, do not count, and a button that moved does.
 */
export class Pictures {
  readonly wrong: string[] = [];
  private readonly seen = new Map<string, Set<string>>();

  constructor(
    /** A page for the arithmetic: a browser has all that reads and writes WebP. */
    private readonly desk: Page,
    private readonly info: TestInfo,
  ) {}

  /** Compares what lies at `places` of `shot`, a PNG, with what is kept in `folder`; keeps it instead where `--update-snapshots` was asked for. */
  async compare(folder: string, shot: Buffer, places: readonly Place[]): Promise<void> {
    const cuts = places.map((place) => {
      const file = join(root, folder, `${place.id}.webp`);
      return { ...place, kept: existsSync(file) ? readFileSync(file, 'base64') : null };
    });
    const verdicts = await this.desk.evaluate(judge, { shot: shot.toString('base64'), cuts });
    const { updateSnapshots } = this.info.config;
    const taken = this.seen.get(folder) ?? new Set();
    this.seen.set(folder, taken);
    const differing: string[] = [];
    for (const { id, difference, at, small } of verdicts) {
      taken.add(`${id}.webp`);
      if (difference <= limit) continue;
      if (updateSnapshots === 'all' || updateSnapshots === 'changed') {
        mkdirSync(join(root, folder), { recursive: true });
        writeFileSync(join(root, folder, `${id}.webp`), Buffer.from(small, 'base64'));
      } else differing.push(`${folder}/${id}: ${difference === Infinity ? `${at}` : `differs by ${difference.toFixed(1)} around ${at}`}`);
    }
    this.wrong.push(...differing);
    if (differing.length) await this.info.attach(`${folder}-${places[0]?.id}.png`, { body: shot, contentType: 'image/png' });
  }

  /** Pictures of nothing that was seen. */
  strays(): string[] {
    return [...this.seen].flatMap(([folder, taken]) => readdirSync(join(root, folder)).filter((file) => !taken.has(file)).map((file) => `${folder}/${file}`));
  }
}

type Cut = Place & { readonly kept: string | null };

/** Runs in the browser. */
async function judge({ shot, cuts }: { readonly shot: string; readonly cuts: readonly Cut[] }): Promise<Verdict[]> {
  const block = 8;
  const dataOf = async (picture: Blob): Promise<ImageData> => {
    const bitmap = await createImageBitmap(picture);
    const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!paper) throw new Error('No canvas.');
    paper.drawImage(bitmap, 0, 0);
    return paper.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const blobOf = async (data: string): Promise<Blob> => (await fetch(`data:;base64,${data}`)).blob();
  const sheet = await createImageBitmap(await blobOf(shot));
  const verdicts: Verdict[] = [];
  for (const { id, x, y, width, height, kept } of cuts) {
    const canvas = new OffscreenCanvas(Math.round(width / 2), Math.round(height / 2));
    const paper = canvas.getContext('2d');
    if (!paper) throw new Error('No canvas.');
    paper.imageSmoothingQuality = 'high';
    paper.drawImage(sheet, Math.round(x), Math.round(y), canvas.width * 2, canvas.height * 2, 0, 0, canvas.width, canvas.height);
    const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.7 });
    const small = btoa(Array.from(new Uint8Array(await webp.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''));
    if (!kept) {
      verdicts.push({ id, difference: Infinity, at: 'no picture of it is kept', small });
      continue;
    }
    const [now, then] = [await dataOf(webp), await dataOf(await blobOf(kept))];
    if (then.width !== now.width || then.height !== now.height) {
      verdicts.push({ id, difference: Infinity, at: `it is ${now.width * 2} by ${now.height * 2} px, not ${then.width * 2} by ${then.height * 2}`, small });
      continue;
    }
    let [difference, at] = [0, ''];
    for (let top = 0; top < now.height; top += block) {
      for (let left = 0; left < now.width; left += block) {
        let sum = 0;
        for (let row = top; row < Math.min(top + block, now.height); row++) {
          for (let column = left; column < Math.min(left + block, now.width); column++) {
            const dot = (row * now.width + column) * 4;
            for (let part = dot; part < dot + 3; part++) sum += Math.abs((now.data[part] ?? 0) - (then.data[part] ?? 0));
          }
        }
        const mean = sum / (block * block * 3);
        if (mean > difference) [difference, at] = [mean, `${left * 2}, ${top * 2}`];
      }
    }
    verdicts.push({ id, difference, at, small });
  }
  return verdicts;
}
