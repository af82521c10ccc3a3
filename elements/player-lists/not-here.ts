import { html, type TemplateResult } from 'lit';
import type { PlayerSnapshot } from '../../src/player/snapshot.js';
import type { PlayerStrings } from '../../src/strings/player.js';

/** In place of what the player of the moment cannot do at all: the reason, in one line. */
export const notHere = (t: PlayerStrings, { capabilities }: PlayerSnapshot): TemplateResult =>
  html`<p class="not-here" part="status" role="status"><bdi>${t.notHere(capabilities.includes('skip'))}</bdi></p>`;
