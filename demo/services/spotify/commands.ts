import type { Account, Device } from './accounts.js';
import type { CommandName } from './log.js';
import type { Repeat } from './playback/playback.js';
import type { Simulator } from './simulator.js';

/** What a command does, once it was understood and allowed. */
export type Command =
  | {
      readonly name: 'play';
      readonly contextUri: string | null;
      readonly items: readonly string[];
      readonly index: number | null;
      readonly positionMs: number;
    }
  | { readonly name: 'pause' | 'resume' | 'next' | 'previous' }
  | { readonly name: 'seek'; readonly positionMs: number }
  /** From 0 to 1. */
  | { readonly name: 'volume'; readonly level: number }
  | { readonly name: 'shuffle'; readonly on: boolean }
  | { readonly name: 'repeat'; readonly mode: Repeat }
  | { readonly name: 'queue'; readonly uri: string }
  | { readonly name: 'transfer'; readonly play: boolean };

/** How late an effect comes with the fault `slow-commands`, in ms. */
const slowMs = 3_000;

function carryOut(account: Account, device: Device, command: Command): void {
  switch (command.name) {
    case 'play':
      account.activate(device.id);
      return account.apply({ ...command, type: 'start', seed: account.nextSeed() });
    case 'resume':
      return account.active === device ? account.apply({ type: 'resume' }) : account.transfer(device.id, true);
    case 'transfer':
      // To where it is already, playback only starts.
      if (account.active !== device) account.transfer(device.id, command.play);
      else if (command.play) account.apply({ type: 'resume' });
      return;
    case 'volume':
      return account.setVolume(device, command.level);
    case 'shuffle':
      return account.apply({ type: 'shuffle', on: command.on, seed: account.nextSeed() });
    case 'queue':
      return account.apply({ type: 'enqueue', uri: command.uri });
    case 'seek':
      return account.apply({ type: 'seek', positionMs: command.positionMs });
    case 'repeat':
      return account.apply({ type: 'repeat', mode: command.mode });
    case 'pause':
    case 'next':
    case 'previous':
      return account.apply({ type: command.name });
  }
}

/** Lets an allowed command take effect: now, or late where the fault says so. */
export function execute({ clock, faults }: Simulator, account: Account, device: Device, command: Command): void {
  const effect = (): void => {
    // The device may have gone while the command was on its way.
    if (account.devices.get(device.id) !== device) return;
    if (command.name === 'volume' && device !== account.kitchen && faults.has(account.name, 'fixed-volume')) return;
    carryOut(account, device, command);
  };
  if (faults.has(account.name, 'slow-commands')) clock.after(slowMs, effect);
  else effect();
}

/** Writes a command down as it arrives, before anything is decided about it. */
export function record(
  { clock, log }: Simulator,
  account: Account | null,
  source: 'sdk' | 'web-api',
  command: CommandName,
  deviceId: string | null,
  body: unknown,
): void {
  log.add({ at: clock.now(), account: account?.name ?? 'unknown', source, command, deviceId, body });
}
