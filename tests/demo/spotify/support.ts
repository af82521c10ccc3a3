import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { FromDealer, ToDealer } from '../../../demo/services/spotify/device/protocol.js';
import type { FaultName } from '../../../demo/services/spotify/faults.js';
import { createSpotifyService, type SpotifyServiceOptions } from '../../../demo/services/spotify/index.js';
import type { LogEntry } from '../../../demo/services/spotify/log.js';
import type { AccountReport } from '../../../demo/services/spotify/control.js';
import { ManualClock } from '../../elements/support/manual-clock.js';

export const allScopes = [
  'streaming',
  'user-read-email',
  'user-read-private',
  'user-read-playback-state',
  'user-modify-playback-state',
  'user-read-currently-playing',
  'user-read-recently-played',
  'user-library-read',
  'user-library-modify',
  'playlist-read-private',
  'playlist-read-collaborative',
];

export const verifier = 'a-verifier-that-is-long-enough-for-everybody-0123456789';
export const challenge = createHash('sha256').update(verifier).digest('base64url');
export const redirectUri = 'http://127.0.0.1:4321/';

export interface Answered<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The simulator on a port of its own, and hands to use it with. Ends with the test. */
export async function startSimulator(options: SpotifyServiceOptions = {}): Promise<Remote> {
  const clock = new ManualClock();
  const service = createSpotifyService({ clock, timing: { effect: 0, ready: 0 }, ...options });
  const server = createServer((request, response) => void service.handle(request, response));
  server.on('upgrade', (request, socket, head: Buffer) => service.upgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    await service.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return new Remote(`http://127.0.0.1:${port}/spotify`, clock);
}

export class Remote {
  constructor(
    readonly base: string,
    readonly clock: ManualClock,
  ) {}

  /** The address of the authorise page; what is given overrides what is right. */
  authorizeUrl(changes: Record<string, string | null> = {}): string {
    const parameters: Record<string, string | null> = {
      client_id: 'roomtone-demo',
      response_type: 'code',
      redirect_uri: redirectUri,
      state: 'some-state',
      scope: allScopes.join(' '),
      code_challenge_method: 'S256',
      code_challenge: challenge,
      ...changes,
    };
    const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null);
    return `${this.base}/authorize?${new URLSearchParams(given).toString()}`;
  }

  /** Presses a button of the authorise page. @returns where it leads */
  async choose(account: string, changes: Record<string, string | null> = {}): Promise<URL> {
    const form = new URL(this.authorizeUrl(changes)).searchParams;
    form.set('continue_as', account);
    const response = await fetch(`${this.base}/authorize`, { method: 'POST', body: form, redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '');
  }

  async token(form: Record<string, string>): Promise<Answered<Record<string, string>>> {
    const response = await fetch(`${this.base}/api/token`, { method: 'POST', body: new URLSearchParams(form) });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, string>,
    };
  }

  async redeem(code: string, changes: Record<string, string> = {}): Promise<Answered<Record<string, string>>> {
    return this.token({
      grant_type: 'authorization_code',
      client_id: 'roomtone-demo',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...changes,
    });
  }

  /** @returns an access token */
  async signIn(account: string, scopes = allScopes): Promise<string> {
    const location = await this.choose(account, { scope: scopes.join(' ') });
    const { body } = await this.redeem(location.searchParams.get('code') ?? '');
    return body.access_token ?? '';
  }

  /** A call of the Web API. */
  async api<T = Record<string, unknown>>(token: string | null, call: string, json?: unknown): Promise<Answered<T>> {
    const [method = 'GET', path = ''] = call.split(' ');
    const response = await fetch(`${this.base}/v1${path}`, {
      method,
      headers: {
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : null) as T };
  }

  async fault(account: string, fault: FaultName, on = true): Promise<void> {
    const response = await fetch(`${this.base}/faults`, {
      method: 'POST',
      body: JSON.stringify({ account, fault, on }),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async log(): Promise<LogEntry[]> {
    return (await (await fetch(`${this.base}/log`)).json()) as LogEntry[];
  }

  async account(name: string): Promise<AccountReport> {
    const accounts = (await (await fetch(`${this.base}/accounts`)).json()) as AccountReport[];
    const found = accounts.find(({ account }) => account === name);
    if (!found) throw new Error(`No account ${name}.`);
    return found;
  }

  /** What the SDK's frame does: opens a socket, signs in, becomes a device. */
  async device(token: string, name = 'Web player'): Promise<RemoteDevice> {
    const device = await RemoteDevice.open(this.base);
    device.send({ type: 'connect', token, name, volume: 0.5, deviceId: null });
    await device.next('connected');
    // `ready` is a timer, even if one of no time.
    this.clock.tick(0);
    device.id = (await device.next('ready')).deviceId;
    return device;
  }
}

type MessageOf<T extends FromDealer['type']> = Extract<FromDealer, { type: T }>;

/** The socket of an SDK's frame, without a browser. */
export class RemoteDevice {
  id = '';
  readonly #heard: FromDealer[] = [];
  #waiting: (() => void) | null = null;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.#heard.push(JSON.parse(data.toString('utf8')) as FromDealer);
      this.#waiting?.();
    });
  }

  static async open(base: string): Promise<RemoteDevice> {
    const socket = new WebSocket(`${base.replace('http', 'ws')}/dealer`);
    const device = new RemoteDevice(socket);
    await once(socket, 'open');
    return device;
  }

  send(message: ToDealer): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The next message of `type` that nobody asked for yet. */
  async next<T extends FromDealer['type']>(type: T): Promise<MessageOf<T>> {
    for (;;) {
      const place = this.#heard.findIndex((message) => message.type === type);
      if (place >= 0) return this.#heard.splice(place, 1)[0] as MessageOf<T>;
      await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }

  async close(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}
