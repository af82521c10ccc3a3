import type { Clock } from '../../../../src/clock.js';
import { expired, type TokenClaims, type TokenSigner } from '../jwt.js';

/** Tokens are looked at again at least this often. */
const longestCheckMs = 5 * 60_000;

export interface TokenContext {
  readonly tokens: TokenSigner;
  /** Whom the publishable key stands for. */
  readonly keyClaims: TokenClaims;
  readonly clock: Clock;
}

/** By what token a channel is open, and until when. */
export class ChannelToken {
  private current: TokenClaims;
  private cancelCheck: () => void = () => {};

  constructor(
    private readonly context: TokenContext,
    private token: string | null,
    /** The token is over; the text says so. */
    private readonly ended: (message: string) => void,
  ) {
    this.current = context.keyClaims;
  }

  get claims(): TokenClaims {
    return this.current;
  }

  /** @throws {TokenError} */
  confirm(): void {
    const { clock, tokens, keyClaims } = this.context;
    this.current = this.token === null ? keyClaims : tokens.verify(this.token, clock.now());
    this.check();
  }

  /**
   * @returns false for the token that it has
   * @throws {TokenError}
   */
  replace(token: string): boolean {
    if (token === this.token) return false;
    this.token = token;
    this.confirm();
    return true;
  }

  stop(): void {
    this.cancelCheck();
  }

  private check(): void {
    const { clock } = this.context;
    this.cancelCheck();
    const left = this.current.exp * 1000 - clock.now();
    if (left <= 0) this.ended(expired(this.current.exp, clock.now()));
    else this.cancelCheck = clock.after(Math.min(left, longestCheckMs), () => this.check());
  }
}
