import type { Clock } from '../clock.js';
import { PlayerError } from './engine.js';
import type { Visit } from './visit.js';
import { wait } from './wait.js';

/** Commands of one account, one by one. */
export interface CommandLine {
  /** Runs after all that was given before, whatever became of it. */
  run<T>(command: () => Promise<T>): Promise<T>;
  /** As `run`, on this page's device of the moment. @throws PlayerError `device-lost` where there is none */
  onDevice<T>(command: (deviceId: string) => Promise<T>): Promise<T>;
}

/** SDK quirk: a fresh device 404s just after `ready` (spotify.md). In all under four seconds. */
const missingDeviceDelays: readonly number[] = [250, 500, 1000, 2000];
/** A break that Spotify asks for and that a visitor hardly notices is waited out; of a longer one they are told. */
const shortBreakMs = 5_000;

/** "Order of execution is not guaranteed" between player calls [doc], so they go one by one. Each of them ends. */
export function createCommandLine(deviceId: () => string | null, visit: Visit, clock: Clock): CommandLine {
  let last: Promise<unknown> = Promise.resolve();

  /** Once: a second refusal is told. */
  async function patiently<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (error) {
      if (!(error instanceof PlayerError) || error.code !== 'rate-limited' || error.retryAt === undefined) throw error;
      const rest = error.retryAt - clock.now();
      if (rest > shortBreakMs) throw error;
      await wait(Math.max(0, rest), clock);
      return command();
    }
  }

  async function onDevice<T>(command: (deviceId: string) => Promise<T>, stillHere: () => void, delays = missingDeviceDelays): Promise<T> {
    // Read each time: the SDK may have got a new id meanwhile.
    const device = deviceId();
    if (!device) throw new PlayerError('device-lost', 'this page is no device');
    try {
      return await command(device);
    } catch (error) {
      const [delay, ...later] = delays;
      if (delay === undefined || !(error instanceof PlayerError) || error.code !== 'device-lost') throw error;
      await wait(delay, clock);
      stillHere();
      return onDevice(command, stillHere, later);
    }
  }

  const run = <T>(command: (stillHere: () => void) => Promise<T>): Promise<T> => {
    const stillHere = visit.begin();
    const own = last.then(() =>
      patiently(async () => {
        stillHere();
        return command(stillHere);
      }),
    );
    // Whoever gave the command learns of its failure; the next one only needs its end.
    last = own.catch(() => undefined);
    return own;
  };

  return { run, onDevice: (command) => run((stillHere) => onDevice(command, stillHere)) };
}
