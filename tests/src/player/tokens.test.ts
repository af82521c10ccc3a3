import { describe, expect, it } from 'vitest';
import { PlayerError } from '../../../src/player/engine.js';
import type { Grant } from '../../../src/player/oauth.js';
import { createTokenStore } from '../../../src/player/token-store.js';
import { createTokens, type Tokens } from '../../../src/player/tokens.js';
import { FakeClock, settled } from './support/fake-clock.js';
import { FakeStorage } from './support/fake-storage.js';

const grant = (n: number, refreshToken: string | null = `AQ-${n}`): Grant => ({
  accessToken: `BQ-${n}`,
  expiresInMs: 3_600_000,
  refreshToken,
});

/** Web Locks of one origin, shared by its tabs. */
class FakeLocks {
  #tail: Promise<unknown> = Promise.resolve();
  stuck = false;

  readonly request = (
    _name: string,
    { signal }: { signal?: AbortSignal },
    run: () => Promise<unknown>,
  ): Promise<unknown> => {
    const aborted = new Promise((_resolve, reject) =>
      signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
    );
    if (this.stuck) return aborted;
    const own = this.#tail.then(run, run);
    this.#tail = own;
    return own;
  };
}

/** One origin at one Spotify; each tab has tokens of its own over the same storage. */
class Origin {
  readonly clock = new FakeClock();
  readonly storage = new FakeStorage();
  readonly locks = new FakeLocks();
  readonly spent: string[] = [];
  rotates = true;
  trouble: PlayerError | null = null;
  hold: Promise<void> = Promise.resolve();
  #valid = 'AQ-0';
  #n = 0;

  tab(options: { locks?: boolean; clientId?: string } = {}): Tokens {
    return createTokens({
      oauth: {
        refresh: async (token) => {
          this.spent.push(token);
          await this.hold;
          if (this.trouble) throw this.trouble;
          if (token !== this.#valid) throw new PlayerError('sign-in-expired', 'invalid_grant');
          const next = grant(++this.#n, this.rotates ? `AQ-${this.#n}` : null);
          this.#valid = next.refreshToken ?? this.#valid;
          return next;
        },
      },
      store: createTokenStore(() => this.storage, 'roomtone', options.clientId ?? 'client'),
      locks: options.locks === false ? undefined : (this.locks as unknown as LockManager),
      lockName: 'roomtone:spotify',
      clock: this.clock,
    });
  }
}

const expired = expect.objectContaining({ code: 'sign-in-expired' }) as Error;

describe('an access token', () => {
  it('is kept in memory, and renewed a little before it runs out', async () => {
    const origin = new Origin();
    const tokens = origin.tab();
    tokens.accept(grant(0));
    expect(await tokens.get()).toBe('BQ-0');
    await origin.clock.advance(3_500_000);
    expect(await tokens.get()).toBe('BQ-0');
    await origin.clock.advance(50_000);
    expect(await tokens.get()).toBe('BQ-1');
    expect([...origin.storage.entries()].join()).not.toContain('BQ-');
  });

  it('is asked for once, however many want it', async () => {
    const origin = new Origin();
    origin.tab().accept(grant(0));
    const tokens = origin.tab();
    expect(tokens.remembered).toBe(true);
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.renew('BQ-old')])).toEqual(['BQ-1', 'BQ-1', 'BQ-1']);
    expect(origin.spent).toEqual(['AQ-0']);
  });

  it('that Spotify refused is renewed; one that was renewed meanwhile is not', async () => {
    const origin = new Origin();
    const tokens = origin.tab();
    tokens.accept(grant(0));
    expect(await tokens.renew('BQ-0')).toBe('BQ-1');
    expect(await tokens.renew('BQ-0')).toBe('BQ-1');
    expect(origin.spent).toEqual(['AQ-0']);
  });

  it('cannot be had by a visitor who never signed in', async () => {
    const origin = new Origin();
    const tokens = origin.tab();
    expect(tokens.remembered).toBe(false);
    await expect(tokens.get()).rejects.toEqual(expired);
    expect(origin.spent).toEqual([]);
  });
});

describe('a refresh token', () => {
  it('stays the old one where no new one comes', async () => {
    const origin = new Origin();
    origin.rotates = false;
    origin.tab().accept(grant(0));
    await origin.tab().get();
    await origin.tab().get();
    expect(origin.spent).toEqual(['AQ-0', 'AQ-0']);
  });

  it('that rotates is not spent by two tabs at once', async () => {
    const origin = new Origin();
    const [one, other] = [origin.tab(), origin.tab()];
    one.accept(grant(0));
    expect(await Promise.all([one.renew('BQ-0'), other.get()])).toEqual(['BQ-1', 'BQ-2']);
    expect(origin.spent).toEqual(['AQ-0', 'AQ-1']);
  });

  it('that another tab rotated where there are no locks is read again', async () => {
    const origin = new Origin();
    const [one, other] = [origin.tab({ locks: false }), origin.tab({ locks: false })];
    one.accept(grant(0));
    const both = await Promise.all([one.renew('BQ-0'), other.get()]);
    expect(both).toEqual(['BQ-1', 'BQ-2']);
    expect(origin.spent).toEqual(['AQ-0', 'AQ-0', 'AQ-1']);
  });

  it('that is refused is discarded and never tried again', async () => {
    const origin = new Origin();
    const tokens = origin.tab();
    tokens.accept(grant(7));
    await expect(tokens.renew('BQ-7')).rejects.toEqual(expired);
    expect(tokens.remembered).toBe(false);
    expect(origin.storage.length).toBe(0);
    await expect(tokens.get()).rejects.toEqual(expired);
    expect(origin.spent).toEqual(['AQ-7']);
  });

  it('survives trouble that passes', async () => {
    const origin = new Origin();
    origin.tab().accept(grant(0));
    const tokens = origin.tab();
    origin.trouble = new PlayerError('network');
    await expect(tokens.get()).rejects.toMatchObject({ code: 'network' });
    expect(tokens.remembered).toBe(true);
    origin.trouble = null;
    expect(await tokens.get()).toBe('BQ-1');
  });

  it('of another client ID is no use', () => {
    const origin = new Origin();
    origin.tab().accept(grant(0));
    expect(origin.tab({ clientId: 'other' }).remembered).toBe(false);
  });

  it('lives in memory only where storage is denied', async () => {
    const origin = new Origin();
    origin.storage.denied = true;
    const tokens = origin.tab();
    expect(tokens.remembered).toBe(false);
    tokens.accept(grant(0));
    expect(tokens.remembered).toBe(true);
    expect(await tokens.renew('BQ-0')).toBe('BQ-1');
    tokens.forget();
    expect(tokens.remembered).toBe(false);
  });

  it('that something else overwrote counts as none', () => {
    const origin = new Origin();
    for (const value of ['', '{', 'null', '[]', '{"client":"client"}']) {
      origin.storage.setItem('roomtone:spotify', value);
      expect(origin.tab().remembered).toBe(false);
    }
  });
});

describe('the lock', () => {
  it('that a frozen tab holds is not waited for for ever', async () => {
    const origin = new Origin();
    origin.tab().accept(grant(0));
    origin.locks.stuck = true;
    const getting = origin.tab().get();
    await origin.clock.advance(20_000);
    expect(await getting).toBe('BQ-1');
    expect(origin.clock.waiting).toBe(0);
  });
});

describe('forgetting', () => {
  it('removes everything, and what was on its way brings nothing back', async () => {
    const origin = new Origin();
    let answer: () => void = () => undefined;
    origin.hold = new Promise((resolve) => (answer = resolve));
    const tokens = origin.tab();
    tokens.accept(grant(0));
    const renewing = tokens.renew('BQ-0');
    await settled();
    tokens.forget();
    answer();
    await expect(renewing).rejects.toEqual(expired);
    expect(tokens.remembered).toBe(false);
    expect(origin.storage.length).toBe(0);
  });

  it('does not undo a sign-in that came after it', async () => {
    const origin = new Origin();
    let answer: () => void = () => undefined;
    origin.hold = new Promise((resolve) => (answer = resolve));
    const tokens = origin.tab();
    tokens.accept(grant(5));
    const renewing = tokens.renew('BQ-5');
    await settled();
    tokens.forget();
    tokens.accept(grant(0));
    answer();
    await expect(renewing).rejects.toEqual(expired);
    expect(tokens.remembered).toBe(true);
    expect(await tokens.get()).toBe('BQ-0');
  });

  it('leaves a later sign-in alone where the refresh before it still waited for its turn', async () => {
    const origin = new Origin();
    const tokens = origin.tab();
    tokens.accept(grant(5));
    let release: () => void = () => undefined;
    void origin.locks.request('roomtone:spotify', {}, () => new Promise<void>((resolve) => (release = resolve)));
    const renewing = tokens.renew('BQ-5');
    await settled();
    tokens.forget();
    tokens.accept(grant(0));
    release();
    await expect(renewing).rejects.toEqual(expired);
    expect(origin.spent).toEqual([]);
    expect(await tokens.renew('BQ-0')).toBe('BQ-1');
  });

  it('in one tab ends the others with their next refresh', async () => {
    const origin = new Origin();
    const [one, other] = [origin.tab(), origin.tab()];
    one.accept(grant(0));
    await other.get();
    one.forget();
    await expect(other.renew('BQ-1')).rejects.toEqual(expired);
  });
});
