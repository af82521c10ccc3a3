import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Ban, Moderation, Report, ReportedMessage } from '../../src/chat/model.js';
import type { ModerationStrings } from '../../src/strings/moderation.js';
import { momentOf } from '../chat-message/time.js';
import { untilMoment } from './moment.js';

/** So many of what members said of one message are shown: the count tells of the others. */
const shown = 3;

export interface ReportHandlers {
  readonly busy: boolean;
  /** How moments are written, BCP 47. */
  readonly tag: string;
  remove(message: ReportedMessage): void;
  mute(message: ReportedMessage): void;
  ban(message: ReportedMessage): void;
  dismiss(message: ReportedMessage): void;
  /** Lists more of them. */
  more(): void;
}

const said = (strings: ModerationStrings, { reporterName, reason, at }: Report, tag: string): TemplateResult =>
  html`<div class="said">
    <p class="quiet" part="dialog-note">${strings.reportedBy(reporterName, momentOf(at, tag))}</p>
    <p part="reason" dir="auto">${reason || strings.noReason}</p>
  </div>`;

function reportItem(strings: ModerationStrings, message: ReportedMessage, handlers: ReportHandlers): TemplateResult {
  const { authorId, authorName, body, reporters, reports } = message;
  const [newest] = reports;
  const several = reporters > 1;
  const button = (label: string, act: (message: ReportedMessage) => void, usable = true): TemplateResult =>
    html`<button part="dialog-button" type="button" ?disabled=${handlers.busy || !usable} @click=${() => act(message)}>${label}</button>`;
  return html`<li class="report ${several ? 'several' : ''}" part="report" tabindex="-1">
    <p class="author shorten" part="reported-author" dir="auto" title=${authorName}>${authorName}</p>
    ${body ? html`<blockquote part="reported" dir="auto">${body}</blockquote>` : html`<p class="quiet" part="dialog-note">${strings.messageGone}</p>`}
    ${several && newest ? html`<p class="many" part="reporters">${strings.reportedByMany(reporters, momentOf(newest.at, handlers.tag))}</p>` : nothing}
    ${reports.slice(0, shown).map((report) => said(strings, report, handlers.tag))}
    <div class="buttons" role="group" aria-label=${strings.reportOn(authorName)}>
      ${button(strings.deleteMessage, handlers.remove, body !== '')} ${button(strings.mute, handlers.mute, authorId !== null)}
      ${button(strings.ban, handlers.ban, authorId !== null)} ${button(several ? strings.dismissAll : strings.dismiss, handlers.dismiss)}
    </div>
  </li>`;
}

/** What members told of, by message. */
export const reportsSection = (strings: ModerationStrings, { reports, loading }: Moderation, handlers: ReportHandlers): TemplateResult =>
  html`<section aria-labelledby="reports" part="reports">
    <h3 id="reports" part="dialog-heading" tabindex="-1">${strings.reports}</h3>
    ${reports.list.length
      ? html`<p class="quiet" part="dialog-note">${strings.reportedInAll(reports.messages, reports.reports)}</p>
          <ul role="list">
            ${repeat(reports.list, ({ messageId }) => messageId, (message) => reportItem(strings, message, handlers))}
          </ul>`
      : html`<p class="quiet" part="dialog-note">${loading ? strings.loading : strings.noReports}</p>`}
    ${reports.messages > reports.list.length
      ? html`<button class="more" part="dialog-button" type="button" ?disabled=${loading} @click=${handlers.more}>${strings.moreReports}</button>`
      : nothing}
  </section>`;

/** Who may not come in, and until when. */
export const bansSection = (
  strings: ModerationStrings,
  { bans, loading }: Moderation,
  { busy, tag, unban }: Pick<ReportHandlers, 'busy' | 'tag'> & { unban(ban: Ban): void },
): TemplateResult =>
  html`<section aria-labelledby="bans" part="bans">
    <h3 id="bans" part="dialog-heading" tabindex="-1">${strings.bans}</h3>
    ${bans.length
      ? html`<ul role="list">
          ${repeat(
            bans,
            ({ userId }) => userId,
            (ban) => html`<li class="ban" part="ban">
              <span class="who">
                <b class="shorten" dir="auto" title=${ban.name}>${ban.name}</b>
                <span class="quiet">${strings.bannedUntil(untilMoment(ban.until, tag))}</span>
                ${ban.reason ? html`<span class="quiet" dir="auto">${ban.reason}</span>` : ''}
              </span>
              <button part="dialog-button" type="button" aria-label=${strings.unban(ban.name)} ?disabled=${busy} @click=${() => unban(ban)}>
                ${strings.unbanShort}
              </button>
            </li>`,
          )}
        </ul>`
      : html`<p class="quiet" part="dialog-note">${loading ? strings.loading : strings.noBans}</p>`}
  </section>`;
