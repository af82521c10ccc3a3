import { html, svg, type TemplateResult } from 'lit';

const icon = (path: string, mirrored = false): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" ?data-mirrored=${mirrored}>${svg`<path d=${path}></path>`}</svg>`;

/** Decorative pictures for what one can do with a message, as lines on a 24 px grid. */
export const actionIcons = Object.freeze({
  react: icon('M20 11.4A8 8 0 1 1 12.6 4M9 10v.1M14.5 10v.1M8.5 14a4.3 4.3 0 0 0 7 0M18.5 2.5v6M15.5 5.5h6'),
  reply: icon('M10 6l-6 5.5 6 5.5M4 11.5h9a7 7 0 0 1 7 7', true),
  more: icon('M5 11.5h1v1H5zM11.5 11.5h1v1h-1zM18 11.5h1v1h-1z'),
  edit: icon('M5 19l1-4L16.5 4.5l3 3L9 18zM14.5 6.5l3 3'),
  remove: icon('M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10 11v5M14 11v5'),
  report: icon('M6 21V4.5h12l-3 4.2 3 4.3H6', true),
});
