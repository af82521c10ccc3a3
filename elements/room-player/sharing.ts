import { ContextProvider } from '@lit/context';
import type { ReactiveElement } from 'lit';
import { sharingContext } from '../../src/contexts/sharing.js';
import { RoomReadyEvent } from '../../src/track-events.js';

/** Counts the rooms that take a shared track, and tells the player's elements whether there is one. */
export class RoomSharing {
  readonly #provider: ContextProvider<typeof sharingContext, ReactiveElement>;
  readonly #rooms = new Set<EventTarget>();

  constructor(host: ReactiveElement) {
    this.#provider = new ContextProvider(host, { context: sharingContext, initialValue: false });
    host.addEventListener(RoomReadyEvent.type, this.#onChange);
  }

  readonly #onChange = (event: RoomReadyEvent): void => {
    // The true target: one within another shadow tree shows up as that tree's host.
    const room = event.room ?? event.composedPath()[0];
    if (!room) return;
    if (event.available) this.#rooms.add(room);
    else this.#rooms.delete(room);
    this.#provider.setValue(this.#rooms.size > 0);
  };
}
