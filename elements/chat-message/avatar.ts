import { noChange, type ElementPart } from 'lit';
import { Directive, directive, PartType, type PartInfo } from 'lit/directive.js';

/** Whose picture is asked for. */
export interface AvatarOf {
  /** The member's id, which is the user's at Supabase: of a sign-in of the page's own, the page's own. */
  readonly id: string;
  readonly name: string;
}

/** Gives the address of a member's picture; null for the initial of the name. */
export type AvatarSource = (of: AvatarOf) => string | null;

class AvatarDirective extends Directive {
  #image: HTMLImageElement | null = null;

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('An avatar is of an element.');
  }

  override render(_source: AvatarSource | null, _of: AvatarOf): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [source, of]: [AvatarSource | null, AvatarOf]): typeof noChange {
    const address = source && asked(source, of);
    if (address) this.#show(element, address);
    else if (this.#image) {
      this.#image.remove();
      this.#image = null;
    }
    return noChange;
  }

  /** Over the initial, which stays until the picture is there, and where it never comes. */
  #show(element: Element, address: string): void {
    const image = (this.#image ??= picture());
    // Before all: what comes after a binding at an element's end is Lit's to remove.
    if (image.parentElement !== element) element.prepend(image);
    if (image.getAttribute('src') === address) return;
    image.removeAttribute('data-loaded');
    image.src = address;
  }
}

function picture(): HTMLImageElement {
  const image = Object.assign(document.createElement('img'), { alt: '', decoding: 'async', referrerPolicy: 'no-referrer' });
  image.addEventListener('load', () => image.toggleAttribute('data-loaded', true));
  image.addEventListener('error', () => image.removeAttribute('data-loaded'));
  return image;
}

let warned = false;

/** A page's mistake takes no message away: it warns once, and the initial stands. */
function asked(source: AvatarSource, of: AvatarOf): string | null {
  try {
    return source(of) || null;
  } catch (error) {
    if (!warned) console.warn('<chat-room>: the function `avatar` failed; initials are shown in place of pictures.', error);
    warned = true;
    return null;
  }
}

/** The page's own picture of a member, in the circle with the initial. By hand: a child binding leaves a comment in each row. */
export const avatar = directive(AvatarDirective);
