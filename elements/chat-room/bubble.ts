import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Piece } from '../shared/piece.js';
import type * as launcher from './launcher.js';

type Look = typeof launcher;

// A literal, and a module of the chat's own: it can be seen that no player is reached (I1).
// eslint-disable-next-line no-restricted-syntax
const looks = new Piece<Look>(() => import('./launcher.js'));

interface BubbleHost extends ReactiveControllerHost, HTMLElement {
  readonly variant: string | null;
  open: boolean;
}

/**
 * The room as a bubble in the corner of the window. It lies in the top layer, so that no stacking, clipping or transform
 * of the page around it moves it. Its looks are loaded with the first bubble.
 */
export class Bubble implements ReactiveController {
  #look: Look | null = null;
  #loading = false;
  /** Where the focus goes with the next rendering. */
  #goal: string | null = null;
  #endFit: (() => void) | null = null;

  constructor(private readonly host: BubbleHost) {
    host.addController(this);
  }

  get on(): boolean {
    return this.host.variant === 'bubble';
  }

  /** What makes the button that opens it; null while that is not there or not wanted. */
  get launcher(): Look['launcher'] | null {
    return this.on ? (this.#look?.launcher ?? null) : null;
  }

  hostConnected(): void {
    // What leaves the page leaves the top layer too, and does not come back by itself.
    if (this.on) this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#fit(null);
  }

  hostUpdate(): void {
    if (this.on && !this.#loading) void this.#load();
  }

  hostUpdated(): void {
    const dock = this.#find('.dock');
    this.#fit(this.on && this.host.open ? dock : null);
    if (!this.on || !this.#look || !dock?.isConnected) return;
    if (!dock.matches(':popover-open')) dock.showPopover();
    const goal = this.#goal;
    this.#goal = null;
    if (goal) void this.host.updateComplete.then(() => (this.#find(goal) ?? this.#find('.put-away'))?.focus({ preventScroll: true }));
  }

  readonly show = (): void => this.#turn(true, 'chat-guest-form, .talk:not([hidden]) chat-composer:not([disabled])');

  readonly putAway = (): void => this.#turn(false, '.launcher');

  /** @param dock what has to stay within the seen part of the window; null while nothing has */
  #fit(dock: HTMLElement | null): void {
    if (dock?.isConnected && this.#look) this.#endFit ??= this.#look.keepWithinSeen(dock);
    else {
      this.#endFit?.();
      this.#endFit = null;
    }
  }

  #turn(open: boolean, goal: string): void {
    this.host.open = open;
    this.#goal = goal;
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      const look = await looks.load();
      look.adopt(this.host, look.launcherStyles);
      this.#look = look;
      this.host.requestUpdate();
    } catch {
      // Offline for a moment: whatever changes in the room next tries again.
      this.#loading = false;
    }
  }

  #find(selector: string): HTMLElement | null {
    return this.host.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }
}
