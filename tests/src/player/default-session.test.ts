import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDefaultSession } from '../../../src/player/default-session.js';
import { FakeClock, settled } from './support/fake-clock.js';
import { json } from './support/fake-fetch.js';
import { FakePlayer, FakeSdk } from './support/fake-sdk.js';
import { FakeStorage } from './support/fake-storage.js';

class FakeWindow extends EventTarget {
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  readonly sessionStorage = new FakeStorage();
  readonly location = { origin: 'https://host.example', pathname: '/', search: '', hash: '' };
  Spotify: unknown;
}

/** The page that the session finds itself in. */
function stubPage(): { storage: FakeStorage; page: FakeWindow; sent: Request[] } {
  const [storage, page] = [new FakeStorage(), new FakeWindow()];
  const sent: Request[] = [];
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', { baseURI: 'https://host.example/' });
  vi.stubGlobal('location', page.location);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    sent.push(new Request(input, init));
    return json(200, {});
  });
  return { storage, page, sent };
}

afterEach(() => vi.unstubAllGlobals());

const player = (): FakePlayer =>
  new FakePlayer({ name: 'Host', volume: 1, enableMediaSession: false, getOAuthToken: () => undefined });

describe('the session of a page', () => {
  it('with tokens of its host neither reads nor writes storage, and opens no window', async () => {
    const { storage, page, sent } = stubPage();
    storage.setItem('roomtone:last', JSON.stringify({ volume: 0.2 }));
    const before = [...storage.entries()];
    const sdk = new FakeSdk();
    sdk.prepare = (made) => void Promise.resolve().then(() => made.ready());
    page.Spotify = await sdk.load();
    const getToken = (): string => 'BQ-host';
    const session = createDefaultSession({ clientId: '', getToken, volume: 0.7, clock: new FakeClock() });
    await session.restore();
    expect(sent).toEqual([]);
    storage.denied = true;
    await session.controls.connect();
    expect(session.snapshot).toMatchObject({ status: 'ready', volume: 0.7 });
    expect(sent.every(({ headers }) => headers.get('Authorization') === 'Bearer BQ-host')).toBe(true);
    session.dispose();
    expect([...storage.entries()]).toEqual(before);
  });

  it('with a player of its host alone asks the Web API nothing', async () => {
    const { sent } = stubPage();
    const own = player();
    const wrapped = own as unknown as Spotify.Player;
    const session = createDefaultSession({ clientId: '', player: wrapped, clock: new FakeClock() });
    own.ready();
    await session.controls.setVolume(0.5);
    await settled();
    expect(session.snapshot.status).toBe('ready');
    expect(sent).toEqual([]);
    session.dispose();
    expect(own.calls).toEqual(['volume 0.5']);
  });

  it('of its own begins at the level that the visitor chose the last time', () => {
    const { storage } = stubPage();
    storage.setItem('room-b:last', JSON.stringify({ volume: 0.2 }));
    const levels = ['room-a', 'room-b'].map(
      (storageKey) => createDefaultSession({ clientId: 'the-client', storageKey, volume: 0.7 }).snapshot.volume,
    );
    expect(levels).toEqual([0.7, 0.2]);
  });
});
