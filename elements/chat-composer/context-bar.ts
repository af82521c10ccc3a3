import { html, type TemplateResult } from 'lit';
import type { Quote } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import { actionIcons } from '../chat-message/action-icons.js';
import { oneLine } from '../chat-message/quote.js';
import { icons } from '../shared/icons.js';

/** What the visitor is about: answering `quote`, or changing a message of their own. */
export function contextBar(quote: Quote | null, strings: ChatStrings, cancel: () => void): TemplateResult {
  const name = quote ? strings.cancelReply : strings.cancelEdit;
  return html`<div class="context" part="context">
    ${quote ? actionIcons.reply : actionIcons.edit}
    <p class="about" part="about" id="about">
      <b class="shorten" dir="auto">${quote ? strings.replyingTo(quote.authorName) : strings.editing}</b>
      ${quote ? html`<span class="shorten" dir="auto">${oneLine(quote.body)}</span>` : ''}
    </p>
    <button class="icon" part="cancel" type="button" aria-label=${name} title=${name} @click=${cancel}>${icons.close}</button>
  </div>`;
}
