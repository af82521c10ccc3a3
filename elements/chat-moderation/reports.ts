import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Ban, Moderation, Report } from '../../src/chat/model.js';
import type { ModerationStrings } from '../../src/strings/moderation.js';
import { momentOf } from '../chat-message/time.js';
import { untilMoment } from './moment.js';

export interface ReportHandlers {
  readonly busy: boolean;
  /** How moments are written, BCP 47. */
  readonly tag: string;
  remove(report: Report): void;
  mute(report: Report): void;
  ban(report: Report): void;
  dismiss(report: Report): void;
}

function reportItem(strings: ModerationStrings, report: Report, handlers: ReportHandlers): TemplateResult {
  const { authorId, authorName, body, reporterName, reason, at } = report;
  const button = (label: string, act: (report: Report) => void, usable = true): TemplateResult =>
    html`<button type="button" ?disabled=${handlers.busy || !usable} @click=${() => act(report)}>${label}</button>`;
  return html`<li class="report" part="report">
    <p class="author shorten" dir="auto" title=${authorName}>${authorName}</p>
    ${body ? html`<blockquote dir="auto">${body}</blockquote>` : html`<p class="quiet">${strings.messageGone}</p>`}
    <p class="quiet">${strings.reportedBy(reporterName, momentOf(at, handlers.tag))}</p>
    <p dir="auto">${reason || strings.noReason}</p>
    <div class="buttons" role="group" aria-label=${strings.reportOn(authorName)}>
      ${button(strings.deleteMessage, handlers.remove, body !== '')} ${button(strings.mute, handlers.mute, authorId !== null)}
      ${button(strings.ban, handlers.ban, authorId !== null)} ${button(strings.dismiss, handlers.dismiss)}
    </div>
  </li>`;
}

/** What members told of, oldest first. */
export const reportsSection = (strings: ModerationStrings, { reports, loading }: Moderation, handlers: ReportHandlers): TemplateResult =>
  html`<section aria-labelledby="reports" part="reports">
    <h3 id="reports" tabindex="-1">${strings.reports}</h3>
    ${reports.length
      ? html`<ul role="list">
          ${repeat(reports, ({ id }) => id, (report) => reportItem(strings, report, handlers))}
        </ul>`
      : html`<p class="quiet">${loading ? strings.loading : strings.noReports}</p>`}
  </section>`;

/** Who may not come in, and until when. */
export const bansSection = (
  strings: ModerationStrings,
  { bans, loading }: Moderation,
  { busy, tag, unban }: Pick<ReportHandlers, 'busy' | 'tag'> & { unban(ban: Ban): void },
): TemplateResult =>
  html`<section aria-labelledby="bans" part="bans">
    <h3 id="bans" tabindex="-1">${strings.bans}</h3>
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
              <button type="button" aria-label=${strings.unban(ban.name)} ?disabled=${busy} @click=${() => unban(ban)}>
                ${strings.unbanShort}
              </button>
            </li>`,
          )}
        </ul>`
      : html`<p class="quiet">${loading ? strings.loading : strings.noBans}</p>`}
  </section>`;
