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
  /** Nothing goes wrong any more. */
  calm = false;
  readonly tally: Record<string, number> = {};

  constructor(private readonly chance: Chance) {}

  count(what: string, times = 1): void {
    this.tally[what] = (this.tally[what] ?? 0) + times;
  }

  /** For `fetch`: only what is asked of the tables and functions, whose callers are to bear it. */
  readonly fetch = (real: typeof fetch): typeof fetch => async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
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
    const tokenEnded = (): void => this.count('tokens ended on a line');
    return class extends WebSocket {
      readonly #line = newLine(this);

      override emit(event: string | symbol, ...args: unknown[]): boolean {
        if (event !== 'message') return super.emit(event, ...args);
        // supabase.md: the server says so in a `system` message, then closes the channel.
        if (String(args[0]).includes('Token has expired')) tokenEnded();
        this.#line.carry(() => super.emit(event, ...args));
        return true;
      }

      override send(data: Data): void {
        this.#line.carry(() => super.send(data));
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
