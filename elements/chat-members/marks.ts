import { html, nothing, type TemplateResult } from 'lit';
import type { Member } from '../../src/chat/model.js';
import type { ChatStrings, MemberMark } from '../../src/strings/chat.js';
import { isMuted } from './rank.js';
import { signs } from '../shared/signs.js';

/** What is said of a member beside their name: who they are, by a sign; what they are just now, by a word. */
export function marks(strings: ChatStrings, member: Member, { mine, now }: { readonly mine: boolean; readonly now: number }): TemplateResult {
  const { role, isGuest, away } = member;
  const said: MemberMark[] = [];
  if (role !== 'member') said.push(role);
  if (isMuted(member, now)) said.push('muted');
  // Said where it tells one something: who looks after the room is known by that, and everybody knows it of themselves.
  if (isGuest && role === 'member' && !mine) said.push('guest');
  if (away) said.push('away');
  return html`<span class="marks">
    ${mine ? html`<span class="you">(${strings.you})</span>` : nothing}
    ${said.map((mark) => {
      const picture = mark === 'guest' || mark === 'away' ? null : signs[mark];
      const word = strings.marks[mark];
      return picture
        ? html` <span class="sign" part="mark" title=${word}>${picture}<span class="visually-hidden">${word}</span></span>`
        : html` <span class="word" part="mark">${word}</span>`;
    })}
  </span>`;
}
