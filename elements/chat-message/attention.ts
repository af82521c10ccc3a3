import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Whether the visitor is at this message: they point at it, are in it with the keyboard, tapped it, or hold something
 * open that belongs to it. Only such a message has its buttons in the page.
 */
export class Attention implements ReactiveController {
  #pointed = false;
  #focused = false;
  #tapped = false;
  #held = false;
  /** What the last press was made with; a screen reader clicks without any. */
  #pressedWith = '';

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
    host.addEventListener('pointerenter', ({ pointerType }) => this.#set(() => (this.#pointed = pointerType !== 'touch')));
    host.addEventListener('pointerleave', () => this.#set(() => (this.#pointed = false)));
    // A click with the mouse moves the focus too, but then the pointer is there already, and goes.
    host.addEventListener('focusin', (event) => this.#set(() => (this.#focused = isByKeyboard(event))));
    host.addEventListener('focusout', () => this.#set(() => (this.#focused = false)));
    host.addEventListener('pointerdown', ({ pointerType }) => (this.#pressedWith = pointerType));
    host.addEventListener('click', () => this.#tap());
  }

  get active(): boolean {
    return this.#pointed || this.#focused || this.#tapped || this.#held;
  }

  /** A menu of the message opens or closes. */
  hold(open: boolean): void {
    this.#set(() => (this.#held = open));
  }

  hostDisconnected(): void {
    this.#pointed = this.#focused = this.#held = false;
    this.#release();
  }

  #tap(): void {
    // Enter on a button is a click as well, but then the keyboard is here and will go.
    if (this.#pressedWith !== 'mouse' && !this.#focused && !this.#tapped) {
      this.#set(() => (this.#tapped = true));
      document.addEventListener('pointerdown', this.#elsewhere, { capture: true });
    }
    this.#pressedWith = '';
  }

  readonly #elsewhere = (event: Event): void => {
    if (!event.composedPath().includes(this.host)) this.#release();
  };

  #release(): void {
    document.removeEventListener('pointerdown', this.#elsewhere, { capture: true });
    this.#set(() => (this.#tapped = false));
  }

  #set(change: () => void): void {
    const before = this.active;
    change();
    if (this.active !== before) this.host.requestUpdate();
  }
}

function isByKeyboard(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof Element && target.matches(':focus-visible');
}
