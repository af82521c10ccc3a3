import { describe, expect, it } from 'vitest';
import { TokenError, TokenSigner } from '../../../demo/services/supabase/jwt.js';

const now = Date.UTC(2026, 0, 1);
const seconds = now / 1000;
const signer = new TokenSigner('secret');
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const refusal = (token: string, at = now): TokenError => {
  try {
    signer.verify(token, at);
  } catch (error) {
    if (error instanceof TokenError) return error;
    throw error;
  }
  throw new Error('It was taken');
};

describe('a token', () => {
  it('gives its claims back', () => {
    const claims = { role: 'authenticated', sub: 'ada', exp: seconds + 60, is_anonymous: true };
    expect(signer.verify(signer.sign(claims), now)).toEqual(claims);
  });

  it('is refused when somebody else signed it, or changed it', () => {
    const claims = { role: 'anon', exp: seconds + 60 };
    expect(refusal(new TokenSigner('other').sign(claims))).toMatchObject({ code: 'JwtSignatureError' });
    const [header, , signature] = signer.sign(claims).split('.');
    const changed = encode({ ...claims, role: 'service_role' });
    expect(refusal(`${header}.${changed}.${signature}`)).toMatchObject({ code: 'JwtSignatureError' });
  });

  it('is refused without a signature, whatever its header says', () => {
    const body = encode({ role: 'service_role', exp: seconds + 60 });
    expect(refusal(`${encode({ alg: 'none' })}.${body}.x`)).toMatchObject({ code: 'JwtSignatureError' });
    expect(refusal(`${encode({ alg: 'none' })}.${body}.`)).toMatchObject({ code: 'MalformedJWT' });
  });

  it('is refused after its time, with how long ago that was', () => {
    const token = signer.sign({ role: 'anon', exp: seconds });
    const late = refusal(token, now + 5500);
    expect(late).toMatchObject({ code: 'InvalidJWTToken', message: 'Token has expired 5 seconds ago' });
    expect(refusal(token, now).message).toBe('Token has expired 0 seconds ago');
  });

  it('needs a role and an end', () => {
    expect(refusal(signer.sign({ role: 'anon' })).message).toBe('Fields `role` and `exp` are required in JWT');
    expect(refusal(signer.sign({ exp: seconds + 60 })).message).toBe('Fields `role` and `exp` are required in JWT');
  });

  it.each(['', 'a', 'a.b', 'a.b.c.d', '..', 'e30.e30.', 'x.y.z'])('is refused when it is none: "%s"', (token) => {
    expect(refusal(token)).toMatchObject({ code: 'MalformedJWT' });
  });
});
