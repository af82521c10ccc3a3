import { noChange, type ElementPart } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { pieces, type Piece } from './links.js';

/** What stands in a bubble. */
export interface Words {
  readonly body: string;
  /** Whose names are marked in it. */
  readonly mentions: readonly { readonly name: string }[];
  /** Where it is cut, in UTF-16 units; null shows it whole. */
  readonly end: number | null;
  /** Stands above the words. */
  readonly quote: HTMLElement | null;
  /** Stands in their place: what was shared. */
  readonly card: HTMLElement | null;
  /** The word behind an edited message, and when that was. */
  readonly edited: { readonly word: string; readonly when: string } | null;
}

class WordsDirective extends Directive {
  #shown: Words | null = null;

  render(_words: Words): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [words]: [Words]): typeof noChange {
    const before = this.#shown;
    this.#shown = words;
    if (before && isSame(before, words)) return noChange;
    const { body, mentions, end, quote, card, edited } = words;
    const nodes: (Node | string)[] = pieces(body, mentions, end ?? body.length).map(nodeOf);
    if (card) nodes.unshift(card);
    if (quote) nodes.unshift(quote);
    if (end !== null) nodes.push('…');
    if (edited) nodes.push(editedMark(edited));
    element.replaceChildren(...nodes);
    return noChange;
  }
}

/** A selection in the words, and the focus on a link, live only as long as the nodes do. */
function isSame(before: Words, now: Words): boolean {
  return (
    before.body === now.body &&
    before.end === now.end &&
    before.quote === now.quote &&
    before.card === now.card &&
    before.edited?.when === now.edited?.when &&
    before.edited?.word === now.edited?.word &&
    before.mentions.length === now.mentions.length &&
    before.mentions.every(({ name }, index) => name === now.mentions[index]?.name)
  );
}

function nodeOf(piece: Piece): string | HTMLElement {
  if (piece.kind === 'text') return piece.text;
  const element = document.createElement(piece.kind === 'link' ? 'a' : 'span');
  element.part.add(piece.kind);
  element.className = piece.kind;
  element.textContent = piece.text;
  if (piece.kind === 'link' && element instanceof HTMLAnchorElement) {
    element.href = piece.href;
    element.target = '_blank';
    element.rel = 'noopener noreferrer nofollow ugc';
  }
  return element;
}

function editedMark({ word, when }: { readonly word: string; readonly when: string }): HTMLElement {
  const mark = document.createElement('small');
  mark.className = 'edited';
  mark.part.add('edited');
  mark.title = when;
  mark.textContent = `(${word})`;
  return mark;
}

/**
 * Fills an element with a message's words, addresses and names. By hand, because a child template leaves two comments in
 * the page for each piece, and a long room has thousands.
 */
export const words = directive(WordsDirective);
