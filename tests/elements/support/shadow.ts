/** The one element in the shadow tree of `host` that `selector` finds; a test that looks for another one has failed. */
export function find<T extends Element = HTMLElement>(host: Element, selector: string): T {
  const found = maybe<T>(host, selector);
  if (!found) throw new Error(`No ${selector} in <${host.localName}>.`);
  return found;
}

export function maybe<T extends Element = HTMLElement>(host: Element, selector: string): T | null {
  return host.shadowRoot?.querySelector<T>(selector) ?? null;
}

export function all<T extends Element = HTMLElement>(host: Element, selector: string): T[] {
  return [...(host.shadowRoot?.querySelectorAll<T>(selector) ?? [])];
}

/** A button by its accessible name: the label, or else its words. */
export function button(host: Element, name: string): HTMLButtonElement {
  const found = maybeButton(host, name);
  if (!found) throw new Error(`No button "${name}" in <${host.localName}>, but ${buttonNames(host).join(', ') || 'none'}.`);
  return found;
}

export const maybeButton = (host: Element, name: string): HTMLButtonElement | undefined =>
  all<HTMLButtonElement>(host, 'button').find((element) => nameOf(element) === name);

export const buttonNames = (host: Element): string[] => all(host, 'button').map(nameOf);

const nameOf = (element: Element): string => element.getAttribute('aria-label') ?? words(element);

/** The text of an element as one reads it. */
export const words = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** What has the focus within `host`: its accessible name, or else what it is. A string, for a failed test prints it. */
export const focused = (host: Element): string | undefined => {
  const element = host.shadowRoot?.activeElement;
  return element ? nameOf(element).slice(0, 40) || element.localName : undefined;
};

export function press(target: Element, key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

/** Each element with a shadow tree in `root`, and `root` itself where it has one. */
export function* shadowHosts(root: Element): Generator<Element> {
  if (root.shadowRoot) yield root;
  for (const child of [...(root.shadowRoot?.querySelectorAll('*') ?? []), ...root.querySelectorAll('*')]) {
    if (child.shadowRoot) yield* shadowHosts(child);
  }
}
