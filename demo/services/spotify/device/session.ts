import { randomBytes } from 'node:crypto';
import type { Unsubscribe } from '../../../../src/subscribable.js';
import type { Account, AccountChange, Device } from '../accounts.js';
import { execute, record, type Command } from '../commands.js';
import { concerns, type FaultChange, type FaultName } from '../faults.js';
import { currentUri } from '../playback/playback.js';
import { isPremium, type Simulator } from '../simulator.js';
import type { ErrorEvent, FromDealer, SdkCommand, ToDealer } from './protocol.js';
import { StatePusher } from './state-pusher.js';

/** How late `ready` is with the fault `ready-late`, how long a device is unknown with `device-404-after-ready`; ms. */
const lateMs = 4_000;
const unknownMs = 1_500;

/** One frame of the SDK: its sign-in, its device, and what the device is told. */
export class DeviceSession {
  #account: Account | null = null;
  #device: Device | null = null;
  #name = '';
  #volume = 1;
  /** The id that this frame's device has, or gets back. */
  #deviceId = newDeviceId();
  #isDead = false;
  /** With the fault `autoplay-blocked`: the visitor has started sound themselves. */
  #hasGesture = false;
  #cancelReady: () => void = () => undefined;
  #cancelExpiry: () => void = () => undefined;
  #pusher: StatePusher | null = null;
  #unsubscribe: Unsubscribe[] = [];

  constructor(
    private readonly simulator: Simulator,
    private readonly base: string,
    private readonly send: (message: FromDealer) => void,
  ) {}

  receive(message: ToDealer): void {
    switch (message.type) {
      case 'connect':
        return this.#connect(message);
      case 'token':
        return void this.#identify(message.token);
      case 'command':
        return this.#command(message.command);
      case 'rename':
        this.#name = message.name;
        if (this.#device) this.#device.name = message.name;
        return;
      case 'autoplay-failed':
        // Silence is what the listener hears, so it is what the account says.
        if (this.#device && this.#account?.active === this.#device) this.#account.apply({ type: 'pause' });
    }
  }

  close(): void {
    this.#cancelReady();
    this.#cancelExpiry();
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    this.#unregister();
    this.#account = null;
  }

  #has(fault: FaultName): boolean {
    return this.simulator.faults.has(this.#account?.name ?? null, fault);
  }

  #fail(event: ErrorEvent, message: string): void {
    this.send({ type: 'error', event, message });
  }

  #connect({ token, name, volume, deviceId }: ToDealer & { type: 'connect' }): void {
    this.close();
    this.#name = name;
    this.#volume = volume;
    this.#isDead = false;
    this.#deviceId = deviceId ?? this.#deviceId;
    const account = this.#identify(token);
    if (this.#has('connect-hangs')) return;
    if (!account) return this.send({ type: 'connected', ok: false });
    if (this.#has('initialization-error')) {
      this.#fail('initialization_error', 'Failed to initialize player');
      return this.send({ type: 'connected', ok: false });
    }
    this.send({ type: 'connected', ok: true });
    if (!isPremium(this.simulator, account)) {
      return this.#fail('account_error', 'This functionality is restricted to premium users only');
    }
    this.#isDead = this.#has('device-dead');
    this.#unsubscribe = [
      account.subscribe((change) => this.#onAccount(change)),
      this.simulator.faults.subscribe((change) => this.#onFault(change)),
    ];
    if (this.#has('ready-never') || this.#has('device-gone') || this.#isDead) return;
    this.#cancelReady = this.simulator.clock.after(this.#has('ready-late') ? lateMs : this.simulator.timing.ready, () =>
      this.#register(),
    );
  }

  /** Takes a token as the visitor's, or tells the page why not. */
  #identify(token: string): Account | null {
    const { grants, accounts, clock } = this.simulator;
    const grant = grants.accessGrant(token);
    const account = accounts.get(grant?.account ?? '') ?? null;
    const isOther = this.#account !== null && account !== this.#account;
    this.#cancelExpiry();
    if (
      !grant ||
      !account ||
      isOther ||
      grant.expiresAt <= clock.now() ||
      this.simulator.faults.has(account.name, 'token-refused')
    ) {
      this.#fail('authentication_error', 'Authentication failed');
      return null;
    }
    if (!['streaming', 'user-read-email', 'user-read-private'].every((scope) => grant.scopes.includes(scope))) {
      this.#fail('authentication_error', 'Invalid token scopes.');
      return null;
    }
    this.#account = account;
    this.#cancelExpiry = clock.after(grant.expiresAt - clock.now(), () => this.send({ type: 'token-needed' }));
    return account;
  }

  #register(): void {
    const { clock } = this.simulator;
    const account = this.#account;
    if (!account || this.#device) return;
    const volume = this.#has('fixed-volume') ? 1 : this.#volume;
    const hiddenUntil = this.#has('device-404-after-ready') ? clock.now() + unknownMs : 0;
    this.#device = { id: this.#deviceId, name: this.#name, type: 'Computer', volume, hiddenUntil };
    account.addDevice(this.#device);
    this.#pusher = new StatePusher(
      this.simulator,
      account,
      this.base,
      this.send,
      () => this.#has('autoplay-blocked') && !this.#hasGesture,
    );
    this.send({ type: 'ready', deviceId: this.#deviceId });
    this.send({ type: 'volume', volume });
  }

  /** @param told whether the page hears `not_ready` */
  #unregister(told = false): void {
    this.#cancelReady();
    const device = this.#device;
    if (!device) return;
    if (told) this.send({ type: 'not_ready', deviceId: device.id });
    // From here on the account's changes are not this device's any more.
    this.#device = null;
    this.#pusher?.close();
    this.#pusher = null;
    this.#volume = device.volume;
    // A frame that came back on a new socket may have registered the same id meanwhile.
    if (this.#account?.devices.get(device.id) === device) this.#account.removeDevice(device.id);
  }

  #onAccount(change: AccountChange): void {
    const device = this.#device;
    if (!device) return;
    if (change.type === 'volume' && change.deviceId === device.id) this.send({ type: 'volume', volume: device.volume });
    if (change.type === 'active' && change.from === device.id) this.#pusher?.pushNull();
    if (change.type === 'playback' && this.#account?.active === device) this.#pusher?.push(change.cause);
  }

  #onFault(change: FaultChange): void {
    if (!this.#account || !concerns(change, this.#account.name)) return;
    switch (change.fault) {
      case 'device-gone':
        if (change.on) this.#unregister(true);
        else if (!this.#isDead) this.#register();
        return;
      case 'device-dead':
        if (change.on) {
          this.#isDead = true;
          this.#unregister();
        }
        return;
      case 'new-device-id':
        if (!change.on || !this.#device) return;
        this.#unregister(true);
        this.#deviceId = newDeviceId();
        this.#cancelReady = this.simulator.clock.after(this.simulator.timing.ready, () => this.#register());
        return;
      case 'token-expired':
        if (change.on) this.send({ type: 'token-needed' });
        return;
      case 'playback-error':
        if (change.on) this.#fail('playback_error', 'Playback error');
        return;
      case 'autoplay-blocked':
        this.#hasGesture = false;
    }
  }

  #command({ name, value = 0 }: SdkCommand): void {
    const [account, device] = [this.#account, this.#device];
    if (!account) return;
    const { playback } = account;
    const command = ((): Command => {
      switch (name) {
        case 'toggle':
          return { name: playback.paused ? 'resume' : 'pause' };
        case 'seek':
          return { name, positionMs: value };
        case 'volume':
          return { name, level: value };
        default:
          return { name };
      }
    })();
    const body = name === 'seek' ? { position_ms: value } : name === 'volume' ? { volume: value } : null;
    record(this.simulator, account, 'sdk', command.name, device?.id ?? this.#deviceId, body);
    if (!device || this.#isDead) return;
    if (command.name === 'resume') this.#hasGesture = true;
    if (command.name !== 'volume' && (account.active !== device || currentUri(playback) === null)) {
      return this.#fail('playback_error', 'Cannot perform operation; no list was loaded.');
    }
    execute(this.simulator, account, device, command);
  }
}

function newDeviceId(): string {
  return randomBytes(20).toString('hex');
}
