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
  }

  /** Presses `key` until the focus is at `what`, and fails where the way leads out of the page, or around. */
  async go(what: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const way: string[] = [];
    for (let presses = 0; presses < 80; presses++) {
      await this.page.keyboard.press(key);
      const here = await this.here();
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
