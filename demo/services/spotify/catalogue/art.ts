import { between, pick, seeded, whole, type Random } from '../random.js';

const size = 640;

/** Five colours that go together: ground, two of weight, an accent and a light. */
type Palette = readonly [ground: string, heavy: string, middle: string, accent: string, light: string];

function drawPalette(random: Random): Palette {
  const hue = random() * 360;
  const dark = random() < 0.5;
  const spread = pick(random, [28, 40, 150, 180, 205]);
  const colour = (h: number, chroma: number, lightness: number): string =>
    `hsl(${Math.round((hue + h + 360) % 360)} ${Math.round(chroma)}% ${Math.round(lightness)}%)`;
  return [
    colour(0, between(random, 28, 50), dark ? 16 : 90),
    colour(8, between(random, 38, 60), dark ? 30 : 68),
    colour(spread / 2, between(random, 34, 58), dark ? 46 : 54),
    colour(spread, between(random, 62, 84), dark ? 62 : 46),
    colour(spread + 12, between(random, 45, 70), dark ? 84 : 28),
  ];
}

const round = (value: number): number => Math.round(value * 10) / 10;
const circle = (x: number, y: number, r: number, fill: string): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(r)}" fill="${fill}"/>`;

/** A sun over hills, each nearer and darker than the one behind. */
function hills(random: Random, [, heavy, middle, accent, light]: Palette): string {
  const sun = circle(between(random, 180, 460), between(random, 150, 260), between(random, 60, 110), accent);
  const ridges = [light, middle, heavy].map((fill, i) => {
    const base = 330 + i * 95;
    const [bend, lift] = [between(random, -90, 90), between(random, -50, 50)];
    const crest = [170 + bend, base - 100, 420 + bend, base + 110].map(round).join(' ');
    return `<path d="M0 ${round(base + lift)}C${crest} ${size} ${round(base - lift)}V${size}H0Z" fill="${fill}"/>`;
  });
  return sun + ridges.join('');
}

/** Quarter circles in a grid, turned at random. */
function tiles(random: Random, palette: Palette): string {
  const cells = pick(random, [3, 4, 5]);
  const side = size / cells;
  const parts: string[] = [];
  for (let i = 0; i < cells * cells; i++) {
    const [x, y] = [(i % cells) * side, Math.floor(i / cells) * side];
    const [back, front] = [pick(random, palette), pick(random, palette)];
    const turn = whole(random, 0, 3) * 90;
    const place = `translate(${round(x + side / 2)} ${round(y + side / 2)}) rotate(${turn}) scale(${(side / 100).toFixed(3)})`;
    // A little larger than its cell: seams would show.
    const square = `<path d="M-51-51H51V51H-51Z" fill="${back}"/>`;
    parts.push(`<g transform="${place}">${square}<path d="M-50-50H50A100 100 0 0 1-50 50Z" fill="${front}"/></g>`);
  }
  return parts.join('');
}

/** Rings around one point off the centre. */
function rings(random: Random, palette: Palette): string {
  const [x, y] = [between(random, 200, 440), between(random, 200, 440)];
  const count = whole(random, 6, 11);
  return Array.from({ length: count }, (_, i) =>
    circle(x, y, ((count - i) / count) * between(random, 400, 440), palette[(i % 4) + 1] as string),
  ).join('');
}

/** Leaning bars, as of an equaliser. */
function bars(random: Random, palette: Palette): string {
  const count = whole(random, 7, 13);
  const width = size / count;
  const parts = Array.from({ length: count }, (_, i) => {
    const height = between(random, 90, 520);
    const [x, y, fill] = [i * width + width * 0.14, size - 60 - height, palette[whole(random, 1, 4)] as string];
    const shape = `width="${round(width * 0.72)}" height="${round(height)}" rx="${round(width * 0.36)}"`;
    return `<rect x="${round(x)}" y="${round(y)}" ${shape} fill="${fill}"/>`;
  });
  return `<g transform="rotate(${whole(random, -14, 14)} 320 320)">${parts.join('')}</g>`;
}

/** Overlapping discs that let each other through. */
function discs(random: Random, palette: Palette): string {
  const parts = Array.from({ length: whole(random, 5, 8) }, () =>
    circle(
      between(random, 90, 550),
      between(random, 90, 550),
      between(random, 80, 210),
      palette[whole(random, 1, 4)] as string,
    ),
  );
  return `<g fill-opacity=".78">${parts.join('')}</g>`;
}

/** Lines of one wave, each a little later. */
function waves(random: Random, palette: Palette): string {
  const count = whole(random, 9, 14);
  const [height, step] = [between(random, 22, 60), size / count];
  const parts = Array.from({ length: count + 1 }, (_, i) => {
    const y = round(i * step);
    const tall = round(height * (0.5 + random()));
    const wave = `c113-${tall} 113-${tall} 226 0s113 ${tall} 226 0 113-${tall} 226 0`;
    return `<path d="M-20 ${y}${wave}" stroke="${palette[(i % 4) + 1] as string}"/>`;
  });
  return `<g fill="none" stroke-width="${round(step * 0.42)}" stroke-linecap="round">${parts.join('')}</g>`;
}

/** A square cover for `id`, the same at every start. */
export function coverArt(id: string): string {
  const random = seeded(`art ${id}`);
  const palette = drawPalette(random);
  const draw = pick(random, [hills, tiles, rings, bars, discs, waves]);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">` +
    `<rect width="${size}" height="${size}" fill="${palette[0]}"/>${draw(random, palette)}</svg>`
  );
}
