import { html, type TemplateResult } from 'lit';
import type { Member } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';

/** Who writes just now. To be seen, and found by whoever looks for it: said aloud it would talk over the conversation. */
export const typingLine = (strings: ChatStrings, typing: readonly Member[]): TemplateResult => {
  const names = typing.slice(0, 2).map(({ name }) => name);
  return html`<p class="typing shorten" part="typing" dir="auto">${typing.length ? strings.typing(names, typing.length) : ''}</p>`;
};
