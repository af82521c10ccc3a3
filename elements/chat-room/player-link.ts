import { ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { playerStateContext } from '../../src/contexts/player-state.js';
import type { PlayerSnapshot } from '../../src/player/snapshot.js';
import { namedPlayer } from './share-desk.js';

type Answer = (value: PlayerSnapshot, unsubscribe?: () => void) => void;

/**
 * The state of the visitor's own player, for display only (I1): of the `<room-player>` around the host, or of one
 * elsewhere in the page that the host names by its id.
 */
export class PlayerLink implements ReactiveController {
  #value: PlayerSnapshot | null = null;
  #id: string | null = null;
  #unsubscribe: (() => void) | undefined;
  /** Of the request under way. Kept here because the context root holds its callbacks weakly. */
  #answer: Answer | null = null;
  #warned: string | null = null;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  /** Null until a player answers. */
  get value(): PlayerSnapshot | null {
    return this.#value;
  }

  /** The id of the player; null for the one around the host. */
  set id(id: string | null) {
    if (id === this.#id) return;
    this.#id = id;
    if (this.host.isConnected) this.#ask();
  }

  hostConnected(): void {
    document.addEventListener('context-provider', this.#appeared);
    this.#ask();
  }

  hostDisconnected(): void {
    document.removeEventListener('context-provider', this.#appeared);
    this.#forget();
  }

  /** A player that comes into the page after the chat says so; the context root answers only to those around. */
  readonly #appeared = (): void => {
    if (this.#id && !this.#unsubscribe) this.#ask();
  };

  #forget(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#answer = null;
    if (this.#value) this.host.requestUpdate();
    this.#value = null;
  }

  #ask(): void {
    this.#forget();
    const answer: Answer = (value, unsubscribe) => {
      // An answer to an earlier request: the attribute changed in between.
      if (this.#answer !== answer) return unsubscribe?.();
      if (this.#unsubscribe !== unsubscribe) this.#unsubscribe?.();
      this.#unsubscribe = unsubscribe;
      this.#value = value;
      this.host.requestUpdate();
    };
    this.#answer = answer;
    if (this.#id) this.#askNamed(this.#id, answer);
    else this.host.dispatchEvent(new ContextEvent(playerStateContext, this.host, answer, true));
  }

  #askNamed(id: string, answer: Answer): void {
    const player = namedPlayer(this.host, id);
    const again = (): void => {
      if (this.#answer === answer) this.#ask();
    };
    if (!player) {
      // It may stand further down in a page that is still being read.
      if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', again, { once: true });
      else this.#warn(id, 'there is no such element');
    } else if (player.matches(':defined')) {
      player.dispatchEvent(new ContextEvent(playerStateContext, this.host, answer, true));
      if (!this.#value) this.#warn(id, `that is a <${player.localName}> and no player`);
    } else {
      void customElements.whenDefined(player.localName).then(again);
    }
  }

  #warn(id: string, why: string): void {
    if (this.#warned === id) return;
    this.#warned = id;
    console.warn(`<chat-room>: the attribute player names "${id}", but ${why}. It should be the id of a <room-player>.`);
  }
}
