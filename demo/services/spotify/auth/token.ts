import { createHash } from 'node:crypto';
import type { Exchange } from '../http.js';
import type { Simulator } from '../simulator.js';
import { demoClientId } from './authorize.js';
import { accessLifeMs } from './grants.js';

const cors = { 'Access-Control-Allow-Origin': '*' };

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** An OAuth error as accounts.spotify.com words it. */
class TokenError extends Error {
  constructor(
    readonly code: 'invalid_grant' | 'invalid_request' | 'invalid_client' | 'unsupported_grant_type',
    description: string,
  ) {
    super(description);
  }
}

interface TokenAnswer {
  readonly account: string;
  readonly scopes: readonly string[];
  readonly refreshToken: string | null;
}

function wanted(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new TokenError('invalid_request', `${name} must be supplied`);
  return value;
}

function exchangeCode(form: URLSearchParams, { grants, faults }: Simulator): TokenAnswer {
  const [code, redirectUri, verifier] = [
    wanted(form, 'code'),
    wanted(form, 'redirect_uri'),
    wanted(form, 'code_verifier'),
  ];
  const grant = grants.redeemCode(code);
  if (!grant || faults.has(grant.account, 'code-expired')) {
    throw new TokenError('invalid_grant', grant ? 'Authorization code expired' : 'Invalid authorization code');
  }
  if (grant.clientId !== form.get('client_id')) throw new TokenError('invalid_grant', 'Invalid client');
  if (grant.redirectUri !== redirectUri) throw new TokenError('invalid_grant', 'Invalid redirect URI');
  if (!/^[\w.~-]{43,128}$/.test(verifier) || challengeOf(verifier) !== grant.challenge) {
    throw new TokenError('invalid_grant', 'code_verifier was incorrect');
  }
  const { account, clientId, scopes } = grant;
  return { account, scopes, refreshToken: grants.issueRefreshToken({ account, clientId, scopes }) };
}

function refresh(form: URLSearchParams, { grants, faults }: Simulator): TokenAnswer {
  const old = wanted(form, 'refresh_token');
  const grant = grants.refreshGrant(old);
  if (!grant) throw new TokenError('invalid_grant', 'Invalid refresh token');
  if (grant.clientId !== form.get('client_id')) throw new TokenError('invalid_client', 'Invalid client');
  const { account, scopes } = grant;
  if (faults.has(account, 'refresh-refused')) throw new TokenError('invalid_grant', 'Refresh token revoked');
  if (faults.has(account, 'no-rotation')) return { account, scopes, refreshToken: null };
  // The old one is spent: two tabs that refresh at once cannot both win.
  grants.revoke(old);
  return { account, scopes, refreshToken: grants.issueRefreshToken(grant) };
}

/** `/api/token`, which stands for https://accounts.spotify.com/api/token: for public clients, so without a secret. */
export async function token(exchange: Exchange, simulator: Simulator): Promise<void> {
  if (exchange.method === 'OPTIONS') {
    return exchange.sendNothing(204, {
      ...cors,
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    });
  }
  if (exchange.method !== 'POST') return exchange.sendJson(405, { error: 'method_not_allowed' }, cors);

  const form = await exchange.form();
  const holder = simulator.grants.holder(form.get('code') ?? form.get('refresh_token') ?? '');
  if (simulator.faults.has(holder, 'token-server-error')) {
    return exchange.send(503, 'text/plain', 'upstream connect error', cors);
  }
  try {
    if (form.get('client_id') !== demoClientId) throw new TokenError('invalid_client', 'Invalid client');
    const grantType = form.get('grant_type');
    if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
      throw new TokenError('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
    }
    const { account, scopes, refreshToken } =
      grantType === 'refresh_token' ? refresh(form, simulator) : exchangeCode(form, simulator);
    exchange.sendJson(
      200,
      {
        access_token: simulator.grants.issueAccessToken(account, scopes),
        token_type: 'Bearer',
        expires_in: accessLifeMs / 1_000,
        scope: scopes.join(' '),
        ...(refreshToken !== null && { refresh_token: refreshToken }),
      },
      cors,
    );
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    exchange.sendJson(400, { error: error.code, error_description: error.message }, cors);
  }
}
