import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../../../src/clock.js';

/** What the visitor agreed to on the authorise page; its code can be exchanged once. */
export interface CodeGrant {
  readonly account: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Base64url of the SHA-256 of the verifier. */
  readonly challenge: string;
  readonly expiresAt: number;
}

export interface RefreshGrant {
  readonly account: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Six months from authorisation; refreshing does not extend it. */
  readonly expiresAt: number;
}

export interface AccessGrant {
  readonly account: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

export const codeLifeMs = 10 * 60_000;
export const accessLifeMs = 60 * 60_000;
export const refreshLifeMs = 182 * 24 * 60 * 60_000;

const token = (prefix: string): string => `${prefix}${randomBytes(48).toString('base64url')}`;

interface Stored {
  readonly refresh: Record<string, RefreshGrant>;
  readonly access: Record<string, AccessGrant>;
}

/** Codes and tokens that were given out. With a file, sign-ins survive a restart. */
export class Grants {
  readonly #codes = new Map<string, CodeGrant>();
  readonly #refresh: Map<string, RefreshGrant>;
  readonly #access: Map<string, AccessGrant>;

  constructor(
    private readonly clock: Clock,
    private readonly file: string | null = null,
  ) {
    const stored = this.#read();
    this.#refresh = new Map(Object.entries(stored.refresh));
    this.#access = new Map(Object.entries(stored.access));
  }

  issueCode(grant: Omit<CodeGrant, 'expiresAt'>): string {
    const code = token('AQ');
    this.#codes.set(code, { ...grant, expiresAt: this.clock.now() + codeLifeMs });
    return code;
  }

  /** What `code` stands for. Asked a second time it stands for nothing. */
  redeemCode(code: string): CodeGrant | null {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    return grant && grant.expiresAt > this.clock.now() ? grant : null;
  }

  /** Whose code or refresh token it is, good or not. */
  holder(codeOrToken: string): string | null {
    return (this.#codes.get(codeOrToken) ?? this.#refresh.get(codeOrToken))?.account ?? null;
  }

  issueRefreshToken(grant: Omit<RefreshGrant, 'expiresAt'> & { readonly expiresAt?: number }): string {
    const refreshToken = token('AQ');
    this.#refresh.set(refreshToken, { ...grant, expiresAt: grant.expiresAt ?? this.clock.now() + refreshLifeMs });
    this.#write();
    return refreshToken;
  }

  refreshGrant(refreshToken: string): RefreshGrant | null {
    const grant = this.#refresh.get(refreshToken);
    return grant && grant.expiresAt > this.clock.now() ? grant : null;
  }

  revoke(refreshToken: string): void {
    this.#refresh.delete(refreshToken);
    this.#write();
  }

  issueAccessToken(account: string, scopes: readonly string[]): string {
    const now = this.clock.now();
    // An hour longer than they live: until then the answer is "expired", not "invalid".
    for (const [old, { expiresAt }] of this.#access) if (expiresAt < now - accessLifeMs) this.#access.delete(old);
    const accessToken = token('BQ');
    this.#access.set(accessToken, { account, scopes, expiresAt: now + accessLifeMs });
    this.#write();
    return accessToken;
  }

  /** The grant even when it has expired: the answer to an expired token differs from the one to a wrong token. */
  accessGrant(accessToken: string): AccessGrant | null {
    return this.#access.get(accessToken) ?? null;
  }

  expireAccessTokens(account: string): void {
    const expiresAt = this.clock.now();
    for (const [accessToken, grant] of this.#access) {
      if (grant.account === account) {
        this.#access.set(accessToken, { ...grant, expiresAt: Math.min(grant.expiresAt, expiresAt) });
      }
    }
    this.#write();
  }

  #read(): Stored {
    const none: Stored = { refresh: {}, access: {} };
    if (this.file === null) return none;
    try {
      return { ...none, ...(JSON.parse(readFileSync(this.file, 'utf8')) as Partial<Stored>) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        console.warn(`Spotify simulator: ${this.file} cannot be read; everybody has to sign in again.`);
      }
      return none;
    }
  }

  /** Whole or not at all: a demo that is killed while it writes leaves the file before. */
  #write(): void {
    if (this.file === null) return;
    mkdirSync(dirname(this.file), { recursive: true });
    const stored: Stored = { refresh: Object.fromEntries(this.#refresh), access: Object.fromEntries(this.#access) };
    writeFileSync(`${this.file}.new`, JSON.stringify(stored), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}
