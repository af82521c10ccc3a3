import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PlayerError } from '../../../src/player/engine.js';
import { createOAuth, scopes, type OAuth } from '../../../src/player/oauth.js';
import { FakeClock } from './support/fake-clock.js';
import { FakeFetch, json } from './support/fake-fetch.js';

const grant = {
  access_token: 'BQ-access',
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: 'AQ-refresh',
  scope: '',
};

function setUp(token = 'https://accounts.spotify.com/api/token'): { oauth: OAuth; http: FakeFetch; clock: FakeClock } {
  const [http, clock] = [new FakeFetch(), new FakeClock()];
  const oauth = createOAuth({
    clientId: 'the-client',
    redirectUri: 'https://host.example/room',
    endpoints: { authorize: 'https://accounts.spotify.com/authorize', token },
    fetch: http.fetch,
    clock,
  });
  return { oauth, http, clock };
}

async function failure(run: Promise<unknown>): Promise<PlayerError> {
  const reason: unknown = await run.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(reason).toBeInstanceOf(PlayerError);
  const { message, stack, cause } = reason as PlayerError;
  for (const secret of ['BQ-', 'AQ-', 'a-verifier', 'the-code'])
    expect(`${message}${stack}${JSON.stringify(reason)}`).not.toContain(secret);
  // The library's errors hold the whole answer.
  expect(cause).toBeUndefined();
  return reason as PlayerError;
}

describe('the address of the authorise page', () => {
  it('asks by PKCE with S256, without a secret, for what is used and nothing else', async () => {
    const { oauth } = setUp();
    const { url, verifier } = await oauth.prepare('roomtone.popup.x', false);
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://accounts.spotify.com/authorize');
    expect(verifier).toMatch(/^[\w-]{43,128}$/);
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: 'the-client',
      redirect_uri: 'https://host.example/room',
      scope: scopes.join(' '),
      state: 'roomtone.popup.x',
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
  });

  it('offers a choice of accounts where that is wanted', async () => {
    const { url } = await setUp().oauth.prepare('x', true);
    expect(new URL(url).searchParams.get('show_dialog')).toBe('true');
  });

  it('holds another verifier and another state each time', async () => {
    const { oauth } = setUp();
    expect((await oauth.prepare('x', false)).verifier).not.toBe((await oauth.prepare('x', false)).verifier);
    expect(oauth.randomState()).not.toBe(oauth.randomState());
  });
});

describe('the token endpoint', () => {
  it('exchanges a code for tokens', async () => {
    const { oauth, http } = setUp();
    http.answers.push(json(200, grant));
    expect(await oauth.exchange('the-code', 'a-verifier')).toEqual({
      accessToken: 'BQ-access',
      expiresInMs: 3_600_000,
      refreshToken: 'AQ-refresh',
    });
    const [request] = http.sent;
    expect(request?.method).toBe('POST');
    expect(request?.headers.has('authorization')).toBe(false);
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'authorization_code',
      client_id: 'the-client',
      code: 'the-code',
      redirect_uri: 'https://host.example/room',
      code_verifier: 'a-verifier',
    });
  });

  it('refreshes, and may keep the refresh token as it is', async () => {
    const { oauth, http } = setUp();
    http.answers.push(json(200, { access_token: 'BQ-access', token_type: 'bearer' }));
    expect(await oauth.refresh('AQ-refresh')).toEqual({
      accessToken: 'BQ-access',
      expiresInMs: 3_600_000,
      refreshToken: null,
    });
    expect(Object.fromEntries(new URLSearchParams(http.sent[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'the-client',
      refresh_token: 'AQ-refresh',
    });
  });

  it.each([
    [
      'a refused refresh token',
      'refresh',
      json(400, { error: 'invalid_grant', error_description: 'AQ-refresh' }),
      'sign-in-expired',
    ],
    ['a client ID that is gone', 'refresh', json(400, { error: 'invalid_client' }), 'sign-in-expired'],
    ['a used code', 'exchange', json(400, { error: 'invalid_grant' }), 'sign-in-failed'],
    ['an error with a secret for a name', 'exchange', json(400, { error: 'BQ-access' }), 'sign-in-failed'],
    ['trouble that passes', 'refresh', json(400, { error: 'temporarily_unavailable' }), 'server'],
    ['a broken server', 'refresh', new Response('upstream', { status: 503 }), 'server'],
    ['a captive portal', 'refresh', new Response('<html>BQ-', { status: 200 }), 'server'],
    [
      'an answer without a token',
      'exchange',
      json(200, { token_type: 'bearer', refresh_token: 'AQ-refresh' }),
      'server',
    ],
    ['no network', 'refresh', new TypeError('Failed to fetch'), 'network'],
    ['too many requests', 'refresh', json(429, {}, { 'Retry-After': '5' }), 'rate-limited'],
  ] as const)('%s (%s)', async (_name, kind, answer, code) => {
    const { oauth, http } = setUp();
    http.answers.push(answer instanceof Response ? answer.clone() : answer);
    expect(
      (await failure(kind === 'refresh' ? oauth.refresh('AQ-refresh') : oauth.exchange('the-code', 'a-verifier'))).code,
    ).toBe(code);
  });

  it('that does not answer is given up, and the request with it', async () => {
    const { oauth, http, clock } = setUp();
    http.answers.push('never');
    const late = failure(oauth.refresh('AQ-refresh'));
    await clock.advance(15_000);
    expect((await late).code).toBe('network');
    expect(clock.waiting).toBe(0);
  });

  it.each(['http://127.0.0.1:5173/spotify/api/token', 'http://[::1]:5173/token', 'http://localhost:1/token'])(
    'may be a stand-in on loopback: %s',
    async (token) => {
      const { oauth, http } = setUp(token);
      http.answers.push(json(200, grant));
      expect((await oauth.refresh('AQ-refresh')).accessToken).toBe('BQ-access');
    },
  );

  it('gets no token over plain http elsewhere', async () => {
    const { oauth, http } = setUp('http://stand-in.example/token');
    await failure(oauth.refresh('AQ-refresh'));
    expect(http.sent).toEqual([]);
  });
});
