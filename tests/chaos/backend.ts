import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Service } from '../../demo/services/service.js';
import { createSupabaseService } from '../../demo/services/supabase/index.js';
import type { RealtimeLimits } from '../../demo/services/supabase/realtime/limits.js';
import { Chance } from './chance.js';

/** As generous as they come: what happens at the limits of a plan is another storm. */
const noLimits: Partial<RealtimeLimits> = {
  messagesPerSecond: 1e9,
  presenceMessagesPerSecond: 1e9,
  joinsPerSecond: 1e9,
  presenceCalls: { max: 1e9, windowMs: 1000 },
};

/** supabase.com/docs/guides/realtime/limits; the presence calls of one client are the server's own. */
const freePlan: Partial<RealtimeLimits> = {
  connections: 200,
  messagesPerSecond: 100,
  presenceMessagesPerSecond: 20,
  joinsPerSecond: 100,
  payloadBytes: 256_000,
};

const plans = { free: freePlan, hosted: {}, none: noLimits } as const;
export type Plan = keyof typeof plans;

export interface BackendOptions {
  /** Where its keys are, and its data where there is no server for them. */
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Whose limits Realtime has: of the Free plan, of the one that the service has by default, or none. */
  readonly plan?: Plan;
  /** 0: any that is free. */
  readonly port: number;
}

/** The stand-in for Supabase on a port of its own, with lines that can be cut. */
export class Backend {
  readonly #sockets = new Set<Duplex>();

  private constructor(
    private readonly service: Service,
    private readonly server: Server,
  ) {
    server.on('request', (request, response) => void service.handle(request, response));
    server.on('upgrade', (request, socket, head) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      service.upgrade(request, socket, head);
    });
  }

  static async start({ dataDir, databaseUrl, plan = 'none', port }: BackendOptions): Promise<Backend> {
    const realtimeLimits = plans[plan];
    const service = await createSupabaseService({ dataDir, realtimeLimits, ...(databaseUrl && { databaseUrl }) });
    const server = createServer();
    const backend = new Backend(service, server);
    await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
    return backend;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Breaks each line with this probability, as a network does. @returns how many */
  cut(seed: number, probability: number): number {
    const chance = new Chance(seed);
    const broken = [...this.#sockets].filter(() => chance.happens(probability));
    for (const socket of broken) socket.destroy();
    return broken.length;
  }

  /** Goes down in the middle of everything. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.closeAllConnections();
    const closed = new Promise((done) => this.server.close(done));
    await this.service.close();
    await closed;
  }
}
