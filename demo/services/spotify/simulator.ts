import type { Clock } from '../../../src/clock.js';
import { Account, people } from './accounts.js';
import type { Grants } from './auth/grants.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { concerns, type Faults } from './faults.js';
import type { CommandLog } from './log.js';

/** Everything that the parts of the simulator share. */
export interface Simulator {
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly faults: Faults;
  readonly log: CommandLog;
  readonly grants: Grants;
  readonly timing: Timing;
}

/** How long things take, in ms. */
export interface Timing {
  /** From an accepted command until a device is told of its effect. */
  readonly effect: number;
  /** From `connect()` saying true until `ready`. */
  readonly ready: number;
}

export function createAccounts(catalogue: Catalogue, clock: Clock): Map<string, Account> {
  return new Map(people.map((person) => [person.name, new Account(person, catalogue, clock)]));
}

/** Faults that are events of an account, and of no device. */
export function followFaults({ accounts, faults, grants }: Pick<Simulator, 'accounts' | 'faults' | 'grants'>): void {
  faults.subscribe((change) => {
    if (!change.on) return;
    for (const account of accounts.values()) {
      if (!concerns(change, account.name)) continue;
      if (change.fault === 'taken-elsewhere') account.takeElsewhere();
      if (change.fault === 'token-expired') grants.expireAccessTokens(account.name);
    }
  });
}

export const isPremium = ({ faults }: Simulator, { person }: Account): boolean =>
  person.product === 'premium' && !faults.has(person.name, 'free-account');
