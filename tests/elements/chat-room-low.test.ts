import { expect } from '@open-wc/testing';
import type { ChatSnapshot } from '../../src/chat/model.js';
import type { ChatTimeline } from '../../elements/chat-timeline/chat-timeline.js';
import { MessageReplyEvent } from '../../src/chat-events.js';
import { initialSnapshot } from '../../src/player/snapshot.js';
import { providePlayer } from './support/chat-player.js';
import { settled } from './support/chat-page.js';
import { ann, bob, conversation, FakeSession, lobby } from './support/chat-session.js';
import { ManualClock } from './support/manual-clock.js';
import { find, maybe } from './support/shadow.js';
import { smallWindow } from './support/small-window.js';
import { track } from './support/tracks.js';

const ready: Partial<ChatSnapshot> = { status: 'ready', room: lobby, me: ann, members: [ann, bob], messages: conversation(12) };

interface LowRoom {
  readonly room: HTMLElementTagNameMap['chat-room'];
  readonly timeline: ChatTimeline;
  readonly composer: HTMLElement;
}

/** A room in a window of `height` px: 320 by 256 is one of 1280 by 1024 at 400 %. */
async function lowRoom(snapshot: Partial<ChatSnapshot>, { height = 256, plays = false, blockSize = '' } = {}): Promise<LowRoom> {
  const page = await smallWindow(320, height, '/elements/chat-room/define.ts', '/elements/chat-room/parts.ts');
  if (plays) providePlayer(page.body, { ...initialSnapshot, status: 'ready', track: track(1) });
  const room = page.createElement('chat-room');
  const session = new FakeSession();
  session.show(snapshot);
  Object.assign(room, { room: 'lobby', supabaseUrl: '/supabase', supabaseKey: 'test', clock: new ManualClock(), createSession: () => session });
  if (blockSize) room.style.setProperty('--roomtone-chat-block-size', blockSize);
  page.body.append(room);
  await settled(room);
  return { room, timeline: find<ChatTimeline>(room, 'chat-timeline'), composer: find(room, 'chat-composer') };
}

/** So many px of `element` are seen of the room, once one has scrolled to it. */
function seen(room: HTMLElement, element: HTMLElement): number {
  element.scrollIntoView({ block: 'end' });
  const [outer, inner] = [room.getBoundingClientRect(), element.getBoundingClientRect()];
  return Math.min(outer.bottom, inner.bottom) - Math.max(outer.top, inner.top);
}

function expectUsable({ room, timeline, composer }: LowRoom, name: string): void {
  const log = find(timeline, '[role="log"]');
  const send = find(composer, '[part~="send"]');
  expect(log.clientHeight, `${name}: log`).to.be.at.least(88);
  expect(seen(room, log), `${name}: what is seen of it`).to.be.at.least(88);
  for (const element of [find(composer, 'textarea'), send]) {
    expect(seen(room, element), `${name}: ${element.localName}`).to.be.at.least(element.offsetHeight - 1);
  }
  expect(room.ownerDocument.documentElement.scrollWidth, `${name}: width`).to.be.at.most(320);
  expect(find(room, '.room').scrollWidth, `${name}: width of the room`).to.be.at.most(320);
}

describe('<chat-room> in a window of 320 by 256 px, as one at 400 % is', () => {
  it('a conversation', async () => expectUsable(await lowRoom(ready), 'ready'));

  it('what the visitor hears stands above it', async () => expectUsable(await lowRoom(ready, { plays: true }), 'listening'));

  it('the connection is gone', async () => {
    expectUsable(await lowRoom({ ...ready, status: 'reconnecting' }, { plays: true }), 'reconnecting');
  });

  it('it stopped', async () => {
    expectUsable(await lowRoom({ ...ready, status: 'failed', problem: { code: 'not-a-member' } }), 'stopped');
  });

  it('an answer of several lines', async () => {
    const low = await lowRoom(ready);
    low.timeline.dispatchEvent(new MessageReplyEvent('m11'));
    await settled(low.room);
    expect(maybe(low.composer, '[part="context"]')).not.to.equal(null);
    const box = find<HTMLTextAreaElement>(low.composer, 'textarea');
    box.value = 'one\ntwo\nthree\nfour\nfive\nsix';
    box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await settled(low.room);
    expectUsable(low, 'answer');
  });

  it('the door: its field and its button', async () => {
    const { room } = await lowRoom({ status: 'signed-out', room: lobby });
    const form = find(room, 'chat-guest-form');
    for (const name of ['input', 'button']) {
      const element = find(form, name);
      expect(seen(room, element), name).to.be.at.least(element.offsetHeight - 1);
    }
  });

  it('a page that gives it still less: it scrolls within, and all of it is reached', async () => {
    const low = await lowRoom(ready, { plays: true, blockSize: '180px' });
    expect(low.room.getBoundingClientRect().height).to.equal(180);
    expectUsable(low, 'less');
  });
});

describe('<chat-room> as high as ever', () => {
  it('does not scroll as a whole', async () => {
    const { room } = await lowRoom({ ...ready, messages: conversation(40) }, { height: 700, plays: true });
    const section = find(room, '.room');
    expect(room.getBoundingClientRect().height).to.equal(595);
    expect(section.scrollHeight).to.equal(section.clientHeight);
  });
});
