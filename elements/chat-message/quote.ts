import type { Quote } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';

/** Enough of the quoted words for one line. */
const most = 160;

/**
 * The line above a reply: a button that leads to the message which it answers. Made by hand, as the words beside it, and
 * once for each quote, so that a bubble can hold on to it.
 */
export function quoteLine(quote: Quote, strings: ChatStrings, clicked: () => void): HTMLButtonElement {
  const { state, authorName, body } = quote;
  const line = document.createElement('button');
  line.type = 'button';
  line.className = `quote ${state}`;
  line.part.add('quote');
  line.dir = 'auto';
  const said = { known: oneLine(body), loading: strings.quoteLoading, deleted: strings.quoteDeleted, unknown: strings.quoteUnknown }[state];
  const words = document.createElement('span');
  words.className = 'shorten';
  words.textContent = said;
  line.append(words);
  if (state === 'known') {
    const name = document.createElement('b');
    name.className = 'shorten';
    name.textContent = `${authorName}: `;
    line.prepend(name);
    // What is read must hold what is seen.
    line.setAttribute('aria-label', strings.answers(authorName, said));
  }
  // There is nothing to be led to.
  line.disabled = state === 'deleted' || state === 'unknown';
  line.addEventListener('click', clicked);
  return line;
}

/** The beginning of `body` in one line. */
export function oneLine(body: string): string {
  const start = body.slice(0, most * 2).replace(/\s+/gu, ' ').trim();
  const cut = [...start].slice(0, most).join('');
  return cut.length < start.length || body.length > most * 2 ? `${cut}…` : cut;
}
