import { ContextProvider } from '@lit/context';
import { LitElement } from 'lit';
import { playerControlsContext } from '../../../src/contexts/player-controls.js';
import { playerStateContext } from '../../../src/contexts/player-state.js';
import { sharingContext } from '../../../src/contexts/sharing.js';
import type { FakeSession } from './fake-session.js';

/** Stands in for a `<room-player>` around one element: both contexts, from a fake session. */
class PlayerHost extends LitElement {
  readonly #state = new ContextProvider(this, { context: playerStateContext });
  readonly #controls = new ContextProvider(this, { context: playerControlsContext });

  readonly #sharing = new ContextProvider(this, { context: sharingContext, initialValue: false });

  /** Whether a room takes what is shared. */
  set sharing(available: boolean) {
    this.#sharing.setValue(available);
  }

  set session(session: FakeSession) {
    this.#state.setValue(session.snapshot);
    this.#controls.setValue(session.controls);
    session.subscribe((snapshot) => this.#state.setValue(snapshot));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

customElements.define('player-host', PlayerHost);

/** Puts `element` into a host that gives it `session`, and waits for its first rendering. */
export async function hosted<T extends LitElement>(element: T, session: FakeSession): Promise<T> {
  const host = document.createElement('player-host') as PlayerHost;
  host.session = session;
  document.body.append(host);
  host.append(element);
  await element.updateComplete;
  return element;
}

/** From now on a room takes what is shared, or no longer does. */
export async function sharing(element: LitElement, available = true): Promise<void> {
  const host = element.closest<PlayerHost>('player-host');
  if (host) host.sharing = available;
  await element.updateComplete;
}

/** For `afterEach`: no test sees what the one before left. */
export function clearHosts(): void {
  document.querySelectorAll('player-host').forEach((host) => host.remove());
}

/** An answer that was given has reached the element and is shown. */
export async function settled(element: LitElement): Promise<void> {
  // It passes through a promise or two before the element hears of it.
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
  }
}
