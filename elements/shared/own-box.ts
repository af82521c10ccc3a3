import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * A page's rules come before those of `:host`, so one that takes every style back (`* { all: revert }`) leaves an element
 * without a box. Then the element has the state `boxless`, in which its styles insist. Not otherwise: what a page writes on
 * purpose, `display: none` above all, has to win.
 */
export class OwnBox implements ReactiveController {
  #looked = false;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly internals: ElementInternals,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#looked = false;
  }

  /** Once for each place: asking makes the browser work out the styles. */
  hostUpdated(): void {
    if (this.#looked || !this.host.isConnected) return;
    this.#looked = true;
    const isBoxless = getComputedStyle(this.host).display === 'inline';
    try {
      if (isBoxless) this.internals.states.add('boxless');
      else this.internals.states.delete('boxless');
    } catch {
      // Browsers of before 2024 have no custom states.
      return;
    }
  }
}
