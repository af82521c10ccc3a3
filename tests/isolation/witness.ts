import { AsyncLocalStorage } from 'node:async_hooks';
import type { Account } from '../../demo/services/spotify/accounts.js';
import type { LogEntry } from '../../demo/services/spotify/log.js';
import { settle, type Playback } from '../../demo/services/spotify/playback/playback.js';
import type { Simulator } from '../../demo/services/spotify/simulator.js';
import { Given, type Expected } from './given.js';

/** Who set in motion what is happening now: a visitor's call on their controls, or something in the room. */
export type Cause = Given | 'chat' | 'visitor';

/** What happened that the product must not do. */
export class Breach extends Error {
  override readonly name = 'Breach';
}

interface AccountState {
  readonly playback: Playback;
  readonly activeId: string | null;
  readonly volumes: string;
  readonly kept: string;
}

/** How long an effect may be on its way: the fault `slow-commands`, and a little. */
const lateMs = 3_100;

/** One for all: each that was ever used makes every promise of the process slower. */
const causes = new AsyncLocalStorage<Cause>();

/** Sees every command that reaches the simulator, knows what caused it, and compares it with what its visitor gave. */
export class Witness {
  readonly causes = causes;
  #seen = 0;
  readonly #causeOf: (Cause | undefined)[] = [];
  /** Of each account: the newest of its commands, by when it was given. */
  readonly #newest = new Map<string, Given[]>();
  #before = new Map<string, AccountState>();
  /** Of each account: in which step something may have changed it, and until when that may show. */
  readonly #touched = new Map<string, { readonly step: number; readonly until: number }>();
  /** Of each account: every id that a page of its visitor has had. */
  readonly #pages = new Map<string, Set<string>>();
  #step = 0;
  #at = 0;

  constructor(private readonly simulator: Simulator) {
    const { log } = simulator;
    const add = log.add.bind(log);
    log.add = (entry) => {
      this.#causeOf.push(this.causes.getStore());
      add(entry);
    };
    this.#remember();
  }

  /** How many commands were seen. */
  get commands(): number {
    return this.#seen;
  }

  /** A page of this account's visitor is a device from now on. */
  isPageOf(account: string, deviceId: string): void {
    this.#pages.set(account, (this.#pages.get(account) ?? new Set()).add(deviceId));
  }

  /** Something other than a command changes this account: a fault, a device that comes or goes. */
  touch(account: string, isLate = false): void {
    const { accounts, clock, faults } = this.simulator;
    for (const name of account === '*' ? accounts.keys() : [account]) {
      const mayBeLate = isLate || faults.has(name, 'slow-commands') || faults.has(name, 'autoplay-blocked');
      const until = Math.max(this.#touched.get(name)?.until ?? 0, mayBeLate ? clock.now() + lateMs : 0);
      this.#touched.set(name, { step: this.#step, until });
    }
  }

  /** @throws Breach */
  check(): void {
    const { entries } = this.simulator.log;
    for (; this.#seen < entries.length; this.#seen++) this.#judge(entries[this.#seen]!, this.#causeOf[this.#seen]);
    for (const account of this.simulator.accounts.values()) this.#checkState(account);
    this.#remember();
  }

  #judge(entry: LogEntry, cause: Cause | undefined): void {
    this.touch(entry.account);
    const shown = JSON.stringify({ ...entry, deviceId: undefined });
    if (!(cause instanceof Given)) throw new Breach(`Nobody gave ${shown}; it came of ${cause ?? 'nothing'}.`);
    if (cause.account !== entry.account) throw new Breach(`${cause} reached another account: ${shown}`);
    // What went through the Web API names a device, which is looked at where the request is sent.
    if (entry.source === 'sdk' && !this.#pages.get(entry.account)?.has(entry.deviceId ?? '')) {
      throw new Breach(`${cause} was a command to the device ${entry.deviceId}, which is no page of theirs.`);
    }
    const { expected } = cause;
    if (!expected) throw new Breach(`${cause} could not be carried out, and caused ${shown}.`);
    const startsAnew = cause.mayStartAnew && entry.source === 'web-api' && entry.command === 'play';
    if (startsAnew) return this.#checkOrder(cause);
    if (expected.source !== entry.source || expected.command !== entry.command || !hasBody(expected, bodyOf(entry))) {
      throw new Breach(`${cause} caused ${shown}.`);
    }
    this.#checkOrder(cause);
  }

  /** In the order in which they were given, but for the volume, and for the first of the two that a Pause may be. */
  #checkOrder(cause: Given): void {
    if (cause.ask.call === 'setVolume' || (++cause.seen === 1 && cause.isTwofold)) return;
    const before = this.#newest.get(cause.account) ?? [];
    const overtaker = before.find(({ n, page }) => n > cause.n && page === cause.page);
    const isReplay =
      cause.attempts.length > 1 && ((cause.isWorthARound && cause.excuses.has('offline')) || cause.mayStartAnew);
    if (overtaker && !isReplay) {
      throw new Breach(`${overtaker} came before ${cause}.`);
    }
    // Only those count that something may still come behind.
    const kept = before.filter((given) => given.n > cause.n || !given.isSettled);
    this.#newest.set(cause.account, [...kept, cause]);
  }

  #checkState(account: Account): void {
    const before = this.#before.get(account.name);
    const now = this.simulator.clock.now();
    const touched = this.#touched.get(account.name);
    // Refused sound pauses at each beginning of a track, without a command.
    if (this.simulator.faults.has(account.name, 'autoplay-blocked')) return;
    if (!before || touched?.step === this.#step || this.#at < (touched?.until ?? 0)) return;
    const moved = settle(before.playback, now, (uri) => this.simulator.catalogue.track(uri)?.durationMs ?? 0).playback;
    const after = stateOf(account);
    if (!isSame({ ...before, playback: moved }, after)) {
      throw new Breach(`${account.name}'s state moved without a command: ${JSON.stringify({ moved, after: after.playback })}`);
    }
  }

  #remember(): void {
    this.#step++;
    this.#at = this.simulator.clock.now();
    this.#before = new Map([...this.simulator.accounts.values()].map((account) => [account.name, stateOf(account)]));
  }
}

function stateOf(account: Account): AccountState {
  return {
    playback: account.playback,
    activeId: account.active?.id ?? null,
    volumes: JSON.stringify([...account.devices.values()].map(({ id, volume }) => [id, volume])),
    kept: [...account.library.keys()].join(),
  };
}

function bodyOf({ command, body }: LogEntry): unknown {
  if (command !== 'transfer') return body;
  // The device, which is looked at where the request is sent.
  const { device_ids: _, ...rest } = body as Record<string, unknown>;
  return rest;
}

function hasBody({ body, isAhead }: Expected, told: unknown): boolean {
  if (!isAhead) return isSame(body, told);
  return (told as { position_ms: number }).position_ms <= (body as { position_ms: number }).position_ms;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
