import { WebSocket } from 'ws';
import type { Chance } from './chance.js';

/** How often each fault happens, 0–1. */
const odds = {
  /** Of a frame, either way. */
  dropped: 0.015,
  doubled: 0.015,
  held: 0.03,
  /** Of a frame: from then on nothing gets through, until the line breaks. */
  stalled: 0.0005,
  /** Of a request. */
  lost: 0.01,
  answerLost: 0.01,
  slow: 0.03,
};
const heldMs = [10, 300] as const;
const stalledMs = [1000, 4000] as const;
const slowMs = [20, 400] as const;

type Fate = 'dropped' | 'doubled' | 'held' | 'stalled' | 'delivered';

type Data = Parameters<WebSocket['send']>[0];

/** What the network between the visitors and their backend does to them, over real sockets. */
export class Weather {
  /** Nothing goes wrong any more, but for an outage that lasts. */
  calm = false;
  readonly tally: Record<string, number> = {};
  #darkUntil = 0;
  #refusedUntil = 0;

  constructor(private readonly chance: Chance) {}

  count(what: string, times = 1): void {
    this.tally[what] = (this.tally[what] ?? 0) + times;
  }

  /** From now on nothing gets through at all, for so long. */
  goDark(ms: number): void {
    this.#darkUntil = Date.now() + ms;
  }

  get dark(): boolean {
    return Date.now() < this.#darkUntil;
  }

  /** From now on Realtime lets nobody join, for so long: its joins fail while it reaches no database. */
  refuseJoins(ms: number): void {
    this.#refusedUntil = Date.now() + ms;
  }

  get refusesJoins(): boolean {
    return Date.now() < this.#refusedUntil;
  }

  /** For `fetch`: only what is asked of the tables and functions, whose callers are to bear it. */
  readonly fetch = (real: typeof fetch): typeof fetch => async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (this.dark) {
      this.count('requests in the dark');
      throw new TypeError('fetch failed');
    }
    if (this.calm || !url.includes('/rest/v1/')) return real(input, init);
    const { chance } = this;
    if (chance.happens(odds.lost)) {
      this.count('requests lost');
      throw new TypeError('fetch failed');
    }
    if (chance.happens(odds.slow)) {
      this.count('requests slow');
      await passed(chance.between(...slowMs));
    }
    const answer = await real(input, init);
    if (!chance.happens(odds.answerLost)) return answer;
    this.count('answers lost');
    await answer.arrayBuffer();
    throw new TypeError('fetch failed');
  };

  /** For the global `WebSocket`. */
  socket(): typeof WebSocket {
    const newLine = (socket: WebSocket): Line => new Line(this, this.chance.fork(), socket);
    /** supabase.md: the server says why in a `system` message, then closes the channel. */
    const look = (frame: string): void => {
      if (frame.includes('Token has expired')) this.count('tokens ended on a line');
      if (frame.includes('Too many') || frame.includes('rate limit')) this.count('lines over a limit');
    };
    /** @returns the answer to a frame that asks to join, where nobody may */
    const refusal = (data: Data): string | null => {
      if (!this.refusesJoins || typeof data !== 'string') return null;
      const [joinRef, ref, topic, event] = JSON.parse(data) as unknown[];
      if (event !== 'phx_join') return null;
      this.count('joins refused');
      // lib/realtime_web/channels/realtime_channel.ex: what a join reads while Realtime has no database.
      const response = { reason: 'InitializingProjectConnection: Realtime is initializing the project connection' };
      return JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'error', response }]);
    };
    return class extends WebSocket {
      readonly #line = newLine(this);

      override emit(event: string | symbol, ...args: unknown[]): boolean {
        if (event !== 'message') return super.emit(event, ...args);
        if (String(args[0]).includes('"system"')) look(String(args[0]));
        this.#line.carry(() => super.emit(event, ...args));
        return true;
      }

      override send(data: Data): void {
        const refused = refusal(data);
        if (refused === null) this.#line.carry(() => super.send(data));
        else setTimeout(() => super.emit('message', Buffer.from(refused), false));
      }
    };
  }
}

/** One socket in the weather. */
class Line {
  private stalled = false;

  constructor(
    private readonly weather: Weather,
    private readonly chance: Chance,
    private readonly socket: WebSocket,
  ) {}

  /** @param deliver what a frame does that gets through */
  carry(deliver: () => void): void {
    if (this.stalled) return;
    if (this.weather.dark) return this.socket.terminate();
    const late = (): void => {
      if (this.socket.readyState === WebSocket.OPEN && !this.stalled) deliver();
    };
    const fate = this.weather.calm ? 'delivered' : this.fate();
    if (fate !== 'delivered') this.weather.count(`frames ${fate}`);
    if (fate === 'delivered' || fate === 'doubled') deliver();
    if (fate === 'doubled') late();
    if (fate === 'held') setTimeout(late, this.chance.between(...heldMs));
    if (fate !== 'stalled') return;
    this.stalled = true;
    setTimeout(() => this.socket.terminate(), this.chance.between(...stalledMs));
  }

  private fate(): Fate {
    let drawn = this.chance.next();
    for (const fate of ['dropped', 'doubled', 'held', 'stalled'] as const) {
      drawn -= odds[fate];
      if (drawn < 0) return fate;
    }
    return 'delivered';
  }
}

export const passed = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
