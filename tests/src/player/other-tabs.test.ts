import { describe, expect, it } from 'vitest';
import { createMemory } from '../../../src/player/memory.js';
import { createOtherTabs, type TabWindow } from '../../../src/player/other-tabs.js';
import { createPlayerSession } from '../../../src/player/session.js';
import { createTokenStore } from '../../../src/player/token-store.js';
import { FakeEngine, FakeSignIn } from './support/fake-engine.js';
import { FakeStorage } from './support/fake-storage.js';
import { playing } from './support/states.js';

type Listener = (event: StorageEvent) => void;

/** A browser whose tabs hear of each other's storage, as the HTML standard has it: all but the one that wrote. */
class FakeBrowser {
  readonly storage = new FakeStorage();
  readonly #tabs = new Set<Set<Listener>>();

  tab(): TabWindow & { readonly listening: number } {
    const listeners = new Set<Listener>();
    this.#tabs.add(listeners);
    const tell = (key: string, newValue: string | null): void => {
      for (const tab of this.#tabs) if (tab !== listeners) for (const listener of [...tab]) listener({ key, newValue } as StorageEvent);
    };
    const localStorage = new Proxy(this.storage, {
      get: (storage, name) => {
        if (name === 'setItem') return (key: string, value: string) => (storage.setItem(key, value), tell(key, value));
        if (name === 'removeItem') return (key: string) => (storage.removeItem(key), tell(key, null));
        return Reflect.get(storage, name, storage) as unknown;
      },
    });
    return {
      localStorage,
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
      get listening() {
        return listeners.size;
      },
    };
  }
}

/** A tab with a session that plays. */
async function playingTab(browser: FakeBrowser, storageKey = 'roomtone') {
  const page = browser.tab();
  const [engine, signIn] = [new FakeEngine(), new FakeSignIn()];
  signIn.remembered = true;
  const memory = createMemory(() => page.localStorage, storageKey);
  const session = createPlayerSession({ engine, signIn, memory, otherTabs: createOtherTabs(page, storageKey) });
  await session.restore();
  engine.plays(playing('a', 0));
  engine.calls.length = 0;
  return { page, engine, signIn, session, memory };
}

describe('who disconnects in one tab', () => {
  it('has disconnected in all of them: nothing plays, nothing is known, and a sign-in since then is left alone', async () => {
    const browser = new FakeBrowser();
    const [one, other] = [await playingTab(browser), await playingTab(browser)];
    await one.session.controls.disconnect();
    expect(other.engine.calls).toEqual(['disconnect']);
    expect(other.session.snapshot).toMatchObject({ status: 'signed-out', track: null, problem: null });
    expect(other.signIn.forgotten).toEqual(['page']);
    expect(one.signIn.forgotten).toEqual(['browser']);
    expect(other.memory.place).toBeNull();
    expect([...browser.storage.entries()]).toEqual([]);
  });

  it('under another storage key is somebody else', async () => {
    const browser = new FakeBrowser();
    const [one, other] = [await playingTab(browser), await playingTab(browser, 'right')];
    await one.session.controls.disconnect();
    expect(other.session.snapshot.track?.uri).toBe('spotify:track:a');
  });

  it('is not heard by a tab whose player has gone', async () => {
    const { page, session } = await playingTab(new FakeBrowser());
    expect(page.listening).toBe(1);
    session.dispose();
    expect(page.listening).toBe(0);
  });

  it('may do so without storage', async () => {
    const browser = new FakeBrowser();
    const one = await playingTab(browser);
    browser.storage.denied = true;
    await one.session.controls.disconnect();
    expect(one.session.snapshot.status).toBe('signed-out');
  });
});

it('what one page forgets, storage keeps of a newer sign-in, and not of its own', () => {
  const storage = new FakeStorage();
  const page = () => [createTokenStore(() => storage, 'roomtone', 'client'), createMemory(() => storage, 'roomtone')] as const;
  const [tokens, memory] = page();
  tokens.write('AQ-1');
  memory.leave(null, 0.4);
  const [newer, newerMemory] = page();
  newer.write('AQ-2');
  newerMemory.leave(null, 0.5);
  tokens.clear('page');
  memory.forget('page');
  expect(memory.volume).toBeNull();
  expect(tokens.read()).toBe('AQ-2');
  expect(createMemory(() => storage, 'roomtone').volume).toBe(0.5);
  // Its own refresh that came after the other tab had cleared everything.
  storage.clear();
  tokens.write('AQ-3');
  memory.leave(null, 0.6);
  tokens.clear('page');
  memory.forget('page');
  expect([...storage.entries()]).toEqual([]);
  storage.denied = true;
  tokens.write('AQ-4');
  tokens.clear('page');
  expect(tokens.read()).toBeNull();
});
