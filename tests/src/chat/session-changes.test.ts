import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import type { TimelineMessage } from '../../../src/chat/model.js';
import { settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { couple } from './listening.js';
import { bodies, inTheRoom, type Visitor } from './visitor.js';

const newest = ({ session }: Visitor): TimelineMessage | undefined => session.snapshot.messages.at(-1);

async function saidBy(one: Visitor, body: string): Promise<string> {
  one.session.send(body);
  await settled();
  return newest(one)?.id ?? '';
}

describe('changes of a message', () => {
  it('are seen by everybody, in the order of the log', async () => {
    const { ann, bob } = await couple();
    const id = await saidBy(ann, 'hello');
    expect(ann.session.edit(id, ' hello there ')).toBeNull();
    bob.session.react(id, '👍');
    bob.session.react(id, '🎉');
    await settled();
    for (const one of [ann, bob]) expect(newest(one)).toMatchObject({ body: 'hello there', changing: false, reactions: [{ emoji: '👍' }, { emoji: '🎉' }] });
    bob.session.react(id, '👍');
    ann.session.remove(id);
    await ann.clock.advance(100);
    expect(newest(bob)).toMatchObject({ deleted: true, body: '', reactions: [] });
    expect(bob.database.entries.map(({ kind }) => kind)).toEqual(['message', 'edit', 'react', 'react', 'unreact', 'delete']);
  });

  it('go out in the order of writing, behind the messages before them', async () => {
    const { ann } = await couple();
    const id = await saidBy(ann, 'one');
    ann.session.send('two');
    ann.session.edit(id, 'one!');
    ann.session.send('three');
    await settled();
    expect(ann.database.entries.map(({ body }) => body)).toEqual(['one', 'two', 'one!', 'three']);
  });

  it('that are refused are undone, and told', async () => {
    const { ann } = await couple();
    const id = await saidBy(ann, 'hello');
    ann.gateway.before = (method) => {
      if (method === 'edit') throw new ChatError('not-allowed');
    };
    ann.session.edit(id, 'changed');
    expect(newest(ann)).toMatchObject({ body: 'changed', changing: true });
    await settled();
    expect(newest(ann)).toMatchObject({ body: 'hello', changing: false });
    expect(ann.session.snapshot.notice).toEqual({ code: 'not-allowed' });
    ann.session.dismissNotice();
    expect(ann.session.snapshot.notice).toBeNull();
  });

  it('are tried again while the network is away', async () => {
    const { ann } = await couple();
    const id = await saidBy(ann, 'hello');
    ann.gateway.before = (method) => {
      if (method === 'react') throw new ChatError('network');
    };
    ann.session.react(id, '👍');
    await ann.clock.advance(3000);
    expect(newest(ann)).toMatchObject({ changing: true });
    ann.gateway.before = () => {};
    await ann.clock.advance(10_000);
    expect(newest(ann)).toMatchObject({ changing: false, reactions: [{ emoji: '👍', mine: true }] });
    expect(ann.session.snapshot.notice).toBeNull();
  });

  it('that somebody else made already are no changes any more', async () => {
    const { ann } = await couple();
    const id = await saidBy(ann, 'hello');
    const me = ann.session.snapshot.me?.id ?? '';
    ann.database.deliver = () => {};
    ann.database.remove(me, 'other-tab', id);
    ann.session.remove(id);
    await settled();
    await ann.clock.advance(1000);
    expect(newest(ann)).toMatchObject({ deleted: true, changing: false });
    expect(ann.session.snapshot.notice).toBeNull();
  });

  it('are not taken where they cannot be', async () => {
    const { ann, bob } = await couple();
    const id = await saidBy(ann, 'hello');
    expect(bob.session.edit(id, 'x')).toEqual({ code: 'not-allowed' });
    expect(ann.session.edit('nothing', 'x')).toEqual({ code: 'message-unknown' });
    expect(ann.session.edit(id, ' ')).toEqual({ code: 'message-empty' });
    for (const emoji of ['', ' ', 'a b', '\u200b', '👍'.repeat(17)]) ann.session.react(id, emoji);
    expect(ann.session.edit(id, 'hello')).toBeNull();
    await settled();
    expect(ann.database.entries).toHaveLength(1);
  });
});

describe('a page of history', () => {
  it('that holds only reactions is read on until there is something to read', async () => {
    const database = new FakeRoom();
    database.fill(60);
    for (let i = 0; i < 300; i++) database.react(`p${i}`, `r${i}`, 'old-1', '👍', true);
    const one = await inTheRoom('Ann', database);
    expect(one.session.snapshot.messages.length).toBeGreaterThanOrEqual(30);
    expect(one.gateway.count('entriesBefore')).toBeLessThan(6);
    await one.session.loadOlder();
    expect(one.session.snapshot.messages[0]?.reactions).toMatchObject([{ emoji: '👍', count: 300 }]);
  });

  it('is read back to a message that somebody wants to see', async () => {
    const database = new FakeRoom();
    database.fill(1500);
    const one = await inTheRoom('Ann', database);
    expect(await one.session.reveal('old-3')).toBe(true);
    expect(bodies(one)).toContain('message 3');
    expect(one.gateway.count('entriesBefore')).toBeLessThan(8);
    expect(await one.session.reveal('nothing')).toBe(false);
  });

  it('is there as soon as it is found, however busy the room is', async () => {
    const database = new FakeRoom();
    database.fill(300);
    const one = await inTheRoom('Ann', database, undefined, { frames: () => () => {} });
    database.fill(10);
    await settled();
    expect(await one.session.reveal('old-5')).toBe(true);
    expect(bodies(one)).toContain('message 5');
    await one.clock.advance(100);
    expect(one.session.snapshot.busy).toBe(true);
  });

  it('is not read back any further once the visitor has left', async () => {
    const database = new FakeRoom();
    database.fill(5000);
    const one = await inTheRoom('Ann', database);
    const revealing = one.session.reveal('old-1');
    one.session.dispose();
    expect(await revealing).toBe(false);
    expect(one.gateway.count('entriesBefore')).toBeLessThan(4);
  });
});

describe('what a message shows of others', () => {
  it('is looked up together where the log does not have it', async () => {
    const database = new FakeRoom();
    database.fill(100);
    database.enter('cem', 'Cem');
    for (let i = 1; i <= 5; i++) database.write('author', `reply-${i}`, 'yes', null, { replyTo: `old-${i}`, mentions: ['cem'] });
    const one = await inTheRoom('Ann', database);
    expect(newest(one)?.replyTo).toMatchObject({ state: 'loading' });
    await one.clock.advance(100);
    expect(newest(one)?.replyTo).toMatchObject({ authorName: 'Ada', body: 'message 5', state: 'known' });
    expect(newest(one)?.mentions).toEqual([{ id: 'cem', name: 'Cem' }]);
    expect(one.gateway.count('messagesNow')).toBe(1);
  });

  it('is asked for again by the slow check when it could not be found out', async () => {
    const database = new FakeRoom();
    database.fill(60);
    database.write('author', 'reply', 'yes', null, { replyTo: 'old-1' });
    const one = await inTheRoom('Ann', database);
    one.gateway.before = (method) => {
      if (method === 'messagesNow') throw new ChatError('network');
    };
    await one.clock.advance(1000);
    expect(newest(one)?.replyTo).toMatchObject({ state: 'loading' });
    one.gateway.before = () => {};
    await one.clock.advance(60_000);
    expect(newest(one)?.replyTo).toMatchObject({ state: 'known' });
  });
});
