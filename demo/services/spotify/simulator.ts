import type { Clock } from '../../../src/clock.js';
import { Account, people as theFive, type Person } from './accounts.js';
import { Grants } from './auth/grants.js';
import { createCatalogue, type Catalogue } from './catalogue/catalogue.js';
import type { EmbedSession } from './embed/session.js';
import { concerns, Faults } from './faults.js';
import { CommandLog } from './log.js';

/** Everything that the parts of the simulator share. */
export interface Simulator {
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly faults: Faults;
  readonly log: CommandLog;
  readonly grants: Grants;
  /** Those that are open, in whatever page. */
  readonly embeds: Set<EmbedSession>;
  readonly timing: Timing;
}

/** How long things take, in ms. */
export interface Timing {
  /** From an accepted command until a device is told of its effect. */
  readonly effect: number;
  /** From `connect()` saying true until `ready`. */
  readonly ready: number;
  /** How often an embed that plays tells its position. */
  readonly tick: number;
}

export interface SimulatorOptions {
  readonly clock: Clock;
  /** Where tokens are kept over a restart, or null for nowhere. */
  readonly tokenFile: string | null;
  readonly timing: Partial<Timing>;
  /** Who has an account; the five of `accounts.ts` where it is left out. */
  readonly people?: readonly Person[];
}

export function createSimulator({ clock, tokenFile, timing, people = theFive }: SimulatorOptions): Simulator {
  const catalogue = createCatalogue();
  const simulator: Simulator = {
    clock,
    catalogue,
    accounts: new Map(people.map((person) => [person.name, new Account(person, catalogue, clock)])),
    faults: new Faults(),
    log: new CommandLog(),
    grants: new Grants(clock, tokenFile),
    embeds: new Set(),
    timing: { effect: 40, ready: 150, tick: 1_000, ...timing },
  };
  followFaults(simulator);
  return simulator;
}

/** Faults that are events of an account, and of no device. */
function followFaults({ accounts, faults, grants }: Simulator): void {
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
