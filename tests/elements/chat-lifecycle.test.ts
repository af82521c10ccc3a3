import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { prepared, settled } from './support/chat-page.js';
import { conversation } from './support/chat-session.js';

type Target = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** Counts the listeners that are on `targets`, from now on. */
function countListeners(...targets: Target[]): { readonly open: number; restore(): void } {
  const open = new Set<string>();
  const ids = new WeakMap<object, number>();
  let next = 0;
  const key = (target: Target, type: string, listener: object): string => {
    if (!ids.has(listener)) ids.set(listener, next++);
    return `${targets.indexOf(target)} ${type} ${ids.get(listener)}`;
  };
  const originals = targets.map(({ addEventListener, removeEventListener }) => ({ addEventListener, removeEventListener }));
  for (const [index, target] of targets.entries()) {
    const original = originals[index];
    if (!original) continue;
    target.addEventListener = (...args: Parameters<EventTarget['addEventListener']>) => {
      if (args[1]) open.add(key(target, args[0], args[1]));
      original.addEventListener.apply(target, args);
    };
    target.removeEventListener = (...args: Parameters<EventTarget['removeEventListener']>) => {
      if (args[1]) open.delete(key(target, args[0], args[1]));
      original.removeEventListener.apply(target, args);
    };
  }
  return {
    get open() {
      return open.size;
    },
    restore: () => targets.forEach((target, index) => Object.assign(target, originals[index])),
  };
}

/** Counts the observers that observe something. */
function countObservers(): { readonly open: number; restore(): void } {
  const open = new Set<object>();
  const originals = { ResizeObserver: window.ResizeObserver, IntersectionObserver: window.IntersectionObserver };
  window.ResizeObserver = class extends originals.ResizeObserver {
    override observe(...args: Parameters<ResizeObserver['observe']>): void {
      open.add(this);
      super.observe(...args);
    }
    override disconnect(): void {
      open.delete(this);
      super.disconnect();
    }
  };
  window.IntersectionObserver = class extends originals.IntersectionObserver {
    override observe(target: Element): void {
      open.add(this);
      super.observe(target);
    }
    override disconnect(): void {
      open.delete(this);
      super.disconnect();
    }
  };
  return {
    get open() {
      return open.size;
    },
    restore: () => void Object.assign(window, originals),
  };
}

describe('<chat-room> that comes and goes a hundred times', () => {
  it('leaves no subscription, listener, observer, timer or node behind', async () => {
    const box = await fixture<HTMLElement>(html`<div></div>`);
    const listeners = countListeners(window, document, document.documentElement, document.body);
    const observers = countObservers();
    const nodes = document.querySelectorAll('*').length;
    try {
      let subscriptions = 0;
      for (let round = 0; round < 100; round++) {
        const { room, sessions, clock } = prepared();
        box.append(room);
        await room.updateComplete;
        const session = sessions[0];
        if (!session) throw new Error('The room made no session.');
        session.open({ messages: conversation(5), unread: round, typing: [] });
        await room.updateComplete;
        if (round % 10 === 0) await settled(room);
        room.remove();
        clock.tick(0);
        expect(session.disposed).to.equal(true);
        let told = 0;
        room.addEventListener('unread-change', () => told++);
        session.show({ unread: 99 });
        subscriptions += told;
        expect(clock.waiting).to.equal(0);
        expect(sessions).to.have.length(1);
      }
      await aTimeout(0);
      expect(subscriptions).to.equal(0);
      expect(box.childNodes).to.have.length(0);
      expect(document.querySelectorAll('*').length).to.equal(nodes);
      expect(listeners.open, 'listeners').to.equal(0);
      expect(observers.open, 'observers').to.equal(0);
    } finally {
      listeners.restore();
      observers.restore();
    }
  });

  it('keeps its session when it is only moved', async () => {
    const box = await fixture<HTMLElement>(html`<div><div></div><div></div></div>`);
    const { room, sessions, clock } = prepared();
    for (let round = 0; round < 100; round++) box.children[round % 2]?.append(room);
    clock.tick(0);
    await settled(room);
    expect(sessions).to.have.length(1);
    expect(sessions[0]?.disposed).to.equal(false);
    room.remove();
    clock.tick(0);
    expect(sessions[0]?.disposed).to.equal(true);
  });
});
