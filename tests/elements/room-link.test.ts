import { expect } from '@open-wc/testing';
import type { ReactiveControllerHost } from 'lit';
import { RoomLink, type Wish } from '../../elements/chat-room/room-link.js';
import type { ChatSession } from '../../src/chat/session.js';
import { systemClock } from '../../src/clock.js';
import { FakeSession } from './support/chat-session.js';

const wish: Wish = { url: '/supabase', key: 'key', room: 'lobby', storageKey: null, invitation: null, client: null, hasToken: false };

/** An element in the page whose sessions come when the test gives them. */
function scene(): { link: RoomLink; element: HTMLElement; asked: ((session: ChatSession) => void)[] } {
  const asked: ((session: ChatSession) => void)[] = [];
  const controllers = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined, updateComplete: Promise.resolve(true) };
  const element: HTMLElement & ReactiveControllerHost = Object.assign(document.createElement('div'), controllers);
  const link = new RoomLink(element, {
    clock: () => systemClock,
    create: () => new Promise((give) => asked.push(give)),
    changed: () => undefined,
  });
  document.body.append(element);
  return { link, element, asked };
}

describe('a session whose code is on its way', () => {
  it('is one, however often the visitor asks for it meanwhile', async () => {
    const { link, element, asked } = scene();
    link.want(wish);
    link.again();
    const sessions = asked.map((give) => {
      const session = new FakeSession();
      give(session);
      return session;
    });
    await Promise.resolve();
    expect(sessions.map(({ disposed }) => disposed)).to.eql([false, true]);
    expect(link.session).to.equal(sessions[0]);
    element.remove();
  });

  it('is not begun for an element that wants another room by then', async () => {
    const { link, element, asked } = scene();
    link.want(wish);
    link.want({ ...wish, room: 'late-night' });
    const first = new FakeSession();
    asked[0]?.(first);
    await Promise.resolve();
    expect(first.disposed).to.equal(true);
    expect(link.session).to.equal(null);
    element.remove();
  });
});
