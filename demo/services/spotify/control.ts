import { people } from './accounts.js';
import { isFault } from './faults.js';
import type { Exchange } from './http.js';
import { currentUri } from './playback/playback.js';
import type { Simulator } from './simulator.js';

/** A row of `GET /spotify/accounts`. */
export interface AccountReport {
  /** Lower-case name. */
  readonly account: string;
  readonly product: 'premium' | 'free';
  readonly devices: readonly { readonly id: string; readonly name: string; readonly active: boolean }[];
  /** The track that plays or waits; null for none. */
  readonly uri: string | null;
  readonly positionMs: number;
  readonly paused: boolean;
  /** From 0 to 1: of the active device, or else of the one that came last. */
  readonly volume: number;
}

function reportAccounts({ accounts }: Simulator): AccountReport[] {
  return [...accounts.values()].map((account) => {
    const { playback, positionMs, active } = account;
    const devices = [...account.devices.values()];
    return {
      account: account.name,
      product: account.person.product,
      devices: devices.map((device) => ({ id: device.id, name: device.name, active: device === active })),
      uri: currentUri(playback),
      positionMs,
      paused: playback.paused,
      volume: (active ?? devices.at(-1))?.volume ?? 1,
    };
  });
}

const names = new Set(['*', ...people.map(({ name }) => name)]);

/** What only tests and the demo's own pages use: `/log`, `/accounts`, `/faults`. @returns whether it was one */
export async function control(exchange: Exchange, simulator: Simulator): Promise<boolean> {
  const { log, faults } = simulator;
  switch (`${exchange.method} ${exchange.path}`) {
    case 'GET /log':
      exchange.sendJson(200, log.entries);
      return true;
    case 'DELETE /log':
      log.clear();
      exchange.sendNothing(204);
      return true;
    case 'GET /accounts':
      exchange.sendJson(200, reportAccounts(simulator));
      return true;
    case 'GET /faults':
      exchange.sendJson(200, faults.report());
      return true;
    case 'DELETE /faults':
      faults.clear();
      exchange.sendNothing(204);
      return true;
    case 'POST /faults': {
      const { account, fault, on } = ((await exchange.json()) ?? {}) as Record<string, unknown>;
      const name = String(account).toLowerCase();
      if (!names.has(name)) {
        exchange.sendJson(400, { error: `There is no account ${JSON.stringify(account)}; "*" stands for all.` });
      } else if (!isFault(fault)) {
        exchange.sendJson(400, { error: `There is no fault ${JSON.stringify(fault)}; GET this address lists them.` });
      } else if (typeof on !== 'boolean') exchange.sendJson(400, { error: '"on" has to be true or false.' });
      else {
        faults.set(name, fault, on);
        exchange.sendJson(200, { account: name, fault, on });
      }
      return true;
    }
    default:
      return false;
  }
}
