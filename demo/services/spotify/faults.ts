import { Subscribable } from '../../../src/subscribable.js';

/**
 * What can go wrong, by name. `while`: from switching on to switching off. `once`: at the moment of switching on, and
 * again at the next; it is never listed as on.
 */
const table = {
  // Signing in
  'token-expired': ['once', 'Every access token that the account holds expires now; a refresh gives a good one.'],
  'token-refused': ['while', 'Every access token is refused with 401, fresh ones too.'],
  'refresh-refused': ['while', 'A refresh is answered with invalid_grant, as after six months or a revocation.'],
  'no-rotation': ['while', 'A refresh brings no new refresh token; the old one stays good.'],
  'code-expired': ['while', 'An authorization code counts as expired.'],
  'wrong-state': ['while', 'The authorise page hands back another state than it was given.'],
  'token-server-error': ['while', 'The token endpoint answers 503.'],
  // Who may
  'free-account': [
    'while',
    'The account counts as Free: account_error from the SDK, 403 PREMIUM_REQUIRED for player commands.',
  ],
  'not-on-list': [
    'while',
    'The account is not among the five users of the client ID: it signs in, then every Web API call gets 403.',
  ],
  'owner-premium-lapsed': ['while', "The Premium of the client ID's owner has lapsed: 403 for every Web API call."],
  // The SDK and its device
  'sdk-blocked': [
    'while',
    'The SDK script does not load, as behind a blocker. Only for account "*": a script has no account.',
  ],
  'initialization-error': ['while', 'The SDK cannot start: initialization_error instead of a device.'],
  'connect-hangs': ['while', 'connect() is never answered.'],
  'ready-never': ['while', 'connect() says true and ready never comes.'],
  'ready-late': ['while', 'ready comes 4 s after connect() said true.'],
  'device-404-after-ready': [
    'while',
    'For 1.5 s after ready the Web API answers 404 "Device not found" for the device.',
  ],
  'device-gone': [
    'while',
    'The device is offline: not_ready; 404 from the Web API. Switched off: ready again with the same id.',
  ],
  'device-dead': [
    'while',
    'As after a long idle: no not_ready and no state events, the device 404s, a reconnect says true and nothing follows.',
  ],
  'new-device-id': ['once', 'not_ready, then ready with a new device id.'],
  'taken-elsewhere': [
    'once',
    'The account goes on playing on its other device (its kitchen); the SDK tells a null state.',
  ],
  'autoplay-blocked': [
    'while',
    "Sound is refused, with autoplay_failed, until the SDK's own resume() or togglePlay(); by an embed without a word, until its own button is pressed.",
  ],
  'playback-error': ['once', 'The SDK tells a playback_error.'],
  'fixed-volume': ['while', 'As on iOS: the volume cannot be set and reads 1.'],
  'slow-commands': ['while', 'Commands take effect 3 s after they were accepted.'],
  'doubled-events': ['while', 'Every change is told by four state events at wide gaps.'],
  'stale-events': ['while', 'After every change one more state event tells the state before it.'],
  // The embed
  'embed-blocked': ['while', 'The script of the iFrame API does not load. Only for account "*".'],
  'embed-ready-never': ['while', 'The embed loads, and its ready never comes.'],
  'embed-error': ['while', 'The embed tells an error in place of playing.'],
  'embed-cookies-blocked': ['while', 'The browser keeps cookies from the frame: previews, whoever is logged in.'],
  // The Web API
  'rate-limited': ['while', '429 with Retry-After: 3, which pages of other origins may read.'],
  'rate-limited-bare': ['while', '429 without Retry-After.'],
  'rate-limited-no-cors': [
    'while',
    '429 without CORS headers; for a page of the same origin the connection is cut, which looks alike.',
  ],
  'quota-exceeded': ['while', '429 with reason QUOTA_EXCEEDED and Retry-After: 3600.'],
  'server-error': ['while', '503 for every Web API call.'],
  'network-down': ['while', 'The connection of every Web API call is cut.'],
  restricted: ['while', '403 "Restriction violated" for every player command.'],
  'old-shapes': [
    'while',
    'The fields from before February 2026 are there as well: product, email, tracks of playlists …',
  ],
} as const satisfies Record<string, readonly ['while' | 'once', string]>;

export type FaultName = keyof typeof table;

export interface FaultChange {
  /** An account's name, or `*` for all. */
  readonly account: string;
  readonly fault: FaultName;
  readonly on: boolean;
}

/** One row of `GET /spotify/faults`. */
export interface FaultReport {
  readonly name: FaultName;
  readonly description: string;
  readonly lasts: 'while' | 'once';
  /** The accounts that it is on for; `*` is all. */
  readonly on: readonly string[];
}

export const isFault = (name: unknown): name is FaultName => typeof name === 'string' && Object.hasOwn(table, name);

/** Which faults are on for whom. Tells its subscribers of every switching. */
export class Faults extends Subscribable<FaultChange> {
  readonly #on = new Map<FaultName, Set<string>>();

  /** @param account a lower-case name, or `*` */
  set(account: string, fault: FaultName, on: boolean): void {
    const accounts = this.#on.get(fault) ?? new Set();
    if (table[fault][0] === 'while') {
      if (on) accounts.add(account);
      else accounts.delete(account);
      this.#on.set(fault, accounts);
    }
    this.emit({ account, fault, on });
  }

  has(account: string | null, fault: FaultName): boolean {
    const accounts = this.#on.get(fault);
    return accounts !== undefined && (accounts.has('*') || (account !== null && accounts.has(account)));
  }

  clear(): void {
    for (const { name, on } of this.report()) for (const account of on) this.set(account, name, false);
  }

  report(): FaultReport[] {
    return Object.entries(table).map(([name, [lasts, description]]) => ({
      name: name as FaultName,
      description,
      lasts,
      on: [...(this.#on.get(name as FaultName) ?? [])],
    }));
  }
}

/** Whether `change` is about `account`. */
export const concerns = (change: FaultChange, account: string): boolean =>
  change.account === '*' || change.account === account;
