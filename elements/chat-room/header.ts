import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStatus } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import { signs } from '../shared/signs.js';
import { icons } from '../shared/icons.js';

interface HeaderOptions {
  readonly title: string;
  readonly status: ChatStatus;
  /** null where there are none to show. */
  readonly members: { readonly count: number; readonly shown: boolean; readonly toggle: () => void } | null;
  /** null for who does not moderate. */
  readonly moderation: { readonly reports: number; readonly open: () => void } | null;
  /** Closes the bubble's panel; null where there is none. */
  readonly putAway: (() => void) | null;
}

/** The line with the title. */
export const header = (strings: ChatStrings, { title, status, members, moderation, putAway }: HeaderOptions): TemplateResult =>
  html`<header class="head" part="header">
    <h2 class="title shorten" id="title" part="title" dir="auto" title=${title}>${title}</h2>
    ${strings.status[status] ? html`<span class="status" part="status">${strings.status[status]}</span>` : nothing}
    <slot name="header"></slot>
    <span class="tools">
      ${moderation
        ? html`<button
            class="moderation-button"
            part="moderation-button"
            type="button"
            aria-haspopup="dialog"
            title=${strings.moderation}
            @click=${moderation.open}
          >
            ${signs.moderator}<span class="visually-hidden">${strings.moderation}</span>
            ${moderation.reports
              ? html`<span class="badge" aria-hidden="true">${strings.count(moderation.reports)}</span
                  ><span class="visually-hidden">${strings.openReports(moderation.reports)}</span>`
              : nothing}
          </button>`
        : nothing}
      ${members
        ? html`<button
            class="members-toggle"
            part="members-toggle"
            type="button"
            aria-expanded=${members.shown}
            aria-controls="members"
            @click=${members.toggle}
          >
            ${icons.people}<span class="visually-hidden">${strings.members}</span> ${strings.count(members.count)}
          </button>`
        : nothing}
      ${putAway
        ? html`<button class="put-away" part="put-away" type="button" aria-label=${strings.close} title=${strings.close} @click=${putAway}>
            ${icons.close}
          </button>`
        : nothing}
    </span>
  </header>`;
