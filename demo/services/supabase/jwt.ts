import { createHmac, timingSafeEqual } from 'node:crypto';

/** The claims of a token that was verified. */
export interface TokenClaims {
  readonly role: string;
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly sub?: string;
  readonly [claim: string]: unknown;
}

export type TokenErrorCode = 'MalformedJWT' | 'JwtSignatureError' | 'InvalidJWTToken';

/** A refused token, in the words that Realtime answers with. */
export class TokenError extends Error {
  override readonly name = 'TokenError';

  constructor(
    readonly code: TokenErrorCode,
    message: string,
  ) {
    super(message);
  }
}

const encodeJson = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decodeJson(part: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  return value as Record<string, unknown>;
}

const malformed = (): TokenError => new TokenError('MalformedJWT', 'The token provided is not a valid JWT');

/** Signs and checks tokens with a project's secret: HS256, what @supabase/lite signs with. */
export class TokenSigner {
  constructor(private readonly secret: string) {}

  sign(claims: Readonly<Record<string, unknown>>): string {
    const body = `${encodeJson({ alg: 'HS256', typ: 'JWT' })}.${encodeJson(claims)}`;
    return `${body}.${this.signature(body).toString('base64url')}`;
  }

  /**
   * @param now ms since the epoch
   * @throws {TokenError}
   */
  verify(token: string, now: number): TokenClaims {
    const [header, payload, signature, ...more] = token.split('.');
    if (!header || !payload || !signature || more.length > 0) throw malformed();
    const claims = decodeJson(payload);
    const given = Buffer.from(signature, 'base64url');
    const right = this.signature(`${header}.${payload}`);
    if (decodeJson(header).alg !== 'HS256' || given.length !== right.length || !timingSafeEqual(given, right)) {
      throw new TokenError('JwtSignatureError', 'Failed to validate JWT signature');
    }
    const { role, exp, sub } = claims;
    if (typeof role !== 'string' || typeof exp !== 'number' || (sub !== undefined && typeof sub !== 'string')) {
      throw new TokenError('InvalidJWTToken', 'Fields `role` and `exp` are required in JWT');
    }
    const seconds = Math.floor(now / 1000);
    if (exp <= seconds) throw new TokenError('InvalidJWTToken', expired(exp, now));
    return { ...claims, role, exp, sub };
  }

  private signature(body: string): Buffer {
    return createHmac('sha256', this.secret).update(body).digest();
  }
}

export const expired = (exp: number, now: number): string =>
  `Token has expired ${Math.max(0, Math.floor(now / 1000) - exp)} seconds ago`;
