import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const loaded: string[] = [];
let fails = false;

/** A mock is made once for all of a file, unless it is told anew. */
function mockPieces(): void {
  vi.doMock('../../../elements/chat-room/define.js', () => {
    if (fails) throw new Error('404');
    loaded.push('chat-room');
    return {};
  });
  vi.doMock('../../../elements/room-player/define.js', () => {
    loaded.push('room-player');
    return {};
  });
}

/** As much of an element as the loader asks for. */
class FakeElement {
  constructor(
    readonly localName: string,
    readonly children: readonly FakeElement[] = [],
  ) {}

  querySelector(name: string): FakeElement | null {
    for (const child of this.children) {
      const found = child.localName === name ? child : child.querySelector(name);
      if (found) return found;
    }
    return null;
  }
}

let observing: Node | null;
let added: (...nodes: object[]) => void;

class FakeObserver {
  constructor(callback: (records: readonly { addedNodes: readonly object[] }[]) => void) {
    added = (...addedNodes) => {
      if (observing) callback([{ addedNodes }]);
    };
  }

  observe(target: Node, options: MutationObserverInit): void {
    expect(options).toEqual({ childList: true, subtree: true });
    observing = target;
  }

  disconnect(): void {
    observing = null;
  }
}

async function pageWith(...children: FakeElement[]): Promise<void> {
  vi.stubGlobal('location', new URL(address));
  vi.stubGlobal('document', new FakeElement('#document', children));
  await import('../../../elements/roomtone-lazy.js');
}

let address: string;
let defined: Set<string>;

beforeEach(() => {
  address = 'https://host.example/page';
  vi.resetModules();
  mockPieces();
  defined = new Set();
  vi.stubGlobal('customElements', { get: (name: string) => (defined.has(name) ? FakeElement : undefined) });
  vi.stubGlobal('Element', FakeElement);
  vi.stubGlobal('MutationObserver', FakeObserver);
  loaded.length = 0;
  observing = null;
  fails = false;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('the window that Spotify sends back gets the player, which closes it, though its page has none', async () => {
  address += '?code=x&state=roomtone.popup.y';
  await pageWith();
  await vi.waitFor(() => expect(loaded).toEqual(['room-player']));
});

test('what another version has defined is not loaded', async () => {
  defined.add('room-player');
  await pageWith(new FakeElement('room-player'), new FakeElement('chat-room'));
  await vi.waitFor(() => expect(loaded).toEqual(['chat-room']));
});

test('a page without the elements downloads neither', async () => {
  await pageWith(new FakeElement('main'));
  added(new FakeElement('p'), { nodeType: 3 });
  await vi.dynamicImportSettled();
  expect(loaded).toEqual([]);
  expect(observing).toBe(document);
});

test('what stands in the page is loaded, and the other one is waited for', async () => {
  await pageWith(new FakeElement('main', [new FakeElement('chat-room')]));
  await vi.waitFor(() => expect(loaded).toEqual(['chat-room']));
  expect(observing).toBe(document);
});

test('what is added later is loaded, deep within what is added too', async () => {
  await pageWith();
  added(new FakeElement('chat-room'));
  await vi.waitFor(() => expect(loaded).toEqual(['chat-room']));
  added(new FakeElement('div', [new FakeElement('section', [new FakeElement('room-player')])]));
  await vi.waitFor(() => expect(loaded).toEqual(['chat-room', 'room-player']));
});

test('with both loaded the page is no longer watched', async () => {
  await pageWith(new FakeElement('room-player', [new FakeElement('chat-room')]));
  await vi.waitFor(() => expect(loaded).toHaveLength(2));
  expect(observing).toBeNull();
});

test('a piece that is missing on the server is said to be', async () => {
  fails = true;
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  await pageWith(new FakeElement('chat-room'));
  await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce());
  expect(warn.mock.calls[0]?.[0]).toContain('<chat-room> could not be loaded');
});
