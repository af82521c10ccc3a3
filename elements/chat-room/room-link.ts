import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { emptySnapshot, type ChatErrorCode, type ChatSnapshot } from '../../src/chat/model.js';
import type { ChatSession } from '../../src/chat/session.js';
import type { Clock } from '../../src/clock.js';
import { adviceFor, configurationOf, guestsAreOff, type Given } from './configuration.js';

/** Where a session's room is, and where in the browser it keeps things. */
export interface PlaceOptions {
  readonly url: string;
  readonly key: string;
  readonly room: string;
  readonly storageKey: string;
}

/** What the host gives to the link. */
export interface LinkHost {
  clock(): Clock;
  /** A promise while the code for it is still being loaded; it rejects where that cannot be had. */
  create(options: PlaceOptions): ChatSession | Promise<ChatSession>;
  /** Told of every snapshot; `fresh` when it is the first of a session. */
  changed(snapshot: ChatSnapshot, fresh: boolean): void;
}

/** What a page says of its room, and what decides whether it is still the same one. */
export interface Wish extends Given {
  readonly storageKey: string | null;
  readonly invitation: string | null;
  /** Whether the page passes tokens. Which function gives them may change from render to render. */
  readonly hasToken: boolean;
}

/** Before there is a session. */
export const blank: ChatSnapshot = emptySnapshot;

/**
 * Keeps one session alive for as long as the element is in a page and wants the same room. An element that is only
 * moved keeps its session; one that wants another room leaves the old one first.
 */
export class RoomLink implements ReactiveController {
  #session: ChatSession | null = null;
  #unsubscribe: (() => void) | null = null;
  #wish: Wish | null = null;
  #warned: ChatErrorCode | null = null;
  #cancelEnd: (() => void) | null = null;

  constructor(
    private readonly element: ReactiveControllerHost & HTMLElement,
    private readonly host: LinkHost,
  ) {
    element.addController(this);
  }

  /** Null while nothing runs: before the first wish, and after a wrong one. */
  get session(): ChatSession | null {
    return this.#session;
  }

  hostConnected(): void {
    this.#cancelEnd?.();
    this.#cancelEnd = null;
    if (!this.#wish) this.element.requestUpdate();
  }

  hostDisconnected(): void {
    // Moving an element disconnects and connects it in one task: only a task later it is really gone.
    this.#cancelEnd = this.host.clock().after(0, () => {
      this.#end();
      this.#wish = null;
      this.host.changed(blank, true);
    });
  }

  /** Opens what is wished for, unless it is what is open. */
  want(wish: Wish): void {
    if (!this.element.isConnected || (this.#wish && same(this.#wish, wish))) return;
    this.#end();
    this.#wish = wish;
    this.#warned = null;
    this.#begin(wish);
  }

  /** The visitor tries again. */
  again(): void {
    if (this.#session) this.#session.start();
    else if (this.#wish) this.#begin(this.#wish);
  }

  #begin(wish: Wish): void {
    const found = configurationOf(wish, document.baseURI);
    if (found.problem !== null) return this.#cannotOpen(wish, found.problem);
    const { url, key, room } = found;
    const made = this.host.create({ url, key, room, storageKey: wish.storageKey || 'roomtone' });
    if (!(made instanceof Promise)) return this.#open(made);
    this.#tell(blank, true);
    void made.then(
      (session) => {
        // Meanwhile the element may have left the page, or want another room; or the visitor asked twice.
        if (this.#wish === wish && !this.#session) this.#open(session);
        else session.dispose();
      },
      () => {
        if (this.#wish === wish) this.#tell({ ...blank, status: 'failed', problem: { code: 'network' } }, true);
      },
    );
  }

  /** While the page loads nothing is missing yet: its own script, which gives the room a client, may come after ours. */
  #cannotOpen(wish: Wish, code: ChatErrorCode): void {
    if (document.readyState === 'complete') return this.#tell({ ...blank, status: 'failed', problem: { code } }, true);
    this.#tell(blank, true);
    addEventListener('load', () => this.#wish === wish && this.#begin(wish), { once: true });
  }

  #open(session: ChatSession): void {
    this.#session = session;
    this.#unsubscribe = session.subscribe((snapshot) => this.#tell(snapshot, false));
    this.#tell(session.snapshot, true);
    session.start();
  }

  #tell(snapshot: ChatSnapshot, fresh: boolean): void {
    const code = snapshot.problem?.code ?? null;
    const sentence = code && code !== this.#warned && adviceOn(code, snapshot);
    if (sentence) {
      this.#warned = code;
      console.warn(sentence);
    }
    this.host.changed(snapshot, fresh);
  }

  #end(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#session?.dispose();
    this.#session = null;
  }
}

function adviceOn(code: ChatErrorCode, { status, room }: ChatSnapshot): string | null {
  if (status === 'failed') return adviceFor(code);
  return code === 'guests-refused' && room?.allowsGuests ? guestsAreOff : null;
}

const same = (one: Wish, other: Wish): boolean =>
  one.url === other.url &&
  one.key === other.key &&
  one.room === other.room &&
  one.storageKey === other.storageKey &&
  one.invitation === other.invitation &&
  one.client === other.client &&
  one.hasToken === other.hasToken;
