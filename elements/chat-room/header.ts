import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStatus } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import { icons } from '../shared/icons.js';

/** The line with the title. */
export const header = (
  strings: ChatStrings,
  { title, status, members }: {
    readonly title: string;
    readonly status: ChatStatus;
    /** null where there are none to show. */
    readonly members: { readonly count: number; readonly shown: boolean; readonly toggle: () => void } | null;
  },
): TemplateResult =>
  html`<header class="head" part="header">
    <h2 class="title shorten" id="title" part="title" dir="auto" title=${title}>${title}</h2>
    ${strings.status[status] ? html`<span class="status" part="status">${strings.status[status]}</span>` : nothing}
    ${members
      ? html`<button
          class="members-toggle"
          part="members-toggle"
          type="button"
          aria-expanded=${members.shown}
          aria-controls="members"
          @click=${members.toggle}
        >
          ${icons.people}<span class="visually-hidden">${strings.members}</span> ${members.count}
        </button>`
      : nothing}
  </header>`;
