import type { ReactiveController, ReactiveElement } from 'lit';

/** Where the focus goes with the next rendering: a visitor must not be left on a button that went away. */
export class FocusGoal implements ReactiveController {
  #goal: string | null = null;

  constructor(private readonly host: ReactiveElement) {
    host.addController(this);
  }

  /** @param goal the `data-goal` of a button, or null for none */
  set(goal: string | null): void {
    this.#goal = goal;
  }

  hostUpdated(): void {
    if (this.#goal === null) return;
    const goals = [...(this.host.shadowRoot?.querySelectorAll<HTMLElement>('[data-goal]') ?? [])];
    goals.find(({ dataset }) => dataset.goal === this.#goal)?.focus();
    this.#goal = null;
  }
}
