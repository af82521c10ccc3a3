import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { settled } from './fake-clock.js';
import { couple } from './listening.js';
import { bodies } from './visitor.js';

const shared = { uri: `spotify:album:${'a'.repeat(22)}`, title: 'An album', artists: 'Somebody' };

const offline = (): never => {
  throw new ChatError('network');
};

describe('sharing a track', () => {
  it('is writing a message: shown at once, stored once, seen by everybody', async () => {
    const { ann, bob } = await couple();
    expect(ann.session.shareTrack(shared)).toBeNull();
    expect(ann.session.snapshot.messages).toMatchObject([{ body: 'An album', track: shared, state: 'sending', mine: true }]);
    await settled();
    expect(ann.session.snapshot.messages).toMatchObject([{ body: 'An album', track: shared, state: 'sent', mine: true }]);
    expect(bob.session.snapshot.messages).toMatchObject([{ body: 'An album', track: shared, state: 'sent', mine: false }]);
  });

  it('keeps its place among what is written', async () => {
    const { ann, bob } = await couple();
    ann.session.send('listen to this');
    ann.session.shareTrack(shared);
    ann.session.send('good, is it not?');
    await settled();
    expect(bodies(bob)).toEqual(['listen to this', 'An album', 'good, is it not?']);
  });

  it('can be tried again, and then is there once although the first answer was lost', async () => {
    const { ann } = await couple();
    ann.gateway.after = offline;
    ann.database.deliver = () => {};
    ann.session.shareTrack(shared);
    await settled();
    const [failed] = ann.session.snapshot.messages;
    expect(failed).toMatchObject({ state: 'failed', track: shared, problem: { code: 'network' } });
    ann.gateway.after = () => {};
    ann.session.retry(failed?.id ?? '');
    await settled();
    expect(ann.session.snapshot.messages).toMatchObject([{ state: 'sent', track: shared }]);
    expect(ann.database.entries).toHaveLength(1);
  });

  it('can be given up', async () => {
    const { ann } = await couple();
    ann.gateway.before = offline;
    ann.session.shareTrack(shared);
    await settled();
    ann.session.discard(ann.session.snapshot.messages[0]?.id ?? '');
    expect(ann.session.snapshot.messages).toEqual([]);
  });

  it.each(['javascript:alert(1)', `spotify:user:${'a'.repeat(22)}`, 'spotify:local:a:b:c:1', ''])('of %j is refused here', async (uri) => {
    const { ann } = await couple();
    expect(ann.session.shareTrack({ ...shared, uri })).toEqual({ code: 'track-invalid' });
    expect(ann.session.snapshot.messages).toEqual([]);
    expect(ann.gateway.count('shareTrack')).toBe(0);
  });

  it('cuts a title that no room takes', async () => {
    const { ann } = await couple();
    ann.session.shareTrack({ ...shared, title: 'x'.repeat(10_000) });
    await settled();
    expect(bodies(ann)).toEqual(['x'.repeat(300)]);
  });

  it('waits for a room', async () => {
    const { ann } = await couple();
    ann.gateway.line.end(new ChatError('not-a-member'));
    ann.database.members.clear();
    ann.gateway.userId = null;
    await ann.clock.advance(60_000);
    expect(ann.session.shareTrack(shared)).not.toBeNull();
  });
});
