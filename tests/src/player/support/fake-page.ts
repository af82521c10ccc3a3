import type { AnswerMessage, CallbackWindow } from '../../../../src/player/callback.js';
import type { Popup } from '../../../../src/player/popup.js';
import type { SignInWindow } from '../../../../src/player/sign-in.js';
import { FakeStorage } from './fake-storage.js';

type Listener = (event: MessageEvent) => void;

/** The channels of one origin. */
export class FakeChannels {
  readonly #open = new Set<{ name: string; listener?: Listener; own: object }>();

  get listening(): number {
    return [...this.#open].filter(({ listener }) => listener).length;
  }

  readonly Channel = ((open) =>
    class {
      readonly #entry: { name: string; listener?: Listener; own: object };
      constructor(name: string) {
        this.#entry = { name, own: this };
        open.add(this.#entry);
      }
      addEventListener(_type: string, listener: unknown): void {
        this.#entry.listener = listener as Listener;
      }
      postMessage(data: unknown): void {
        for (const { name, listener, own } of [...open])
          if (name === this.#entry.name && own !== this) listener?.({ data } as MessageEvent);
      }
      close(): void {
        open.delete(this.#entry);
      }
    })(this.#open) as unknown as new (name: string) => BroadcastChannel;
}

export class FakePopup implements Popup {
  closed = false;
  focused = 0;
  url = 'about:blank';
  readonly location = ((popup: { readonly url: string }, replace: (url: string) => void) => ({
    replace,
    get search(): string {
      const { host, search } = new URL(popup.url);
      // As a browser has it: of another origin's address nothing is told.
      if (host === 'accounts.spotify.com') throw new DOMException('Blocked a frame', 'SecurityError');
      return search;
    },
  }))(this, (url) => void (this.url = url));
  close(): void {
    this.closed = true;
  }
  focus(): void {
    this.focused++;
  }
}

/** Firefox, where a page's storage is denied. */
export const deniedChannel = function (): never {
  throw new DOMException('The operation is insecure.', 'SecurityError');
} as unknown as new (name: string) => BroadcastChannel;

/** A host page: its address, its windows, its messages. */
export class FakePage implements SignInWindow, CallbackWindow {
  readonly origin = 'https://host.example';
  url: URL;
  left: string | null = null;
  readonly popups: FakePopup[] = [];
  readonly opened: { url: string; name: string; features: string }[] = [];
  blocks: boolean | 'throws' = false;
  readonly sessionStorage = new FakeStorage();
  readonly #listeners = new Set<Listener>();
  readonly screenX = 0;
  readonly screenY = 0;
  readonly outerWidth = 1000;
  readonly outerHeight = 800;
  self: unknown = this;
  top: unknown = this;
  name = '';
  closed = false;
  mayClose = true;
  opener: { closed: boolean; postMessage(message: AnswerMessage, targetOrigin: string): void } | null = null;
  BroadcastChannel: new (name: string) => BroadcastChannel;

  constructor(
    address = 'https://host.example/room',
    readonly channels = new FakeChannels(),
  ) {
    this.url = new URL(address);
    this.BroadcastChannel = channels.Channel;
  }

  get location(): SignInWindow['location'] {
    const { origin, pathname, search, hash } = this.url;
    return { origin, pathname, search, hash, assign: (url: string | URL) => void (this.left = String(url)) };
  }

  readonly history = {
    state: { host: 'state' } as unknown,
    replaceState: (state: unknown, _title: string, url?: string | URL | null): void => {
      this.history.state = state;
      this.url = new URL(String(url));
    },
  };

  get popup(): FakePopup {
    const last = this.popups.at(-1);
    if (!last) throw new Error('no window was opened');
    return last;
  }

  get listening(): number {
    return this.#listeners.size + this.channels.listening;
  }

  open(url: string, name: string, features: string): FakePopup | null {
    if (this.blocks === 'throws') throw new DOMException('sandboxed');
    this.opened.push({ url, name, features });
    if (this.blocks) return null;
    this.popups.push(new FakePopup());
    return this.popup;
  }

  close(): void {
    if (this.mayClose) this.closed = true;
  }

  addEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.delete(listener);
  }

  receive(data: unknown, { origin = this.origin, source = this.popup as unknown } = {}): void {
    for (const listener of [...this.#listeners]) listener({ data, origin, source } as MessageEvent);
  }
}
