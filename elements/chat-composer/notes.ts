import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStrings } from '../../src/strings/chat.js';

/** The counter appears when this many characters remain. */
const nearLimit = 200;

/**
 * A sentence below the box: `quiet` tells, `problem` says what is wrong with the text, `spoken` says to who cannot see it
 * what stands there already.
 */
export interface Note {
  readonly kind: 'quiet' | 'problem' | 'spoken';
  readonly text: string;
}

export interface Notes {
  readonly note: Note | null;
  /** How many characters remain; below 0 there are too many. */
  readonly left: number;
  /** Seconds until one may write again; 0 when now. */
  readonly wait: number;
}

export function notes(strings: ChatStrings, { note, left, wait }: Notes): TemplateResult {
  const seen = note !== null && note.kind !== 'spoken';
  // The sentence of the limit has the number in it.
  const counted = left <= nearLimit && !seen;
  const kind = note?.kind === 'spoken' ? 'visually-hidden' : (note?.kind ?? '');
  // The live region is there from the start: one that appears with its text is often not read. What counts down is
  // outside of it.
  return html`<div class="notes ${seen || counted || wait ? 'filled' : ''}">
    ${wait && !seen ? html`<p class="note slow" id="slow" part="slow">${strings.slowMode(wait)}</p>` : nothing}
    <p class="note ${kind}" id="note" part="note" aria-live="polite">${note?.text}</p>
    ${counted
      ? html`<span class="count ${left < 0 ? 'over' : ''}" part="count"
          >${left < 0 ? strings.charactersOver(-left) : strings.charactersLeft(left)}</span
        >`
      : nothing}
  </div>`;
}
