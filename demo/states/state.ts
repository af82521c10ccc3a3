import type { Clock } from '../../src/clock.ts';
import { night } from './fakes.ts';

/** One state of an element, as the page shows it and as the tests look at it. */
export interface State {
  /** `<element>-<state>`: the name of its picture. */
  readonly id: string;
  /** In a few words. */
  readonly title: string;
  /** Width of its box, in px. */
  readonly width: number;
  /** Lies in the top layer (a dialog, a menu, the bubble), and is shown one at a time. */
  readonly alone?: boolean;
  make(): HTMLElement;
  /** What a visitor does to get there, once the element is in the page. */
  reach?(element: HTMLElement): Promise<unknown>;
}

/** The first element that `selectors` lead to, each within the shadow tree of the one before. Waits until it is there. */
export async function within(root: Element, ...selectors: readonly string[]): Promise<HTMLElement> {
  let host: Element = root;
  for (const selector of selectors) host = await appeared(host, selector);
  return host as HTMLElement;
}

async function appeared(host: Element, selector: string): Promise<Element> {
  for (let frames = 0; frames < 600; frames++) {
    const found = host.shadowRoot?.querySelector(selector);
    if (found) return found;
    await frame();
  }
  throw new Error(`No ${selector} in <${host.localName}>.`);
}

export const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

export async function click(root: Element, ...selectors: readonly string[]): Promise<void> {
  (await within(root, ...selectors)).click();
}

export function press(key: string, target: HTMLElement): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
}

/** Types into a field as a visitor does. */
export async function type(text: string, root: Element, ...selectors: readonly string[]): Promise<HTMLElement> {
  const field = (await within(root, ...selectors)) as HTMLInputElement;
  field.focus();
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  return field;
}

function* hosts(root: Element): Generator<Element> {
  if (root.shadowRoot) yield root;
  for (const child of [...(root.shadowRoot?.querySelectorAll('*') ?? []), ...root.querySelectorAll('*')]) {
    if (child.shadowRoot) yield* hosts(child);
  }
}

/** Shows `state` in `place`, as far as a visitor would have got. */
export async function show(state: State, place: HTMLElement): Promise<HTMLElement> {
  const element = state.make();
  place.append(element);
  await settled(place);
  await state.reach?.(element);
  await settled(place);
  return element;
}

/** All of it is rendered, time stands still in it, and the pictures that can be seen are there. */
export async function settled(root: Element): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const host of hosts(root)) {
      await (host as { updateComplete?: Promise<unknown> }).updateComplete;
      // What elements make of others in their own trees, the player's controls say, goes by the system's clock.
      stopTime(host);
      for (const picture of host.shadowRoot?.querySelectorAll('img') ?? []) await arrived(picture);
    }
    await frame();
    await frame();
  }
}

function stopTime(host: Element & { clock?: Clock; requestUpdate?(): void }): void {
  if (!host.clock || host.clock === night) return;
  host.clock = night;
  host.requestUpdate?.();
}

async function arrived(picture: HTMLImageElement): Promise<void> {
  // What is put off is not decoded before it comes near: below the fold late, in a hidden panel never.
  if (!picture.checkVisibility()) return;
  picture.loading = 'eager';
  await picture.decode().catch(() => undefined);
}
