import { html, svg, type TemplateResult } from 'lit';

interface Drawing {
  /** Filled as well as stroked: the transport's own signs. */
  readonly solid?: boolean;
  /** Turned around in right-to-left pages. Transport signs are not: they point along the tape, not along the text. */
  readonly mirrored?: boolean;
}

const icon = (path: string, { solid = false, mirrored = false }: Drawing = {}): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" ?data-solid=${solid} ?data-mirrored=${mirrored}>${svg`<path d=${path}></path>`}</svg>`;

const speaker = 'M4 9.5h3l4.5-3.8v12.6L7 14.5H4z';
const loop = 'M17 3l3 3-3 3M4 11.5V10a4 4 0 0 1 4-4h12M7 21l-3-3 3-3M20 12.5V14a4 4 0 0 1-4 4H4';

/** Decorative pictures for buttons that have a name of their own. Drawn for Roomtone as lines on a 24 px grid. */
export const icons = Object.freeze({
  play: icon('M8 5.5v13L18.5 12z', { solid: true }),
  pause: icon('M7.5 5.5H10v13H7.5zM14 5.5h2.5v13H14z', { solid: true }),
  next: icon('M6.5 6.5v11L15 12zM17.5 6.5v11', { solid: true }),
  previous: icon('M17.5 6.5v11L9 12zM6.5 6.5v11', { solid: true }),
  volume: icon(`${speaker}M15 9.5a3.6 3.6 0 0 1 0 5M17.6 7a7.2 7.2 0 0 1 0 10`),
  muted: icon(`${speaker}M16 10l4 4M20 10l-4 4`),
  shuffle: icon('M3 7h2c2.2 0 3.6 1.2 4.7 3l2.6 4c1.1 1.8 2.5 3 4.7 3h4M18 14l3 3-3 3M3 17h2c1.5 0 2.7-.6 3.6-1.6M13.4 8.6C14.3 7.6 15.5 7 17 7h4M18 4l3 3-3 3'),
  repeat: icon(loop),
  repeatOne: icon(`${loop}M11 10.6l1.6-1v5`),
  search: icon('M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5'),
  send: icon('M5.5 12L4 5l16 7-16 7zM5.5 12H12', { mirrored: true }),
  close: icon('M6.5 6.5l11 11M17.5 6.5l-11 11'),
  people: icon('M9 11.5A3.3 3.3 0 1 0 9 5a3.3 3.3 0 0 0 0 6.5zM3 19c.3-2.9 2.8-4.5 6-4.5s5.7 1.6 6 4.5zM15.5 5.2a3.3 3.3 0 0 1 0 6.1M17.5 14.8c2 .6 3.3 2 3.5 4.2'),
  down: icon('M12 5v14M6 13l6 6 6-6'),
  add: icon('M12 5v14M5 12h14'),
  check: icon('M5 12.5l4.5 4.5L19 7.5'),
  out: icon('M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4', { mirrored: true }),
  device: icon('M8 4h8a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM12 11a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 7.4v.1'),
  share: icon('M9 14.5L20 3.5M20 3.5L14 20.5l-5-6-6-3z', { mirrored: true }),
  heart: icon('M12 20S4 15.2 4 9.4A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 8 2.2C20 15.2 12 20 12 20z'),
  heartFull: icon('M12 20S4 15.2 4 9.4A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 8 2.2C20 15.2 12 20 12 20z', { solid: true }),
  back: icon('M15 5l-7 7 7 7', { mirrored: true }),
  onward: icon('M9 5l7 7-7 7', { mirrored: true }),
  clock: icon('M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.3l2.8 1.7'),
  playlist: icon('M4 7h11M4 12h11M4 17h6M14.5 18.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM14.5 18.5V11l5-1'),
  computer: icon('M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM2.5 19.5h19'),
  phone: icon('M8 3.5h8a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5zM11 17.5h2'),
  note: icon('M9 17.5V6.5l10-2v11M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z'),
  warning: icon('M12 4.5L3.5 19h17zM12 10.5v3.5M12 16.5v.1'),
});
