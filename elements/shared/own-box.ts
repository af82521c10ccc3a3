import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * A page's rules come before those of `:host`, so one that takes every style back (`* { all: revert }`) leaves an element
 * without a box and without a measure of itself. Then it has the states `boxless` and `reverted`, in which its styles
 * insist. Not otherwise: what a page writes on purpose, `display: none` above all, has to win.
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
    const { display, containerType } = getComputedStyle(this.host);
    this.#set('boxless', display === 'inline');
    // Every element that stands in a page measures itself.
    this.#set('reverted', containerType !== 'inline-size');
  }

  #set(state: string, on: boolean): void {
    try {
      if (on) this.internals.states.add(state);
      else this.internals.states.delete(state);
    } catch {
      // Browsers of before 2024 have no custom states, or take only names with two dashes.
      return;
    }
  }
}
