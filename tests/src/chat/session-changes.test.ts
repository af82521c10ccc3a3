import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import type { TimelineMessage } from '../../../src/chat/model.js';
import { MemoryOutbox } from '../../../src/chat/outbox-store.js';
import { settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { couple } from './listening.js';
import { bodies, inTheRoom, visitor, type Visitor } from './visitor.js';

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

  it('name whom the new text names: an edit takes a mention out, and puts one in', async () => {
    const { ann, bob } = await couple();
    const id = await saidBy(ann, 'hello');
    expect(newest(bob)?.mentionsMe).toBe(false);
    const bobId = bob.session.snapshot.me?.id ?? '';
    expect(ann.session.edit(id, 'hello @Bob', [bobId, bobId])).toBeNull();
    await ann.clock.advance(100);
    for (const one of [ann, bob]) expect(newest(one)).toMatchObject({ body: 'hello @Bob', mentions: [{ id: bobId, name: 'Bob' }] });
    expect(newest(bob)?.mentionsMe).toBe(true);
    ann.session.edit(id, 'hello all');
    await ann.clock.advance(100);
    for (const one of [ann, bob]) expect(newest(one)).toMatchObject({ mentions: [], mentionsMe: false });
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

  it('that are refused leave their words with the message, for Retry, Discard or another try', async () => {
    const { ann } = await couple();
    const id = await saidBy(ann, 'hello');
    let code: 'not-allowed' | null = 'not-allowed';
    ann.gateway.before = (method) => {
      if (code && method === 'edit') throw new ChatError(code);
    };
    const unsaved = (): TimelineMessage['unsaved'] => newest(ann)?.unsaved ?? null;
    ann.session.edit(id, 'a long and careful correction');
    await settled();
    expect(newest(ann)).toMatchObject({ body: 'hello', changing: false, state: 'sent' });
    expect(unsaved()).toMatchObject({ body: 'a long and careful correction', problem: { code: 'not-allowed' } });
    ann.session.retry(unsaved()?.id ?? '');
    expect(newest(ann)).toMatchObject({ body: 'a long and careful correction', changing: true, unsaved: null });
    await settled();
    ann.session.discard(unsaved()?.id ?? '');
    expect(newest(ann)).toMatchObject({ body: 'hello', unsaved: null });
    ann.session.edit(id, 'once more');
    await settled();
    code = null;
    ann.session.edit(id, 'better');
    await settled();
    expect(newest(ann)).toMatchObject({ body: 'better', unsaved: null });
  });

  it('that are refused keep their words through a reload', async () => {
    const outbox = new MemoryOutbox();
    const first = await inTheRoom('Ann', new FakeRoom(), undefined, { outbox });
    const id = await saidBy(first, 'hello');
    first.gateway.before = (method) => {
      if (method === 'edit') throw new ChatError('not-allowed');
    };
    first.session.edit(id, 'kept');
    await settled();
    first.session.dispose();
    const second = visitor(first.database, undefined, 'lobby', { outbox });
    second.gateway.userId = first.gateway.userId;
    second.session.start();
    await settled();
    expect(newest(second)).toMatchObject({ body: 'hello', unsaved: { body: 'kept', problem: { code: 'not-allowed' } } });
    second.session.retry(newest(second)?.unsaved?.id ?? '');
    await settled();
    expect(newest(second)).toMatchObject({ body: 'kept', unsaved: null, changing: false });
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

  it('wait for the network as long as it takes, and nothing is lost: an edit, a deletion, a reaction', async () => {
    const { ann } = await couple();
    const [edited, gone, liked] = [await saidBy(ann, 'tyop'), await saidBy(ann, 'regretted'), await saidBy(ann, 'lovely')];
    const broken = { now: true };
    ann.gateway.before = (method) => {
      if (broken.now && ['edit', 'remove', 'react'].includes(method)) throw new ChatError(method === 'react' ? 'server' : 'network');
    };
    ann.session.edit(edited, 'typo');
    ann.session.remove(gone);
    ann.session.react(liked, '👍');
    await ann.clock.advance(15 * 60_000);
    expect(ann.session.snapshot.messages).toMatchObject([{ body: 'typo', changing: true }, { deleted: true, changing: true }, { changing: true }]);
    expect(ann.session.snapshot.notice).toBeNull();
    // One try of each in half a minute, and no more.
    const tries = ann.gateway.count('edit');
    await ann.clock.advance(60_000);
    expect(ann.gateway.count('edit') - tries).toBeLessThan(6);
    broken.now = false;
    ann.wake();
    await settled();
    expect(ann.session.snapshot.messages).toMatchObject([
      { body: 'typo', changing: false, unsaved: null },
      { deleted: true, changing: false },
      { changing: false, reactions: [{ emoji: '👍' }] },
    ]);
    expect(ann.database.entries.map(({ kind }) => kind).sort()).toEqual(['delete', 'edit', 'message', 'message', 'message', 'react']);
  });

  it('that waited long for the network are not given up for a token that is over by then', async () => {
    const { ann } = await couple();
    const liked = await saidBy(ann, 'lovely');
    let fault: 'network' | 'not-signed-in' | null = 'network';
    ann.gateway.before = (method) => {
      if (fault && method === 'react') throw new ChatError(fault);
    };
    ann.session.react(liked, '👍');
    await ann.clock.advance(15 * 60_000);
    fault = 'not-signed-in';
    await ann.clock.advance(31_000);
    fault = null;
    await ann.clock.advance(60_000);
    expect(ann.session.snapshot.messages).toMatchObject([{ changing: false, reactions: [{ emoji: '👍' }] }]);
  });

  it('and messages wait, whatever they are, for a token that is over: it says nothing of them', async () => {
    const { ann } = await couple();
    const [said, liked] = [await saidBy(ann, 'typo'), await saidBy(ann, 'lovely')];
    let over = true;
    ann.gateway.before = (method) => {
      if (over && ['edit', 'react', 'send', 'join'].includes(method)) throw new ChatError('token-expired');
    };
    ann.session.edit(said, 'fixed');
    ann.session.react(liked, '👍');
    ann.session.send('new');
    await ann.clock.advance(30 * 60_000);
    expect(ann.session.snapshot).toMatchObject({ status: 'ready', notice: null });
    expect(ann.session.snapshot.messages).toMatchObject([
      // The first in the line says what they wait for.
      { body: 'fixed', changing: true, unsaved: null, problem: { code: 'token-expired' } },
      { changing: true, problem: null },
      { body: 'new', state: 'sending', problem: null },
    ]);
    over = false;
    await ann.clock.advance(31_000);
    expect(ann.session.snapshot.messages).toMatchObject([
      { body: 'fixed', changing: false, problem: null, editedAt: expect.any(Number) as number },
      { changing: false, reactions: [{ emoji: '👍' }] },
      { body: 'new', state: 'sent' },
    ]);
  });

  it('that wait hold up no message, and of two of one message the last word is the last', async () => {
    const { ann } = await couple();
    const id = await saidBy(ann, 'one');
    let down = true;
    ann.gateway.before = (method) => {
      if (down && method === 'edit') throw new ChatError('network');
    };
    ann.session.edit(id, 'two');
    await settled();
    down = false;
    ann.session.edit(id, 'three');
    ann.session.send('passes');
    await settled();
    expect(ann.database.entries.map(({ body }) => body)).toEqual(['one', 'passes']);
    expect(bodies(ann)).toEqual(['three', 'passes']);
    await ann.clock.advance(5000);
    expect(ann.database.entries.map(({ body }) => body)).toEqual(['one', 'passes', 'two', 'three']);
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
    expect(await one.session.reveal('old-3')).toBe('found');
    expect(bodies(one)).toContain('message 3');
    expect(one.gateway.count('entriesBefore')).toBeLessThan(8);
    expect(await one.session.reveal('nothing')).toEqual({ code: 'message-unknown' });
  });

  it('is read on to a message that was written while the line was down', async () => {
    const { ann, bob } = await couple();
    ann.gateway.line.down();
    bob.session.send('meanwhile');
    await settled();
    const id = bob.session.snapshot.messages.at(-1)?.id ?? '';
    expect(await ann.session.reveal(id)).toBe('found');
    expect(ann.session.snapshot.messages.map(({ body }) => body)).toEqual(['meanwhile']);
  });

  it('is there as soon as it is found, however busy the room is', async () => {
    const database = new FakeRoom();
    database.fill(300);
    const one = await inTheRoom('Ann', database, undefined, { frames: () => () => {} });
    database.fill(10);
    await settled();
    expect(await one.session.reveal('old-5')).toBe('found');
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
    expect(await revealing).toBe('stopped');
    expect(one.gateway.count('entriesBefore')).toBeLessThan(4);
  });

  it('tells how far it has read back, in requests that are few, and has all of it then', async () => {
    const database = new FakeRoom();
    database.fill(20_000);
    const one = await inTheRoom('Ann', database);
    one.told.length = 0;
    expect(await one.session.reveal('old-7')).toBe('found');
    expect(one.gateway.count('entriesBefore')).toBeLessThan(23);
    const told = one.told.flatMap(({ progress }) => progress ?? []);
    expect(told.every(({ to, of }) => to === 'source' && of === told[0]?.of)).toBe(true);
    expect(told.map(({ done }) => done)).toEqual([...told.map(({ done }) => done)].sort((a, b) => a - b));
    expect(new Set(told.map(({ done }) => done)).size).toBeGreaterThan(15);
    expect(one.session.snapshot.progress).toBeNull();
    expect(bodies(one)).toHaveLength(20_000);
    expect(bodies(one).join()).toBe(database.entries.map(({ body }) => body).join());
  });

  it('is given up when the visitor says so, or wants to see another one: what was read stays', async () => {
    const database = new FakeRoom();
    database.fill(12_000);
    const one = await inTheRoom('Ann', database);
    let goOn = (): void => {};
    const slow = (): void => {
      one.gateway.after = async (method) => {
        if (method === 'entriesBefore') await new Promise<void>((resolve) => (goOn = resolve));
      };
    };
    slow();
    const far = one.session.reveal('old-7');
    await settled();
    expect(one.session.snapshot.progress).toMatchObject({ to: 'source' });
    const near = one.session.reveal('old-9000');
    one.gateway.after = () => {};
    goOn();
    expect(await far).toBe('stopped');
    expect(await near).toBe('found');
    slow();
    const again = one.session.reveal('old-7');
    await settled();
    one.session.stopRevealing();
    expect(one.session.snapshot.progress).toBeNull();
    goOn();
    expect(await again).toBe('stopped');
    expect(one.gateway.count('entriesBefore')).toBeLessThan(9);
    expect(bodies(one)).toEqual(database.entries.slice(-bodies(one).length).map(({ body }) => body));
  });

  it('says what kept it from reading back, and goes on from there when it is asked again', async () => {
    const database = new FakeRoom();
    database.fill(5000);
    const one = await inTheRoom('Ann', database);
    one.gateway.before = (method) => {
      if (method === 'entriesBefore' && one.gateway.count('entriesBefore') > 3) throw new ChatError('network');
    };
    expect(await one.session.reveal('old-1')).toEqual({ code: 'network' });
    expect(one.session.snapshot).toMatchObject({ progress: null, problem: null });
    one.gateway.before = () => {};
    expect(await one.session.reveal('old-1')).toBe('found');
    expect(one.gateway.count('entriesBefore')).toBeLessThan(9);
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
