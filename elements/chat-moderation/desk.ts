import type { ReactiveControllerHost } from 'lit';
import type { ChatProblem } from '../../src/chat/model.js';

/** One act at a time: what is under way, what went wrong with the last one, and what is to be said of it. */
export class Desk {
  #busy = false;
  #problem: ChatProblem | null = null;
  #said = '';

  constructor(private readonly host: ReactiveControllerHost) {}

  get busy(): boolean {
    return this.#busy;
  }

  get problem(): ChatProblem | null {
    return this.#problem;
  }

  /** For the polite live region. */
  get said(): string {
    return this.#said;
  }

  /** @returns whether it was done; false too while another one is under way */
  async run(act: () => Promise<ChatProblem | null>, done = ''): Promise<boolean> {
    if (this.#busy) return false;
    this.#show(true, null, '');
    const problem = await act();
    this.#show(false, problem, problem ? '' : done);
    return problem === null;
  }

  say(text: string): void {
    this.#show(this.#busy, null, text);
  }

  reset(): void {
    this.#show(false, null, '');
  }

  #show(busy: boolean, problem: ChatProblem | null, said: string): void {
    this.#busy = busy;
    this.#problem = problem;
    this.#said = said;
    this.host.requestUpdate();
  }
}
