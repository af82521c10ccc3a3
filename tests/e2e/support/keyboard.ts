import { expect, type CDPSession, type Page } from 'playwright/test';

/** Somebody without a mouse, who goes by what the browser tells a screen reader: the role and the name of what has the focus. */
export class Keyboard {
  private constructor(
    private readonly page: Page,
    private readonly tree: CDPSession,
  ) {}

  static async at(page: Page): Promise<Keyboard> {
    const tree = await page.context().newCDPSession(page);
    await tree.send('Accessibility.enable');
    return new Keyboard(page, tree);
  }

  /** What has the focus: `button "Join"`. */
  async here(): Promise<string> {
    const { result } = await this.tree.send('Runtime.evaluate', { expression: innermost });
    if (!result.objectId) return 'nothing';
    const { nodes } = await this.tree.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
    return spoken(nodes[0]);
  }

  /** Role and name of all that is in the page, in its order. */
  async everything(): Promise<readonly string[]> {
    const { nodes } = await this.tree.send('Accessibility.getFullAXTree');
    return nodes.filter(({ ignored }) => !ignored).map(spoken);
  }

  async expectHere(what: RegExp): Promise<void> {
    await expect.poll(() => this.here()).toMatch(what);
    await this.#expectSeen();
  }

  /** On each stop of the way one sees where one is (WCAG 2.4.7, 2.4.11). */
  async #expectSeen(): Promise<void> {
    const fault = await this.page.evaluate(whyUnseen);
    expect(fault && `${await this.here()}: ${fault}`).toBe('');
  }

  /** Presses `key` until the focus is at `what`, and fails where the way leads out of the page, or around. */
  async go(what: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const way: string[] = [];
    for (let presses = 0; presses < 80; presses++) {
      await this.page.keyboard.press(key);
      const here = await this.here();
      await this.#expectSeen();
      if (what.test(here)) return;
      way.push(here);
    }
    throw new Error(`${key} does not lead to ${what}, but to ${way.join(', ')}.`);
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }
}

interface Told {
  readonly role?: { readonly value?: unknown };
  readonly name?: { readonly value?: unknown };
}

const spoken = (node: Told | undefined): string => `${String(node?.role?.value)} "${String(node?.name?.value)}"`;

const innermost = `(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
})()`;

/** Runs in the page: why one would not see what has the focus, or ''. */
function whyUnseen(): string {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body || at instanceof HTMLIFrameElement) return '';
  // Itself, or what stands for it: a message shows it around its bubble.
  const drawn = [at, ...(at.shadowRoot?.querySelectorAll('*') ?? [])].find((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
  });
  if (!drawn) return 'no ring';
  const { outlineWidth, outlineOffset } = getComputedStyle(drawn);
  const out = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset) - 0.5;
  const ring = drawn.getBoundingClientRect();
  if (ring.bottom <= 0 || ring.top >= innerHeight) return 'out of the window';
  const cut = new Set<string>();
  const around = (element: Element): Element | null => element.assignedSlot ?? element.parentElement ?? ((element.getRootNode() as Partial<ShadowRoot>).host ?? null);
  // What lies in the top layer is cut by nothing around it.
  for (let place: Element | null = drawn; place && !place.matches(':popover-open, :modal'); ) {
    place = around(place);
    if (!place || place === document.documentElement) break;
    const { overflowX, overflowY, display } = getComputedStyle(place);
    if (overflowX === 'visible' || display === 'contents' || display === 'inline') continue;
    const edge = place.getBoundingClientRect();
    if (ring.left - out < edge.left) cut.add('left');
    if (ring.right + out > edge.right) cut.add('right');
    if (overflowY === 'visible') continue;
    if (ring.top - out < edge.top) cut.add('top');
    if (ring.bottom + out > edge.bottom) cut.add('bottom');
  }
  const isCut = (...sides: readonly string[]): boolean => sides.every((side) => cut.has(side));
  return isCut('left', 'right') || isCut('top', 'bottom') ? `its ring is cut: ${[...cut].join(', ')}` : '';
}
