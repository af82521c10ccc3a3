import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProjectClient } from '../../../../src/chat/supabase/client.js';
import { GuestIdentity, HostIdentity, hostSignedIn } from '../../../../src/chat/supabase/identity.js';
import { sessionStore } from '../../../../src/chat/supabase/storage.js';
import { timeLimit } from '../../../../src/chat/time-limit.js';
import { FakeClock, settled } from '../fake-clock.js';

const session = { user: { id: 'me' } };
const nobody = { data: { session: null }, error: null };
const somebody = { data: { session }, error: null };
const unreachable = { data: { session: null }, error: { name: 'AuthRetryableFetchError', message: 'fetch failed', status: 0 } };
const discarded = { data: { session: null }, error: { name: 'AuthRefreshDiscardedError', message: 'discarded' } };
const noUser = { error: { name: 'AuthApiError', message: 'User from sub claim in JWT does not exist', status: 403, code: 'user_not_found' } };

function guest(auth: Record<string, unknown>, store = sessionStore()): GuestIdentity {
  return new GuestIdentity({ auth } as unknown as ProjectClient, 'key', store);
}

afterEach(() => vi.unstubAllGlobals());

describe('a guest', () => {
  it('is known by the session of an earlier visit', async () => {
    expect(await guest({ getSession: async () => somebody }).known()).toBe(true);
    expect(await guest({ getSession: async () => nobody }).known()).toBe(false);
  });

  it('is not forgotten because the network is away while a token is renewed', async () => {
    await expect(guest({ getSession: async () => unreachable }).known()).rejects.toMatchObject({ code: 'network' });
  });

  it('is known when another tab renewed the token at the same moment', async () => {
    const answers = [discarded, somebody];
    expect(await guest({ getSession: async () => answers.shift() }).known()).toBe(true);
  });

  it('gets one account however many join at once, also where the browser has no locks', async () => {
    let signedIn = 0;
    const identity = guest({
      getSession: async () => (signedIn > 0 ? somebody : nobody),
      signInAnonymously: async () => {
        await settled();
        signedIn++;
        return { error: null };
      },
    });
    await Promise.all([identity.make(), identity.make(), identity.make()]);
    expect(signedIn).toBe(1);
  });

  it('may try again after a failure', async () => {
    const answers = [{ error: { name: 'AuthApiError', message: 'slow down', status: 429 } }, { error: null }];
    const identity = guest({ getSession: async () => nobody, signInAnonymously: async () => answers.shift() });
    await expect(identity.make()).rejects.toMatchObject({ code: 'rate-limited' });
    await identity.make();
    expect(answers).toEqual([]);
  });

  it.each([
    [{ name: 'AuthApiError', status: 422, code: 'anonymous_provider_disabled' }, 'guests-refused'],
    [{ name: 'AuthApiError', status: 401 }, 'key-refused'],
    [{ name: 'AuthRetryableFetchError', status: 0 }, 'network'],
    [{ name: 'AuthApiError', status: 400, code: 'captcha_failed' }, 'server'],
  ])('is told why there is no account: %o', async (error, code) => {
    const identity = guest({ getSession: async () => nobody, signInAnonymously: async () => ({ error: { message: '', ...error } }) });
    await expect(identity.make()).rejects.toMatchObject({ code });
  });

  it('takes its turn among the tabs of the browser', async () => {
    const request = vi.fn((_name: string, work: () => Promise<void>) => work());
    vi.stubGlobal('navigator', { locks: { request } });
    await guest({ getSession: async () => somebody }).make();
    expect(request).toHaveBeenCalledWith('key:sign-in', expect.any(Function));
  });

  it('gets an account where the browser refuses locks, as in a frame of another site; what fails under one fails once', async () => {
    const refused = vi.fn(() => Promise.reject(new DOMException('The request was denied.', 'SecurityError')));
    vi.stubGlobal('navigator', { locks: { request: refused } });
    const signInAnonymously = vi.fn(async () => ({ error: null }));
    await guest({ getSession: async () => nobody, signInAnonymously }).make();
    expect(signInAnonymously).toHaveBeenCalledTimes(1);

    vi.stubGlobal('navigator', { locks: { request: (_name: string, work: () => Promise<void>) => work() } });
    const fails = vi.fn(async () => ({ error: { name: 'AuthApiError', message: '', status: 401 } }));
    await expect(guest({ getSession: async () => nobody, signInAnonymously: fails }).make()).rejects.toMatchObject({ code: 'key-refused' });
    expect(fails).toHaveBeenCalledTimes(1);
  });

  it('holds while the server knows the account', async () => {
    expect(await guest({ getUser: async () => ({ error: null }) }).holds()).toBe(true);
  });

  it('holds where its token only lasted for longer than the server takes it, by a clock that is slow', async () => {
    const signOut = vi.fn();
    const expired = { error: { name: 'AuthApiError', message: 'token is expired', status: 403, code: 'bad_jwt' } };
    expect(await guest({ getUser: async () => expired, refreshSession: async () => somebody, signOut }).holds()).toBe(true);
    await expect(guest({ getUser: async () => expired, refreshSession: async () => unreachable, signOut }).holds()).rejects.toMatchObject({
      code: 'network',
    });
    expect(signOut).not.toHaveBeenCalled();
  });

  it('is forgotten on this device, and only there, when the account is gone', async () => {
    const signOut = vi.fn(async () => ({ error: null }));
    expect(await guest({ getUser: async () => noUser, refreshSession: async () => noUser, signOut }).holds()).toBe(false);
    expect(signOut).toHaveBeenCalledWith({ scope: 'local' });
  });

  it('is forgotten even when the server does not take the sign-out', async () => {
    const store = sessionStore();
    store.setItem('key', 'session');
    const identity = guest({ getUser: async () => noUser, refreshSession: async () => noUser, signOut: async () => ({ error: noUser.error }) }, store);
    expect(await identity.holds()).toBe(false);
    expect(store.getItem('key')).toBeNull();
  });

  it('is not forgotten when the server cannot be asked', async () => {
    const signOut = vi.fn();
    await expect(guest({ getUser: async () => unreachable, signOut }).holds()).rejects.toMatchObject({ code: 'network' });
    expect(signOut).not.toHaveBeenCalled();
  });
});

describe('the host’s own client', () => {
  const client = (getSession: () => unknown): ProjectClient => ({ auth: { getSession } }) as unknown as ProjectClient;

  it('says whether somebody is signed in', async () => {
    expect(await hostSignedIn(client(async () => somebody))).toBe(true);
    expect(await hostSignedIn(client(async () => nobody))).toBe(false);
    await expect(hostSignedIn(client(async () => unreachable))).rejects.toMatchObject({ code: 'network' });
  });

  it('vouches for its visitor where it gives tokens and no sessions', async () => {
    const tokens = client(() => {
      throw new Error('accessing supabase.auth.getSession is not possible');
    });
    expect(await hostSignedIn(tokens)).toBe(true);
  });
});

describe('the session’s storage', () => {
  it('is the page’s', () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    });
    sessionStore().setItem('a', '1');
    expect(sessionStore().getItem('a')).toBe('1');
    sessionStore().removeItem('a');
    expect(kept.size).toBe(0);
  });

  it('is memory where the page’s is missing, denied or full', () => {
    const full = {
      getItem: () => 'stale',
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem() {},
    };
    vi.stubGlobal('localStorage', full);
    const store = sessionStore();
    store.setItem('a', 'new');
    expect(store.getItem('a')).toBe('new');
    vi.stubGlobal('localStorage', undefined);
    expect(store.getItem('a')).toBe('new');
    store.removeItem('a');
    expect(store.getItem('a')).toBeNull();
  });
});

describe('the host’s identity', () => {
  it('holds nobody up for long who wrote as a guest before: what does not go over now does so another time', async () => {
    const clock = new FakeClock();
    const host = new HostIdentity(async () => true, () => new Promise(() => {}), clock);
    let joining = false;
    void host.adopt().then(() => (joining = true));
    await clock.advance(timeLimit - 1);
    expect(joining).toBe(false);
    await clock.advance(1);
    expect(joining).toBe(true);
    await host.adopt();
    expect(clock.waiting).toBe(0);
  });
});
