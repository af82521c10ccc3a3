import type { FromDealer, ToDealer } from '../../../demo/services/spotify/device/protocol.js';
import { DeviceSession } from '../../../demo/services/spotify/device/session.js';
import { createSimulator, type Simulator } from '../../../demo/services/spotify/simulator.js';
import { ManualClock } from '../../elements/support/manual-clock.js';
import { allScopes } from './support.js';

/** A device without a socket, on a clock that the test moves: what it is told, and when. */
export class Bench {
  readonly clock = new ManualClock();
  readonly simulator: Simulator = createSimulator({
    clock: this.clock,
    tokenFile: null,
    timing: { effect: 40, ready: 150 },
  });
  readonly heard: { at: number; message: FromDealer }[] = [];
  readonly session = this.open();

  open(heard = this.heard): DeviceSession {
    return new DeviceSession(this.simulator, 'http://127.0.0.1/spotify', (message) =>
      heard.push({ at: this.clock.now(), message }),
    );
  }

  get alice(): NonNullable<ReturnType<Simulator['accounts']['get']>> {
    return this.simulator.accounts.get('alice')!;
  }

  token(account = 'alice', scopes: readonly string[] = allScopes): string {
    return this.simulator.grants.issueAccessToken(account, scopes);
  }

  connect(token = this.token(), session = this.session): void {
    session.receive({ type: 'connect', token, name: 'Web player', volume: 0.5, deviceId: null });
  }

  /** Connects and waits for `ready`. @returns the device's id */
  ready(): string {
    this.connect();
    this.clock.tick(150);
    const { deviceId } = this.last('ready');
    this.heard.length = 0;
    return deviceId;
  }

  /** Plays the tracks on this device and lets it be told. */
  play(count = 3): void {
    const items = this.simulator.catalogue.tracks.slice(0, count).map(({ uri }) => uri);
    this.alice.activate([...this.alice.devices.keys()].at(-1) ?? null);
    this.alice.apply({ type: 'start', contextUri: null, items, index: 0, positionMs: 0, seed: 1 });
    this.clock.tick(1_000);
    this.heard.length = 0;
  }

  command(name: (ToDealer & { type: 'command' })['command']['name'], value?: number): void {
    this.session.receive({ type: 'command', command: { name, ...(value !== undefined && { value }) } });
  }

  all<T extends FromDealer['type']>(type: T): Extract<FromDealer, { type: T }>[] {
    return this.heard
      .map(({ message }) => message)
      .filter((message): message is Extract<FromDealer, { type: T }> => message.type === type);
  }

  last<T extends FromDealer['type']>(type: T): Extract<FromDealer, { type: T }> {
    const message = this.all(type).at(-1);
    if (!message) throw new Error(`No ${type} was heard.`);
    return message;
  }

  /** The states that the page heard of. */
  get states(): (Spotify.PlaybackState | null)[] {
    return this.all('state').map(({ state }) => state);
  }
}
