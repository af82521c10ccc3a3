import type { Part } from '../../src/strings/language.js';
import { Subscribable, type Unsubscribe } from '../../src/subscribable.js';

/** What an element's place in the page says of language. */
export interface LanguageScope {
  /** The closest `lang`; null where no ancestor has one. */
  readonly lang: string | null;
  /** The `dir` that the page set where it set `lang`, or closer: it stays. */
  readonly ownDir: boolean;
  /** The direction around the place that has `lang`. */
  readonly around: 'ltr' | 'rtl';
  /** Another element of Roomtone's stands between: direction is its affair. */
  readonly nested: boolean;
}

/** Elements that speak, and the `dir` that was set on them here, not by the page. */
const speakers = new WeakMap<Node, 'ltr' | 'rtl' | null>();

/** From `element` outwards, across shadow roots. */
function* outwards(element: Element): Generator<Element | ShadowRoot> {
  let node: Node | null = element;
  while (node) {
    if (node instanceof Element || node instanceof ShadowRoot) yield node;
    node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
  }
}

export function scopeOf(element: Element): LanguageScope {
  let lang: string | null = null;
  let ownDir = false;
  let nested = false;
  let around: 'ltr' | 'rtl' | null = null;
  for (const node of outwards(element)) {
    if (!(node instanceof Element)) continue;
    const dir = node.getAttribute('dir');
    if (lang === null) {
      ownDir ||= dir !== null && speakers.get(node) !== dir;
      lang = node.getAttribute('lang');
      nested ||= node !== element && speakers.has(node);
    } else if (dir === 'ltr' || dir === 'rtl') around ??= dir;
  }
  return { lang, ownDir, around: around ?? 'ltr', nested };
}

/** Where an element speaks; `dir` follows its language unless the page decided. */
export function setDirection(element: Element, direction: 'ltr' | 'rtl', { lang, ownDir, around, nested }: LanguageScope): void {
  const ours = speakers.get(element) ?? null;
  const wanted = lang === null || ownDir || nested || direction === around ? null : direction;
  speakers.set(element, wanted);
  if (wanted === ours) return;
  if (wanted) element.setAttribute('dir', wanted);
  else if (element.getAttribute('dir') === ours) element.removeAttribute('dir');
}

class Root extends Subscribable<void> {
  readonly #observer = new MutationObserver(() => this.emit());

  constructor(private readonly node: Node) {
    super();
  }

  override subscribe(listener: () => void): Unsubscribe {
    // What is set on the root's own elements is all there is to see: a shadow root has no attributes.
    if (!this.size) this.#observer.observe(this.node, { subtree: true, attributeFilter: ['lang', 'dir'] });
    const unsubscribe = super.subscribe(listener);
    return () => {
      unsubscribe();
      if (!this.size) this.#observer.disconnect();
    };
  }
}

const roots = new WeakMap<Node, Root>();

/** Calls `listener` when `lang` or `dir` changes in a tree that `element` stands in. One observer a tree, while somebody listens. */
export function watchScope(element: Element, listener: () => void): Unsubscribe {
  const ends: Unsubscribe[] = [replacements.subscribe(listener)];
  let root: Node | null = element.getRootNode();
  while (root) {
    let watched = roots.get(root);
    if (!watched) roots.set(root, (watched = new Root(root)));
    ends.push(watched.subscribe(listener));
    root = root instanceof ShadowRoot ? root.host.getRootNode() : null;
  }
  return () => ends.forEach((end) => end());
}

/** What pages say in place of Roomtone's sentences, by the element they said it to and the part it belongs to. */
class Replacements extends Subscribable<void> {
  readonly #of = new WeakMap<Node, Map<PartName, object>>();
  #any = false;

  set(element: Element, part: PartName, own: object | undefined): void {
    const parts = this.#of.get(element) ?? new Map<PartName, object>();
    if (parts.get(part) === own) return;
    if (own) parts.set(part, own);
    else parts.delete(part);
    this.#of.set(element, parts);
    this.#any = true;
    this.emit();
  }

  /** The closest. */
  for(element: Element, part: PartName): object | null {
    if (!this.#any) return null;
    for (const node of outwards(element)) {
      const own = this.#of.get(node)?.get(part);
      if (own) return own;
    }
    return null;
  }
}

type PartName = Part<object>['name'];

export const replacements = new Replacements();
