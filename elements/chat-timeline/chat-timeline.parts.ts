import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStrings } from '../../src/strings/chat.js';
import { icons } from '../shared/icons.js';

/** Above the first message of all. */
export const beginning = (strings: ChatStrings): TemplateResult =>
  html`<div class="top"><span part="beginning">${strings.beginning}</span></div>`;

/** Above the first message in the page, where there are more before it. */
export const earlierButton = (strings: ChatStrings, loading: boolean, clicked: () => void): TemplateResult =>
  html`<div class="top">
    <button part="earlier" type="button" aria-disabled=${loading} @click=${clicked}>
      ${loading ? html`<span class="spinner"></span>${strings.loadingEarlier}` : strings.earlierMessages}
    </button>
  </div>`;

/** @param unread how many messages the reader has not come to */
export const jumpButton = (strings: ChatStrings, unread: number, clicked: () => void): TemplateResult =>
  html`<div class="jump" part="jump">
    <span class="pill">
      <button part="jump-button" type="button" aria-describedby="unread" @click=${clicked}>
        ${icons.down}${strings.jumpToLatest}
      </button>
      ${unread ? html`<span class="unread" id="unread" part="unread">${strings.unread(unread)}</span>` : nothing}
    </span>
  </div>`;
