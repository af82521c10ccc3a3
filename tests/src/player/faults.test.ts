import { describe, expect, it } from 'vitest';
import type { FaultName } from '../../../demo/services/spotify/faults.js';
import type { PlayerErrorCode, PlayerStatus, Remedy } from '../../../src/player/snapshot.js';
import { positionAt } from '../../../src/player/snapshot.js';
import { playerPart } from '../../../src/strings/player.js';
import { Words } from '../../../src/strings/words.js';
import { Scene } from '../../support/sdk-over-simulator/scene.js';

interface Row {
  readonly when: string;
  /** How far the visitor is when it happens. */
  readonly at: Parameters<typeof Scene.at>[0];
  readonly fault?: FaultName;
  readonly begins?: (scene: Scene) => unknown;
  readonly ends?: (scene: Scene) => unknown;
  /** What the visitor does then; by default nothing. */
  readonly clicks?: (scene: Scene) => Promise<unknown>;
  /** What they do once it is over; by default what is offered, or the same again. */
  readonly again?: (scene: Scene) => Promise<unknown>;
  /** What they read in the end, or null where the player mends it by itself. */
  readonly reads: readonly [PlayerStatus, PlayerErrorCode | undefined, Remedy | 'bring'] | null;
  /** How long until they read it, in ms. */
  readonly within?: number;
  /** It is over by itself once the next track plays. */
  readonly passes?: boolean;
  /** Requests that may follow in the half hour after that, with nobody doing anything. */
  readonly most?: number;
}

const connect = ({ alice }: Scene): Promise<void> => alice.controls.connect();
const start = (scene: Scene): Promise<void> => scene.alice.controls.play(scene.uri(3));
const script = (fate: 'runs' | 'blocked' | 'stalls') => (scene: Scene): void => void (scene.alice.page.script = fate);

const rows: readonly Row[] = [
  // The sign-in
  { when: 'a token expires mid-song', at: 'playing', fault: 'token-expired', reads: null },
  {
    when: 'a token expires mid-song and a refresh is refused',
    at: 'playing',
    begins: (scene) => {
      scene.fault('refresh-refused');
      scene.fault('token-expired');
    },
    ends: (scene) => scene.fault('refresh-refused', false),
    reads: ['signed-out', 'sign-in-expired', 'connect'],
  },
  { when: 'a token has expired, and the next click meets it first', at: 'playing', fault: 'token-expired', clicks: start, reads: null },
  { when: 'even fresh tokens are refused', at: 'playing', fault: 'token-refused', clicks: start, reads: ['signed-out', 'sign-in-expired', 'connect'] },
  { when: 'the code has expired', at: 'signed out', fault: 'code-expired', clicks: connect, reads: ['signed-out', 'sign-in-failed', 'connect'] },
  { when: "the answer is another's", at: 'signed out', fault: 'wrong-state', clicks: connect, reads: ['signed-out', 'sign-in-mismatch', 'connect'] },
  { when: 'the token endpoint is down', at: 'signed out', fault: 'token-server-error', clicks: connect, reads: ['failed', 'server', 'retry'] },
  {
    when: 'the popup is blocked',
    at: 'signed out',
    begins: ({ alice }) => (alice.page.blocks = true),
    ends: ({ alice }) => (alice.page.blocks = false),
    clicks: connect,
    reads: ['signed-out', 'popup-blocked', 'redirect'],
  },
  {
    when: 'the popup is closed',
    at: 'signed out',
    clicks: ({ alice }) => {
      const connected = alice.controls.connect();
      alice.page.popup.close();
      return connected;
    },
    reads: ['signed-out', 'popup-closed', 'connect'],
  },

  {
    when: 'the visitor does not agree',
    at: 'signed out',
    clicks: async (scene) => {
      const connected = connect(scene);
      await scene.alice.answer('');
      return connected;
    },
    again: connect,
    reads: ['signed-out', 'sign-in-refused', 'connect'],
  },
  {
    when: 'the visitor is offline',
    at: 'signed out',
    begins: ({ alice }) => (alice.network.isDown = () => true),
    ends: ({ alice }) => (alice.network.isDown = () => false),
    clicks: connect,
    reads: ['failed', 'network', 'retry'],
  },

  // Who may
  { when: 'the account is Free', at: 'signed out', fault: 'free-account', clicks: connect, reads: ['failed', 'premium-required', 'connect'] },
  { when: 'Premium ends mid-song', at: 'playing', fault: 'free-account', clicks: start, reads: ['ready', 'premium-required', 'none'] },
  { when: "the account is not on the app's list", at: 'signed out', fault: 'not-on-list', clicks: connect, reads: ['failed', 'not-on-list', 'connect'] },
  { when: "the account is taken off the app's list mid-song", at: 'playing', fault: 'not-on-list', clicks: start, reads: ['failed', 'not-on-list', 'connect'] },
  { when: "the owner's Premium has lapsed", at: 'signed out', fault: 'owner-premium-lapsed', clicks: connect, reads: ['failed', 'owner-premium', 'retry'] },
  { when: "the owner's Premium lapses mid-song", at: 'playing', fault: 'owner-premium-lapsed', clicks: start, reads: ['failed', 'owner-premium', 'retry'] },

  // The SDK and its device
  { when: 'the SDK script is blocked', at: 'signed out', begins: script('blocked'), ends: script('runs'), clicks: connect, reads: ['failed', 'sdk-blocked', 'retry'] },
  { when: 'the SDK script stalls', at: 'signed out', begins: script('stalls'), clicks: connect, within: 31_000, reads: ['failed', 'sdk-blocked', 'retry'], ends: ({ alice }) => alice.page.run() },
  { when: 'the browser cannot play', at: 'signed out', fault: 'initialization-error', clicks: connect, reads: ['failed', 'sdk-blocked', 'retry'] },
  { when: 'connect() is never answered', at: 'signed out', fault: 'connect-hangs', clicks: connect, within: 16_000, reads: ['failed', 'device-timeout', 'retry'] },
  { when: 'ready never comes', at: 'signed out', fault: 'ready-never', clicks: connect, within: 16_000, reads: ['failed', 'device-timeout', 'retry'] },
  { when: 'ready comes late', at: 'signed out', fault: 'ready-late', clicks: connect, within: 5_000, reads: null },
  { when: 'the device 404s just after ready', at: 'signed out', fault: 'device-404-after-ready', clicks: start, within: 5_000, reads: null },
  { when: 'the device is gone', at: 'playing', fault: 'device-gone', within: 90_000, reads: ['failed', 'device-lost', 'retry'] },
  { when: 'the device died while idle', at: 'playing', fault: 'device-dead', clicks: start, within: 90_000, reads: ['failed', 'device-lost', 'retry'] },
  { when: 'the device died, and Pause has no effect', at: 'playing', fault: 'device-dead', clicks: ({ alice }) => alice.controls.pause(), within: 10_000, reads: ['elsewhere', 'device-lost', 'retry'] },
  { when: 'the device comes back with another id', at: 'playing', fault: 'new-device-id', clicks: start, reads: null, within: 8_000 },
  { when: 'the line to Spotify breaks', at: 'playing', begins: ({ alice }) => alice.page.frame.cut(), reads: null, within: 8_000 },
  { when: 'another device takes over', at: 'playing', fault: 'taken-elsewhere', reads: ['elsewhere', undefined, 'bring'] },
  { when: 'the browser refuses sound', at: 'connected', fault: 'autoplay-blocked', clicks: start, reads: ['ready', 'autoplay-blocked', 'resume'] },
  { when: 'the track cannot be played', at: 'playing', fault: 'playback-error', reads: ['ready', 'playback', 'none'], passes: true },

  // The Web API
  { when: '429 with Retry-After', at: 'playing', fault: 'rate-limited', clicks: start, within: 8_000, reads: ['ready', 'rate-limited', 'none'] },
  { when: '429 without Retry-After', at: 'playing', fault: 'rate-limited-bare', clicks: start, reads: ['ready', 'rate-limited', 'none'] },
  { when: '429 without CORS headers', at: 'playing', fault: 'rate-limited-no-cors', clicks: start, reads: ['ready', 'network', 'none'] },
  { when: '429 QUOTA_EXCEEDED', at: 'playing', fault: 'quota-exceeded', clicks: start, reads: ['ready', 'quota-exceeded', 'none'] },
  { when: 'what was chosen is gone', at: 'playing', clicks: ({ alice }) => alice.controls.play('spotify:track:0000000000000000000000'), again: start, reads: ['ready', 'not-found', 'none'] },
  { when: '503', at: 'playing', fault: 'server-error', clicks: start, reads: ['ready', 'server', 'none'] },
  { when: 'the network is down', at: 'playing', fault: 'network-down', clicks: start, reads: ['ready', 'network', 'none'] },
  { when: '403 Restriction violated', at: 'playing', fault: 'restricted', clicks: start, reads: ['ready', 'restricted', 'none'] },
];

/** What the button that is offered does; without one the visitor tries again what they wanted. */
async function helpsThemselves(scene: Scene, remedy: Remedy | 'bring', clicks: Row['clicks']): Promise<void> {
  const { controls } = scene.alice;
  if (remedy === 'bring') await scene.does(() => controls.bringHere());
  else if (remedy === 'none') await scene.does(() => (clicks ?? start)(scene));
  else if (remedy === 'resume') await scene.does(() => controls.resume());
  // The page that comes back from a redirect is another one: here the visitor has let popups through.
  else await scene.does(() => controls.connect());
}

async function isWell(scene: Scene): Promise<void> {
  await scene.does(() => scene.alice.controls.play(scene.uri(5)), 3_000);
  expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null, paused: false, pending: [], track: { uri: scene.uri(5) } });
  expect(scene.log.at(-1)).toMatchObject({ account: 'alice', command: 'play', deviceId: scene.alice.page.frame.readyId });
}

describe('when', () => {
  it.each(rows)('$when', async ({ at, fault, begins, ends, clicks, again = clicks, reads, within = 3_000, most = 0, passes }) => {
    const scene = await Scene.at(at);
    if (fault) scene.fault(fault);
    await begins?.(scene);
    if (clicks) await scene.does(() => clicks(scene), within);
    else await scene.clock.advance(within);

    const [status, code, remedy] = reads ?? (['ready', undefined, 'none'] as const);
    const offered = remedy === 'bring' ? undefined : reads?.[2];
    expect([scene.snapshot.status, scene.snapshot.problem?.code, scene.snapshot.problem?.remedy]).toEqual([status, code, offered]);
    if (code) expect(playerPart.english(new Words('en')).problems[code]).toMatch(/^\p{Lu}.{20,}\.$/u);

    // Nothing retries for ever, and nothing hangs.
    const [sent, asked, opened] = [scene.alice.network.sent.length, scene.alice.page.frame.asked, scene.alice.page.popups.length];
    await scene.clock.advance(30 * 60_000);
    expect(scene.hanging).toBe(0);
    expect(scene.alice.network.sent.length - sent).toBeLessThanOrEqual(most);
    expect([scene.alice.page.frame.asked, scene.alice.page.popups.length]).toEqual([asked, opened]);
    expect(scene.snapshot.pending).toEqual([]);
    expect([scene.snapshot.status, scene.snapshot.problem?.code]).toEqual([status, passes ? undefined : code]);

    // One action brings them back.
    if (fault) scene.fault(fault, false);
    await ends?.(scene);
    if (reads) await helpsThemselves(scene, remedy, again);
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null });
    await isWell(scene);
    expect(scene.bobsComplaint).toBe('');
  });

  it('anything else goes wrong, it is said in words of its own', () => {
    const sentences = Object.values(playerPart.english(new Words('en')).problems);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('without a word to the visitor', () => {
  it('an hour of play costs one refresh and nothing else', async () => {
    const scene = await Scene.at('playing');
    await scene.does(() => scene.alice.controls.setRepeat('context'));
    const sent = scene.alice.network.sent.length;
    await scene.clock.advance(60 * 60_000);
    expect(scene.alice.network.sent.slice(sent).map(({ path }) => path)).toEqual(['/api/token']);
    expect(scene.snapshot).toMatchObject({ status: 'ready', paused: false, problem: null });
    expect(scene.bobsComplaint).toBe('');
  });

  it.each(['playing', 'connected'] as const)('a laptop that slept for an hour while %s wakes to a player that works', async (at) => {
    const scene = await Scene.at(at);
    await scene.clock.jump(60 * 60_000);
    await scene.clock.advance(10_000);
    expect(scene.snapshot.problem).toBeNull();
    await isWell(scene);
    expect(scene.bobsComplaint).toBe('');
  });

  it('two tabs of one visitor refresh one token, one after the other, and both play on', async () => {
    const scene = await Scene.at('playing');
    const other = scene.tab(scene.alice.browser);
    void other.session.restore();
    await scene.clock.advance(2_000);
    // The music is the first tab's.
    expect(other.snapshot.status).toBe('elsewhere');
    for (let i = 0; i < 5; i++) {
      scene.fault('token-expired');
      await scene.clock.advance(10_000);
      expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null });
      expect(other.snapshot).toMatchObject({ status: 'elsewhere', problem: null });
    }
    const refreshes = [...scene.alice.network.sent, ...other.network.sent].filter(({ path }) => path === '/api/token');
    expect(refreshes.filter(({ status }) => status !== 200)).toEqual([]);
    await isWell(scene);
    await other.controls.play(scene.uri(8));
    expect(scene.log.at(-1)?.deviceId).toBe(other.page.frame.readyId);
    expect(scene.bobsComplaint).toBe('');
  });

  it('a visitor who returns weeks later is connected without a popup, and Play goes on where they were', async () => {
    const scene = await Scene.at('playing');
    const { track } = scene.snapshot;
    await scene.does(() => scene.alice.controls.seek(40_000));
    await scene.does(() => scene.alice.controls.setVolume(0.4));
    await scene.does(() => scene.alice.controls.pause());
    scene.alice.session.dispose();
    await scene.clock.jump(5 * 7 * 24 * 60 * 60_000);
    const returned = scene.tab(scene.alice.browser);
    void returned.session.restore();
    await scene.clock.advance(3_000);
    expect(returned.snapshot).toMatchObject({ status: 'ready', problem: null, track: null, resumable: true, volume: 0.4 });
    expect(returned.page.popups).toEqual([]);
    void returned.controls.resume();
    await scene.clock.advance(3_000);
    expect(returned.snapshot).toMatchObject({ paused: false, problem: null, track: { uri: track?.uri } });
    expect(positionAt(returned.snapshot, scene.clock.now())).toBeGreaterThanOrEqual(40_000);
  });

  it('a visitor who returns after the six months that a sign-in lasts is asked to connect again, once', async () => {
    const scene = await Scene.at('playing');
    scene.alice.session.dispose();
    await scene.clock.jump(190 * 24 * 60 * 60_000);
    const returned = scene.tab(scene.alice.browser);
    void returned.session.restore();
    await scene.clock.advance(60_000);
    expect(returned.snapshot).toMatchObject({ status: 'signed-out', problem: { code: 'sign-in-expired', remedy: 'connect' } });
    expect(returned.network.sent.map(({ path }) => path)).toEqual(['/api/token']);
    expect(returned.page.popups).toEqual([]);
  });

  it('storage that is denied costs no more than the next visit’s sign-in', async () => {
    const scene = await Scene.at('signed out');
    scene.alice.browser.storage.denied = true;
    scene.alice.page.sessionStorage.denied = true;
    await scene.does(() => scene.alice.controls.connect());
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null });
    await isWell(scene);
    scene.fault('token-expired');
    await scene.clock.advance(5_000);
    await isWell(scene);
    const reloaded = scene.tab(scene.alice.browser);
    await reloaded.session.restore();
    expect(reloaded.snapshot).toMatchObject({ status: 'signed-out', problem: null });
    expect(reloaded.network.sent).toEqual([]);
  });

  it.each(['doubled-events', 'stale-events', 'slow-commands', 'no-rotation', 'fixed-volume', 'old-shapes'] as const)(
    'with %s the page ends with the truth',
    async (fault) => {
      const scene = await Scene.at('playing');
      scene.fault(fault);
      const { controls } = scene.alice;
      for (const click of [
        () => controls.next(), () => controls.seek(30_000), () => controls.pause(), () => controls.setShuffle(true),
        () => controls.resume(), () => controls.setVolume(0.2), () => controls.previous(), () => controls.setRepeat('track'),
      ]) {
        await scene.does(click, 400);
      }
      await scene.clock.advance(20_000);
      const { playback, positionMs } = scene.account('alice');
      expect(scene.snapshot).toMatchObject({
        status: 'ready', problem: null, pending: [], paused: playback.paused, shuffle: playback.shuffle, repeat: playback.repeat,
        volume: fault === 'fixed-volume' ? 0.5 : 0.2,
      });
      expect(positionAt(scene.snapshot, scene.clock.now())).toBeCloseTo(positionMs, -3);
      expect(scene.log.map(({ command }) => command)).toEqual(['next', 'seek', 'pause', 'shuffle', 'resume', 'volume', 'previous', 'repeat']);
      expect(scene.bobsComplaint).toBe('');
    },
  );

  it('answers of seconds do not change the order of what goes through the Web API', async () => {
    const scene = await Scene.at('playing');
    scene.alice.network.delay = { there: 1_500, back: 1_500 };
    const { controls } = scene.alice;
    const given = [controls.play(scene.uri(1)), controls.setShuffle(true), controls.play(scene.uri(2)), controls.addToQueue(scene.uri(3))];
    await scene.clock.advance(20_000);
    await Promise.all(given);
    expect(scene.log.map(({ command }) => command)).toEqual(['play', 'shuffle', 'play', 'queue']);
    expect(scene.snapshot).toMatchObject({ status: 'ready', pending: [], shuffle: true, track: { uri: scene.uri(2) } });
  });
});

describe('playing elsewhere', () => {
  it.each([
    ['plays', false, 'elsewhere'],
    ['is paused', true, 'ready'],
  ] as const)('while the account %s on another device, a page that comes says so', async (_, paused, status) => {
    const scene = await Scene.at('playing');
    scene.fault('taken-elsewhere');
    await scene.clock.advance(1_000);
    if (paused) scene.account('alice').apply({ type: 'pause' });
    const reloaded = scene.tab(scene.alice.browser);
    void reloaded.session.restore();
    await scene.clock.advance(2_000);
    expect(reloaded.snapshot).toMatchObject({ status, problem: null, track: null });
  });

  it('is a state of its own, and comes here on one click', async () => {
    const scene = await Scene.at('playing');
    const { track } = scene.snapshot;
    scene.fault('taken-elsewhere');
    await scene.clock.advance(2_000);
    expect(scene.snapshot).toMatchObject({ status: 'elsewhere', problem: null, track: null });
    await scene.does(() => scene.alice.controls.bringHere());
    expect(scene.snapshot).toMatchObject({ status: 'ready', paused: false, track: { uri: track?.uri } });
    await isWell(scene);
    expect(scene.bobsComplaint).toBe('');
  });
});
