/** Which keys belong to the input method: while it composes, and a moment longer. */
export class Composition {
  #active = false;

  /** @param done what comes after a composition */
  constructor(private readonly done: () => void) {}

  get active(): boolean {
    return this.#active;
  }

  readonly started = (): void => {
    this.#active = true;
  };

  readonly ended = (): void => {
    // Safari ends the composition before it tells of the Enter that ended it.
    setTimeout(() => {
      this.#active = false;
      this.done();
    });
  };

  owns(event: KeyboardEvent): boolean {
    // 229: what Safari says of a key that the input method took.
    return this.#active || event.isComposing || event.keyCode === 229;
  }
}
