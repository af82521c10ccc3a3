import { expect, type APIRequestContext } from 'playwright/test';

/** One line of the simulator's command log. */
export interface Command {
  readonly at: number;
  readonly account: string;
  readonly source: 'sdk' | 'web-api' | 'embed';
  readonly command: string;
  readonly deviceId: string | null;
  readonly body: unknown;
}

export interface AccountState {
  readonly account: string;
  readonly product: string;
  readonly devices: readonly { readonly id: string; readonly name: string; readonly active: boolean }[];
  readonly uri: string | null;
  readonly positionMs: number;
  readonly paused: boolean;
  readonly volume: number;
}

/** An embed that is open in some page. */
export interface EmbedState {
  readonly id: string;
  readonly listener: string;
  readonly loaded: string | null;
  readonly uri: string | null;
  readonly positionMs: number;
  readonly durationMs: number;
  readonly paused: boolean;
  readonly preview: boolean;
}

/** The simulator's side of a test: what reached it, and what its accounts do. */
export class Simulator {
  constructor(private readonly request: APIRequestContext) {}

  async commands(account?: string): Promise<Command[]> {
    const response = await this.request.get('/spotify/log');
    expect(response.ok()).toBe(true);
    const log = (await response.json()) as Command[];
    return account ? log.filter((command) => command.account === account.toLowerCase()) : log;
  }

  async clear(): Promise<void> {
    expect((await this.request.delete('/spotify/log')).ok()).toBe(true);
  }

  async account(name: string): Promise<AccountState> {
    const accounts = (await (await this.request.get('/spotify/accounts')).json()) as AccountState[];
    const found = accounts.find(({ account }) => account === name.toLowerCase());
    if (!found) throw new Error(`The simulator has no account ${name}.`);
    return found;
  }

  async embeds(): Promise<EmbedState[]> {
    return (await (await this.request.get('/spotify/embeds')).json()) as EmbedState[];
  }

  async fault(account: string, fault: string, on: boolean): Promise<void> {
    const response = await this.request.post('/spotify/faults', { data: { account, fault, on } });
    expect(response.ok(), `the fault ${fault}`).toBe(true);
  }
}
