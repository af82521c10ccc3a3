import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isRegistrable } from '../../../demo/services/spotify/auth/authorize.js';
import { ManualClock } from '../../elements/support/manual-clock.js';
import { allScopes, redirectUri, startSimulator } from './support.js';

const minutes = 60_000;

describe('the authorise page', () => {
  it('offers every account and a way out, says that it is not Spotify, and cannot be framed', async () => {
    const remote = await startSimulator();
    const response = await fetch(remote.authorizeUrl());
    const page = await response.text();
    expect(response.status).toBe(200);
    for (const name of ['Alice', 'Bob', 'Carol', 'Dave', 'Frank']) {
      expect(page).toContain(`>Continue as ${name}</button>`);
    }
    expect(page).toContain('>Cancel</button>');
    expect(page).toContain('Spotify simulator – not Spotify');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });

  it('writes what it was given as text', async () => {
    const remote = await startSimulator();
    const page = await (await fetch(remote.authorizeUrl({ state: '"><script>alert(1)</script>' }))).text();
    expect(page).not.toContain('<script>');
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
  });

  it.each([
    [{ client_id: 'somebody-else' }, 'INVALID_CLIENT: Invalid client'],
    [{ redirect_uri: 'http://localhost:5173/' }, 'INVALID_CLIENT: Invalid redirect URI'],
    [{ redirect_uri: 'http://example.com/' }, 'INVALID_CLIENT: Invalid redirect URI'],
    [{ code_challenge_method: 'plain' }, 'code_challenge_method must be S256'],
    [{ code_challenge: null }, 'code_challenge must be the base64url of a SHA-256'],
  ])('refuses %o on the spot', async (changes, sentence) => {
    const remote = await startSimulator();
    const response = await fetch(remote.authorizeUrl(changes), { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(sentence);
  });

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'streaming everything' }, 'invalid_scope'],
  ])('sends %o back with an error', async (changes, error) => {
    const remote = await startSimulator();
    const response = await fetch(remote.authorizeUrl(changes), { redirect: 'manual' });
    const location = new URL(response.headers.get('location') ?? '');
    expect([location.searchParams.get('error'), location.searchParams.get('state')]).toEqual([error, 'some-state']);
  });

  it('sends a visitor who cancels back with access_denied and the state', async () => {
    const remote = await startSimulator();
    const location = await remote.choose('');
    expect(location.href).toBe(`${redirectUri}?error=access_denied&state=some-state`);
  });
});

describe('what may be a redirect URI', () => {
  it.each(['https://example.com/room', 'http://127.0.0.1:5173/', 'http://127.0.0.1:1/a?b=c', 'http://[::1]:8080/'])(
    '%s',
    (uri) => {
      expect(isRegistrable(uri)).toBe(true);
    },
  );

  it.each([
    'http://localhost:5173/',
    'https://localhost/',
    'http://example.com/',
    'http://127.0.0.2/',
    'https://example.com/#a',
    'ftp://127.0.0.1/',
    'room',
    '',
  ])('not %s', (uri) => {
    expect(isRegistrable(uri)).toBe(false);
  });
});

describe('the exchange of a code', () => {
  it('gives tokens for the account that was chosen', async () => {
    const remote = await startSimulator();
    const location = await remote.choose('bob');
    expect(location.searchParams.get('state')).toBe('some-state');
    const { status, body, headers } = await remote.redeem(location.searchParams.get('code') ?? '');
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3_600, scope: allScopes.join(' ') });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const me = await remote.api(body.access_token ?? '', 'GET /me');
    expect(me.body).toMatchObject({ display_name: 'Bob', id: 'bob' });
  });

  it('works once', async () => {
    const remote = await startSimulator();
    const code = (await remote.choose('bob')).searchParams.get('code') ?? '';
    expect((await remote.redeem(code)).status).toBe(200);
    expect(await remote.redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('comes too late after ten minutes', async () => {
    const remote = await startSimulator();
    const code = (await remote.choose('bob')).searchParams.get('code') ?? '';
    remote.clock.tick(10 * minutes);
    expect(await remote.redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each([
    [
      { code_verifier: 'another-verifier-that-is-long-enough-for-everybody-0' },
      'invalid_grant',
      'code_verifier was incorrect',
    ],
    [{ code_verifier: 'short' }, 'invalid_grant', 'code_verifier was incorrect'],
    [{ redirect_uri: `${redirectUri}?` }, 'invalid_grant', 'Invalid redirect URI'],
    [{ client_id: 'somebody-else' }, 'invalid_client', 'Invalid client'],
    [{ grant_type: 'password' }, 'unsupported_grant_type', 'grant_type must be authorization_code or refresh_token'],
    [{ code: '' }, 'invalid_request', 'code must be supplied'],
  ])('refuses %o', async (changes, error, description) => {
    const remote = await startSimulator();
    const code = (await remote.choose('bob')).searchParams.get('code') ?? '';
    expect(await remote.redeem(code, changes)).toMatchObject({
      status: 400,
      body: { error, error_description: description },
    });
  });
});

describe('a refresh', () => {
  const refresh = (refresh_token: string): Record<string, string> => ({
    grant_type: 'refresh_token',
    client_id: 'roomtone-demo',
    refresh_token,
  });
  const signedIn = async (): Promise<{ remote: Awaited<ReturnType<typeof startSimulator>>; refreshToken: string }> => {
    const remote = await startSimulator();
    const { body } = await remote.redeem((await remote.choose('alice')).searchParams.get('code') ?? '');
    return { remote, refreshToken: body.refresh_token ?? '' };
  };

  it('gives a new access token and a new refresh token, which alone is good from then on', async () => {
    const { remote, refreshToken } = await signedIn();
    const first = await remote.token(refresh(refreshToken));
    expect(first.status).toBe(200);
    expect((await remote.api(first.body.access_token ?? '', 'GET /me')).status).toBe(200);
    expect(first.body.refresh_token).not.toBe(refreshToken);
    expect(await remote.token(refresh(refreshToken))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await remote.token(refresh(first.body.refresh_token ?? ''))).status).toBe(200);
  });

  it('brings no new refresh token where rotation is off, and the old one stays good', async () => {
    const { remote, refreshToken } = await signedIn();
    await remote.fault('alice', 'no-rotation');
    expect((await remote.token(refresh(refreshToken))).body).not.toHaveProperty('refresh_token');
    expect((await remote.token(refresh(refreshToken))).status).toBe(200);
  });

  it('ends six months after the sign-in, however often it was used', async () => {
    const { remote, refreshToken } = await signedIn();
    remote.clock.tick(181 * 24 * 60 * minutes);
    const { body } = await remote.token(refresh(refreshToken));
    expect(body).toHaveProperty('refresh_token');
    remote.clock.tick(2 * 24 * 60 * minutes);
    expect(await remote.token(refresh(body.refresh_token ?? ''))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('is refused where the listener has revoked it, and does not use the token up', async () => {
    const { remote, refreshToken } = await signedIn();
    await remote.fault('alice', 'refresh-refused');
    expect(await remote.token(refresh(refreshToken))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Refresh token revoked' },
    });
    await remote.fault('alice', 'refresh-refused', false);
    await remote.fault('alice', 'token-server-error');
    expect(
      (await fetch(`${remote.base}/api/token`, { method: 'POST', body: new URLSearchParams(refresh(refreshToken)) }))
        .status,
    ).toBe(503);
    await remote.fault('alice', 'token-server-error', false);
    expect((await remote.token(refresh(refreshToken))).status).toBe(200);
  });
});

describe('a restart', () => {
  it('keeps sign-ins in a file that only its owner may read', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'roomtone-spotify-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const clock = new ManualClock();
    const token = await (await startSimulator({ dataDir, clock })).signIn('carol');
    const again = await startSimulator({ dataDir, clock });
    expect((await again.api(token, 'GET /me')).body).toMatchObject({ id: 'carol' });
    expect(readFileSync(join(dataDir, 'tokens.json'), 'utf8')).toContain('carol');
  });
});

describe('faults of the sign-in', () => {
  it('hands back another state', async () => {
    const remote = await startSimulator();
    await remote.fault('alice', 'wrong-state');
    expect((await remote.choose('alice')).searchParams.get('state')).not.toBe('some-state');
    expect((await remote.choose('bob')).searchParams.get('state')).toBe('some-state');
  });

  it('lets a code count as expired', async () => {
    const remote = await startSimulator();
    await remote.fault('alice', 'code-expired');
    const code = (await remote.choose('alice')).searchParams.get('code') ?? '';
    expect(await remote.redeem(code)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Authorization code expired' },
    });
  });
});
