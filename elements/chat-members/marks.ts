import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Member } from '../../src/chat/model.js';
import type { ChatStrings, MemberMark } from '../../src/strings/chat.js';
import { isMuted } from './rank.js';

const sign = (path: string): TemplateResult => html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${path}></path>`}</svg>`;

const signs: Readonly<Partial<Record<MemberMark, TemplateResult>>> = {
  owner: sign('M4 17l-1-9 5 4 4-7 4 7 5-4-1 9zM4 20h16'),
  moderator: sign('M12 3.5l7 2.5v5.5c0 4.2-2.8 7.4-7 9-4.2-1.6-7-4.8-7-9V6zM9 12l2.2 2.2L15.5 10'),
  muted: sign('M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.5 6.5l11 11'),
};

/** What is said of a member beside their name: who they are, by a sign; what they are just now, by a word. */
export function marks(strings: ChatStrings, member: Member, { mine, now }: { readonly mine: boolean; readonly now: number }): TemplateResult {
  const { role, isGuest, away } = member;
  const said: MemberMark[] = [];
  if (role !== 'member') said.push(role);
  if (isMuted(member, now)) said.push('muted');
  if (isGuest) said.push('guest');
  if (away) said.push('away');
  return html`<span class="marks">
    ${mine ? html`<span class="you">(${strings.you})</span>` : nothing}
    ${said.map((mark) => {
      const picture = signs[mark];
      const word = strings.marks[mark];
      return picture
        ? html` <span class="sign" part="mark" title=${word}>${picture}<span class="visually-hidden">${word}</span></span>`
        : html` <span class="word" part="mark">${word}</span>`;
    })}
  </span>`;
}
