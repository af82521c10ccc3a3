import { html, svg, type TemplateResult } from 'lit';

const sign = (path: string): TemplateResult => html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${path}></path>`}</svg>`;

/** What a member is, as a picture: a crown, a shield, a ring crossed out. Words stand beside it. */
export const signs = Object.freeze({
  owner: sign('M4 17l-1-9 5 4 4-7 4 7 5-4-1 9zM4 20h16'),
  moderator: sign('M12 3.5l7 2.5v5.5c0 4.2-2.8 7.4-7 9-4.2-1.6-7-4.8-7-9V6zM9 12l2.2 2.2L15.5 10'),
  muted: sign('M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.5 6.5l11 11'),
});
