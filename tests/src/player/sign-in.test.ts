import { describe, expect, it, vi } from 'vitest';
import { answerType, finishSignIn } from '../../../src/player/callback.js';
import { PlayerError } from '../../../src/player/engine.js';
import type { Grant } from '../../../src/player/oauth.js';
import { createSignIn, type SignIn } from '../../../src/player/sign-in.js';
import { FakeClock, settled } from './support/fake-clock.js';
import { deniedChannel, FakePage } from './support/fake-page.js';

const grant: Grant = { accessToken: 'BQ-access', expiresInMs: 1, refreshToken: 'AQ-refresh' };

class Stage {
  readonly clock = new FakeClock();
  readonly accepted: Grant[] = [];
  readonly exchanged: [code: string, verifier: string][] = [];
  readonly chosen: boolean[] = [];
  forgotten = 0;
  trouble: PlayerError | null = null;
  preparing: Promise<void> = Promise.resolve();
  exchanging: Promise<void> = Promise.resolve();
  readonly signIn: SignIn;

  constructor(
    readonly page = new FakePage(),
    storageKey = 'roomtone',
  ) {
    let n = 0;
    this.signIn = createSignIn({
      storageKey,
      page,
      clock: this.clock,
      tokens: {
        remembered: false,
        accept: (accepted) => void this.accepted.push(accepted),
        forget: () => void this.forgotten++,
      },
      oauth: {
        randomState: () => `random-${++n}`,
        prepare: async (state, chooseAccount) => {
          await this.preparing;
          if (this.trouble) throw this.trouble;
          this.chosen.push(chooseAccount);
          return { url: `https://accounts.spotify.com/authorize?state=${state}`, verifier: `verifier of ${state}` };
        },
        exchange: async (code, verifier) => {
          this.exchanged.push([code, verifier]);
          await this.exchanging;
          if (this.trouble) throw this.trouble;
          return grant;
        },
      },
    });
  }

  get state(): string {
    return new URL(this.page.popup.url).searchParams.get('state') ?? '';
  }

  answer(change: object = {}, from?: { origin?: string; source?: unknown }): void {
    this.page.receive({ type: answerType, state: this.state, code: 'the-code', error: null, ...change }, from);
  }

  get isQuiet(): boolean {
    return this.page.listening === 0 && this.clock.waiting === 0;
  }
}

const refused = (code: string): Error => expect.objectContaining({ name: 'PlayerError', code }) as Error;
const never = (): void => expect.unreachable('it seems closed');

describe('signing in by popup', () => {
  it('opens the window inside the click, sends it on when the challenge is ready, and takes the answer', async () => {
    const stage = new Stage();
    const signingIn = stage.signIn.withPopup(never);
    expect(stage.page.opened).toEqual([
      { url: 'about:blank', name: 'roomtone-sign-in-random-1', features: 'popup,width=480,height=760,left=260,top=20' },
    ]);
    expect(stage.page.popup.url).toBe('about:blank');
    await settled();
    expect(stage.page.popup.url).toBe('https://accounts.spotify.com/authorize?state=roomtone.popup.random-1');
    stage.answer();
    await signingIn;
    expect(stage.exchanged).toEqual([['the-code', 'verifier of roomtone.popup.random-1']]);
    expect(stage.accepted).toEqual([grant]);
    expect(stage.page.popup.closed).toBe(true);
    expect(stage.isQuiet).toBe(true);
  });

  it('takes the answer from a window that was cut off and reads as closed', async () => {
    const stage = new Stage();
    const onClosed = vi.fn();
    const signingIn = stage.signIn.withPopup(onClosed);
    await settled();
    const { state } = stage;
    stage.page.popup.closed = true;
    await stage.clock.advance(60_000);
    expect(onClosed).toHaveBeenCalledOnce();
    const back = new FakePage(`https://host.example/room?code=the-code&state=${state}`, stage.page.channels);
    expect(finishSignIn(back)).toBe(true);
    await signingIn;
    expect(stage.accepted).toEqual([grant]);
    expect(stage.isQuiet).toBe(true);
  });

  it('takes the answer from the address of a page without the script', async () => {
    const stage = new Stage();
    const signingIn = stage.signIn.withPopup(never);
    await settled();
    const { state } = stage;
    stage.page.popup.url = 'https://host.example/?code=of-the-host&state=of-the-host';
    await stage.clock.advance(5000);
    expect(stage.exchanged).toEqual([]);
    stage.page.popup.url = `https://host.example/?code=the-code&state=${state}`;
    await stage.clock.advance(500);
    await signingIn;
    expect(stage.accepted).toEqual([grant]);
    expect(stage.page.popup.closed).toBe(true);
    expect(stage.isQuiet).toBe(true);
  });

  it('needs no channel: where the browser denies one, the window itself brings the answer', async () => {
    const stage = new Stage();
    stage.page.BroadcastChannel = deniedChannel;
    const signingIn = stage.signIn.withPopup(never);
    await settled();
    stage.answer();
    await signingIn;
    expect(stage.accepted).toEqual([grant]);
    expect(stage.isQuiet).toBe(true);
  });

  it('takes an answer that was on its way while the window closed', async () => {
    const stage = new Stage();
    const signingIn = stage.signIn.withPopup(never);
    await settled();
    stage.page.popup.closed = true;
    await stage.clock.advance(1000);
    stage.answer();
    await signingIn;
    await stage.clock.advance(60_000);
  });

  it('tells when the visitor closed the window, and gives up at last', async () => {
    const stage = new Stage();
    const onClosed = vi.fn();
    const rejected = expect(stage.signIn.withPopup(onClosed)).rejects.toEqual(refused('popup-closed'));
    await settled();
    stage.page.popup.closed = true;
    await stage.clock.advance(2000);
    expect(onClosed).toHaveBeenCalledOnce();
    await stage.clock.advance(10 * 60_000);
    await rejected;
    expect(stage.isQuiet).toBe(true);
  });

  it('refuses an answer with another state', async () => {
    const stage = new Stage();
    const rejected = expect(stage.signIn.withPopup(never)).rejects.toEqual(refused('sign-in-mismatch'));
    await settled();
    stage.answer({ state: 'roomtone.wrong' });
    await rejected;
    expect(stage.exchanged).toEqual([]);
    expect(stage.page.popup.closed).toBe(true);
    expect(stage.isQuiet).toBe(true);
  });

  it.each([
    ['another origin', {}, { origin: 'https://evil.example' }],
    ['another window, with another state', { state: 'roomtone.popup.other' }, { source: {} }],
    ['something else', { type: 'webpack' }, {}],
  ] as const)('minds no message from %s', async (_what, change, from) => {
    const stage = new Stage();
    const signingIn = stage.signIn.withPopup(never);
    await settled();
    stage.answer(change, from);
    stage.page.receive(null);
    stage.page.receive('text');
    await settled();
    expect(stage.exchanged).toEqual([]);
    stage.answer();
    await signingIn;
  });

  it("minds no answer of another tab's on the channel", async () => {
    const stage = new Stage();
    const signingIn = stage.signIn.withPopup(never);
    await settled();
    finishSignIn(new FakePage('https://host.example/?code=x&state=roomtone.popup.other', stage.page.channels));
    await settled();
    expect(stage.exchanged).toEqual([]);
    stage.answer();
    await signingIn;
  });

  it.each([
    ['access_denied', 'sign-in-refused'],
    ['server_error', 'server'],
    ['invalid_scope', 'sign-in-failed'],
  ])('means by the error %s: %s', async (error, code) => {
    const stage = new Stage();
    const rejected = expect(stage.signIn.withPopup(never)).rejects.toEqual(refused(code));
    await settled();
    stage.answer({ code: null, error });
    await rejected;
  });

  it.each([true, 'throws'] as const)('says so when the browser blocks the window (%s)', async (blocks) => {
    const stage = new Stage();
    stage.page.blocks = blocks;
    await expect(stage.signIn.withPopup(never)).rejects.toEqual(refused('popup-blocked'));
    expect(stage.isQuiet).toBe(true);
  });

  it('closes the window when the challenge cannot be made, or the code is not taken', async () => {
    for (const preparing of [true, false]) {
      const stage = new Stage();
      if (preparing) stage.trouble = new PlayerError('sign-in-failed');
      const rejected = expect(stage.signIn.withPopup(never)).rejects.toEqual(refused('sign-in-failed'));
      await settled();
      if (!preparing) {
        stage.trouble = new PlayerError('sign-in-failed');
        stage.answer();
      }
      await rejected;
      expect(stage.page.popup.closed).toBe(true);
      expect(stage.isQuiet).toBe(true);
    }
  });

  it('that was given up signs nobody in, at whatever moment', async () => {
    for (const moment of ['preparing', 'waiting', 'exchanging']) {
      const stage = new Stage();
      let go: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (go = resolve));
      if (moment === 'preparing') stage.preparing = held;
      if (moment === 'exchanging') stage.exchanging = held;
      const rejected = expect(stage.signIn.withPopup(never)).rejects.toEqual(refused('popup-closed'));
      await settled();
      if (moment === 'exchanging') stage.answer();
      await settled();
      stage.signIn.cancel();
      go();
      await rejected;
      expect(stage.accepted).toEqual([]);
      expect(stage.page.popup.closed).toBe(true);
      if (moment === 'preparing') expect(stage.page.popup.url).toBe('about:blank');
      expect(stage.isQuiet).toBe(true);
    }
  });

  it('again replaces the one before', async () => {
    const stage = new Stage();
    const first = expect(stage.signIn.withPopup(never)).rejects.toEqual(refused('popup-closed'));
    const second = stage.signIn.withPopup(never);
    await first;
    await settled();
    stage.signIn.focus();
    expect(stage.page.popup.focused).toBe(1);
    stage.answer();
    await second;
  });

  it('offers a choice of accounts after the visitor disconnected', async () => {
    const stage = new Stage();
    for (const forgets of [false, true, false]) {
      if (forgets) stage.signIn.forget();
      const signingIn = stage.signIn.withPopup(never);
      await settled();
      stage.answer();
      await signingIn;
    }
    expect(stage.chosen).toEqual([false, true, false]);
    expect(stage.forgotten).toBe(1);
  });
});

describe('signing in by redirect', () => {
  /** The page that the visitor left, and the page that Spotify sends them back to. */
  async function leave(): Promise<{ stage: Stage; state: string }> {
    const stage = new Stage();
    await stage.signIn.withRedirect();
    const state = new URL(stage.page.left ?? '').searchParams.get('state') ?? '';
    return { stage, state };
  }

  function comeBack(stage: Stage, address: string, storageKey = 'roomtone'): Stage {
    const back = new FakePage(address);
    for (const [key, value] of stage.page.sessionStorage.entries()) back.sessionStorage.setItem(key, value);
    return new Stage(back, storageKey);
  }

  it('leaves the page with a verifier kept for the way back, and takes the code up there', async () => {
    const { stage, state } = await leave();
    const back = comeBack(
      stage,
      `https://host.example/room?a=%20b+c&code=the-code&state=${state}&code2=x&flag#hash?code=1`,
    );
    const finishing = back.signIn.takeRedirect();
    // Before anything is awaited: other scripts of the page read the address too.
    expect(back.page.url.href).toBe('https://host.example/room?a=%20b+c&code2=x&flag#hash?code=1');
    expect(back.page.history.state).toEqual({ host: 'state' });
    await finishing;
    expect(back.exchanged).toEqual([['the-code', `verifier of ${state}`]]);
    expect(back.accepted).toEqual([grant]);
    expect(back.page.sessionStorage.length).toBe(0);
  });

  it("leaves somebody else's answer entirely alone (I7)", async () => {
    const { stage } = await leave();
    for (const search of [
      '?code=c&state=supabase',
      '?code=c',
      '?error=access_denied',
      '',
      '?code=c&state=roomtone.popup.x',
    ]) {
      const back = comeBack(stage, `https://host.example/room${search}`);
      expect(back.signIn.takeRedirect()).toBeNull();
      expect(back.page.url.search).toBe(search);
      expect(back.page.sessionStorage.length).toBe(1);
    }
  });

  it("leaves the answer of another storage key's player alone", async () => {
    const { stage, state } = await leave();
    expect(
      comeBack(stage, `https://host.example/room?code=c&state=${state}`, 'other').signIn.takeRedirect(),
    ).toBeNull();
  });

  it.each(['made up', 'replayed'])('refuses an answer that is %s', async (kind) => {
    const { stage, state } = await leave();
    const address = `https://host.example/room?code=stolen&state=${kind === 'replayed' ? state : 'roomtone.redirect.roomtone.wrong'}`;
    if (kind === 'replayed') stage.page.sessionStorage.clear();
    const back = comeBack(stage, address);
    await expect(back.signIn.takeRedirect()).rejects.toEqual(refused('sign-in-mismatch'));
    expect(back.page.url.search).toBe('');
    expect(back.exchanged).toEqual([]);
    expect(back.page.sessionStorage.length).toBe(0);
  });

  it('brings a refusal back', async () => {
    const { stage, state } = await leave();
    const back = comeBack(stage, `https://host.example/room?error=access_denied&state=${state}`);
    await expect(back.signIn.takeRedirect()).rejects.toEqual(refused('sign-in-refused'));
  });

  it('does not leave where there is no way back: without storage, or in a frame', async () => {
    const denied = new FakePage();
    denied.sessionStorage.denied = true;
    const framed = new FakePage();
    framed.top = {};
    for (const page of [denied, framed]) {
      const stage = new Stage(page);
      await expect(stage.signIn.withRedirect()).rejects.toEqual(refused('sign-in-failed'));
      expect(page.left).toBeNull();
    }
    expect(new Stage(framed).signIn.canRedirect).toBe(false);
    expect(new Stage().signIn.canRedirect).toBe(true);
  });

  it('does not leave after it was given up, and forgets the verifier', async () => {
    const stage = new Stage();
    const leaving = stage.signIn.withRedirect();
    stage.signIn.cancel();
    await leaving;
    expect(stage.page.left).toBeNull();
    await stage.signIn.withRedirect();
    stage.signIn.forget();
    expect(stage.page.sessionStorage.length).toBe(0);
  });
});
