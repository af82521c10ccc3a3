import type { Simulator } from '../../../demo/services/spotify/simulator.js';
import { finishSignIn } from '../../../src/player/callback.js';
import { createSdkEngine } from '../../../src/player/sdk-engine.js';
import { createOAuth } from '../../../src/player/oauth.js';
import { resolveEndpoints } from '../../../src/player/endpoints.js';
import { createMemory, type Memory } from '../../../src/player/memory.js';
import { createPageLife, type LifeWindow } from '../../../src/player/page-life.js';
import type { PlayerSession } from '../../../src/player/player-session.js';
import { createSdk, type SdkNamespace, type SdkWindow } from '../../../src/player/sdk.js';
import { createPlayerSession } from '../../../src/player/session.js';
import { createSignIn } from '../../../src/player/sign-in.js';
import { createTokenStore } from '../../../src/player/token-store.js';
import { createTokens } from '../../../src/player/tokens.js';
import { createWebApi } from '../../../src/player/web-api.js';
import { FakePage } from '../../src/player/support/fake-page.js';
import { FakeStorage } from '../../src/player/support/fake-storage.js';
import { settled, type SharedClock } from './clock.js';
import { base, Network } from './network.js';
import { createNamespace, SdkFrame } from './sdk.js';

/** What the tabs of one visitor's browser share. */
export class Browser {
  readonly storage = new FakeStorage();
  #tail: Promise<unknown> = Promise.resolve();

  /** Web Locks, as far as one name and exclusive requests go. */
  readonly locks = {
    request: (_name: string, { signal }: { signal: AbortSignal }, run: () => Promise<unknown>): Promise<unknown> => {
      const aborted = new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
      const granted = this.#tail.then(() => (signal.aborted ? undefined : run()));
      this.#tail = granted.catch(() => undefined);
      return Promise.race([granted, aborted]);
    },
  } as unknown as Pick<LockManager, 'request'>;
}

class Script extends EventTarget {
  src = '';
  async = false;
  parent: Set<Script> | null = null;
  remove(): void {
    this.parent?.delete(this);
  }
}

/** What happens to the SDK's script on this page. */
export type ScriptFate = 'runs' | 'blocked' | 'stalls';

/** A window of one visitor: popups, script tags, `window.Spotify`. */
export class Page extends FakePage {
  readonly frame: SdkFrame;
  Spotify?: SdkNamespace;
  onSpotifyWebPlaybackSDKReady?: (() => void) | undefined;
  script: ScriptFate = 'runs';
  readonly #scripts = new Set<Script>();

  constructor(private readonly simulator: Simulator) {
    super();
    this.frame = new SdkFrame(simulator);
  }

  readonly document = {
    createElement: (): Script => new Script(),
    querySelectorAll: (): Script[] => [...this.#scripts],
    body: {
      append: (script: Script): void => {
        this.#scripts.add(script);
        script.parent = this.#scripts;
        queueMicrotask(() => this.#load(script));
      },
    },
  } as unknown as SdkWindow['document'];

  /** The script that stalled runs after all. */
  run(): void {
    this.script = 'runs';
    for (const script of this.#scripts) this.#load(script);
  }

  #load(script: Script): void {
    if (this.script === 'stalls') return;
    if (this.script === 'blocked' || this.simulator.faults.has('*', 'sdk-blocked')) {
      script.dispatchEvent(new Event('error'));
      return;
    }
    this.Spotify = createNamespace(this.frame);
    this.onSpotifyWebPlaybackSDKReady?.();
  }
}

/** The events of a page's life, which a test may tell. */
class Life extends EventTarget {
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
}

const clientId = 'roomtone-demo';
const redirectUri = 'https://host.example/room';

/** One tab: the production code, put together as `default-session.ts` does it, over the simulator. */
export class Tab {
  readonly page: Page;
  readonly network: Network;
  readonly life = new Life();
  readonly memory: Memory;
  readonly session: PlayerSession;

  constructor(
    private readonly simulator: Simulator,
    readonly clock: SharedClock,
    readonly browser = new Browser(),
  ) {
    const endpoints = resolveEndpoints(base, 'https://host.example/');
    const page = (this.page = new Page(simulator));
    const network = (this.network = new Network(simulator, clock));
    const oauth = createOAuth({ clientId, redirectUri, endpoints, fetch: network.fetch, clock });
    const tokens = createTokens({
      oauth,
      store: createTokenStore(() => browser.storage, 'roomtone', clientId),
      locks: browser.locks,
      lockName: 'roomtone:spotify',
      clock,
    });
    const memory = (this.memory = createMemory(() => browser.storage, 'roomtone'));
    const volume = memory.volume ?? 0.5;
    const signIn = createSignIn({ storageKey: 'roomtone', oauth, tokens, page, clock });
    const engine = createSdkEngine({
      sdk: createSdk(endpoints.sdk, page, clock),
      tokens,
      createApi: (deviceId) => createWebApi({ endpoints, tokens, deviceId, fetch: network.fetch, clock }),
      name: 'Roomtone',
      volume,
      clock,
    });
    const life = createPageLife(this.life as unknown as LifeWindow, clock);
    this.session = createPlayerSession({ engine, signIn, volume, memory, life, clock });
  }

  get controls(): PlayerSession['controls'] {
    return this.session.controls;
  }

  get snapshot(): PlayerSession['snapshot'] {
    return this.session.snapshot;
  }

  /** Whether Spotify's window is open and waits for the visitor. */
  get isAsked(): boolean {
    const popup = this.page.popups.at(-1);
    return popup !== undefined && !popup.closed;
  }

  /** The visitor chooses `account` in Spotify's window, or '' to say no; the window then comes back as the host's page. */
  async answer(account: string): Promise<void> {
    const { popup } = this.page;
    // The challenge is made by crypto.subtle, which takes real time.
    while (popup.url === 'about:blank' && !popup.closed) await settled();
    if (popup.closed) return;
    const form = new URL(popup.url).searchParams;
    form.set('continue_as', account);
    const callback = new FakePage(await this.network.submit(popup.url, form));
    callback.name = this.page.opened.at(-1)?.name ?? '';
    callback.opener = {
      closed: false,
      postMessage: (message) => this.page.receive(message, { origin: this.page.origin, source: popup }),
    };
    finishSignIn(callback);
    await settled();
  }

  /** Connects by Spotify's window where it is asked for; moves the clock on until the attempt has ended. */
  async connect(account: string): Promise<void> {
    let isOver = false;
    void this.controls.connect().finally(() => (isOver = true));
    if (this.isAsked) await this.answer(account);
    for (let waited = 0; !isOver && waited < 120_000; waited += 500) await this.clock.advance(500);
  }
}
