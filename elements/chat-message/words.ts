import { noChange, type ElementPart } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { pieces, type Piece } from './links.js';

class Words extends Directive {
  #body: string | null = null;

  render(_body: string): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [body]: [string]): typeof noChange {
    if (body !== this.#body) element.replaceChildren(...pieces(body).map(nodeOf));
    this.#body = body;
    return noChange;
  }
}

function nodeOf({ text, href }: Piece): string | HTMLAnchorElement {
  if (href === undefined) return text;
  const link = document.createElement('a');
  link.href = href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow ugc';
  link.part.add('link');
  link.textContent = text;
  return link;
}

/**
 * Fills an element with a message's words and addresses. By hand, because a child template leaves two comments in the
 * page for each piece, and a long room has thousands.
 */
export const words = directive(Words);
