import { expect, type Browser, type BrowserContext, type Frame, type Locator, type Page } from 'playwright/test';
import { createCatalogue } from '../../../demo/services/spotify/catalogue/catalogue.js';

const titles = new Set(createCatalogue().tracks.map(({ name }) => name));

/** The Premium accounts and the Free one that the simulator offers. */
export type Account = 'Alice' | 'Bob' | 'Carol' | 'Dave' | 'Frank';

/** What the SDK itself says, less everything that a test does not compare. */
export interface SdkState {
  readonly uri: string | null;
  readonly paused: boolean;
  readonly position: number;
  readonly next: readonly string[];
  readonly volume: number;
}

/** Keeps the page's own `Spotify.Player` where a test can ask it; the product never exposes it. */
function keepSdkPlayer(): void {
  let sdk: typeof Spotify | undefined;
  Object.defineProperty(window, 'Spotify', {
    configurable: true,
    get: () => sdk,
    set(value: typeof Spotify) {
      const Kept = class extends value.Player {
        constructor(options: Spotify.PlayerInit) {
          super(options);
          Object.defineProperty(window, 'sdkPlayer', { value: this, configurable: true });
        }
      };
      sdk = { ...value, Player: Kept };
    },
  });
}

/** A person at a browser of their own. */
export class Visitor {
  readonly player: Locator;
  readonly chat: Locator;

  private constructor(
    readonly name: string,
    readonly context: BrowserContext,
    readonly page: Page,
    /** What the page complained of in its console, and errors that nobody caught. */
    readonly complaints: string[],
    /** The frame of the page that the elements are in. */
    private readonly frame?: Locator,
  ) {
    const root = frame?.contentFrame() ?? page;
    this.player = root.getByRole('region', { name: 'Music player' });
    this.chat = root.getByRole('region', { name: 'Lobby' });
  }

  /** Opens the demo in a new browser context: nobody knows this visitor. */
  static async open(browser: Browser, name: string, path = '/'): Promise<Visitor> {
    // A document that a test has answered itself comes from nowhere, as Chromium sees it: its sockets into this machine would
    // be refused without a word, and its room would read the slow way only.
    const context = await browser.newContext({ permissions: ['local-network-access'] });
    await context.addInitScript(keepSdkPlayer);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(path);
    return new Visitor(name, context, page, complaints);
  }

  /** The same person, whose chat and player are in a frame of the page. */
  within(frame: string): Visitor {
    return new Visitor(this.name, this.context, this.page, this.complaints, this.page.locator(frame));
  }

  static async join(browser: Browser, name: string): Promise<Visitor> {
    const visitor = await Visitor.open(browser, name);
    await visitor.join();
    return visitor;
  }

  async join(): Promise<void> {
    await this.chat.getByRole('textbox', { name: 'Your name' }).fill(this.name);
    await this.chat.getByRole('button', { name: 'Join' }).click();
    await expect(this.chat.getByRole('textbox', { name: 'Message' })).toBeEditable();
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  async say(text: string): Promise<void> {
    const box = this.chat.getByRole('textbox', { name: 'Message' });
    await box.fill(text);
    await box.press('Enter');
  }

  message(text: string): Locator {
    return this.chat.getByRole('log', { name: 'Messages' }).getByText(text, { exact: true });
  }

  /** The message with that text, with everything that belongs to it. */
  row(text: string): Locator {
    return this.chat.locator('chat-message').filter({ hasText: text }).last();
  }

  get box(): Locator {
    return this.chat.getByRole('textbox', { name: 'Message', exact: true });
  }

  member(name: string): Locator {
    return this.chat.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: name });
  }

  /** Signs in through the popup and waits until this page is a device. */
  async connect(account: Account): Promise<void> {
    const popup = this.page.waitForEvent('popup');
    await this.player.getByRole('button', { name: 'Connect Spotify' }).click();
    await (await popup).getByRole('button', { name: `Continue as ${account}` }).click();
    await expect(this.player.getByRole('button', { name: 'Disconnect' })).toBeVisible();
    await expect(this.player.getByRole('searchbox', { name: 'Search tracks' })).toBeVisible();
  }

  /** Listens in Spotify's embed, and waits until something can be chosen. @param uris a list of the host page's */
  async listen(uris: readonly string[] = []): Promise<void> {
    if (uris.length) await this.page.locator('room-player').evaluate((player, list) => Object.assign(player, { uris: list }), uris);
    await this.player.getByRole('button', { name: 'Listen without signing in' }).click();
    await expect(this.player.getByRole('textbox', { name: 'Link to Spotify' })).toBeVisible();
  }

  /** Pastes a link or a URI and plays it, in the embed. */
  async playLink(link: string): Promise<void> {
    await this.player.getByRole('textbox', { name: 'Link to Spotify' }).fill(link);
    await this.button('Play this link').click();
    await expect(this.button('Pause')).toBeVisible();
  }

  /** By what name embeds in this browser stand in the command log, and whether it is logged in. */
  async listener(): Promise<string> {
    const cookies = await this.context.cookies();
    const of = (name: string): string | undefined => cookies.find((cookie) => cookie.name === name)?.value;
    return of('spotify-simulator-login') ?? `visitor ${of('spotify-simulator-visitor') ?? 'unknown'}`;
  }

  /** Logs this browser in to Spotify, apart from any page: then embeds play whole tracks. */
  async logIn(account: Account): Promise<void> {
    await this.context.addCookies([{ name: 'spotify-simulator-login', value: account.toLowerCase(), url: this.page.url() }]);
  }

  /** Searches and starts the nth result. @returns its title */
  async playFromSearch(query: string, nth = 0): Promise<string> {
    await this.player.getByRole('searchbox', { name: 'Search tracks' }).fill(query);
    // Until the answer is there, the results of an earlier search are.
    const found = titles.has(query) ? `Play ${query} by ` : /^Play .+ by .+/;
    const result = this.player.getByRole('button', { name: found }).nth(nth);
    const name = (await result.getAttribute('aria-label')) ?? (await result.innerText());
    await result.click();
    await expect(this.player.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
    const title = /^Play (.+) by /s.exec(name)?.[1] ?? '';
    await expect(this.player.getByRole('link', { name: title, exact: true }).first()).toBeVisible();
    return title;
  }

  button(name: string): Locator {
    return this.player.getByRole('button', { name, exact: true });
  }

  slider(name: 'Seek' | 'Volume'): Locator {
    return this.player.getByRole('slider', { name });
  }

  async #frame(): Promise<Frame> {
    return (await (await this.frame?.elementHandle())?.contentFrame()) ?? this.page.mainFrame();
  }

  async sdkState(): Promise<SdkState | null> {
    return (await this.#frame()).evaluate(async () => {
      const player = (window as { sdkPlayer?: Spotify.Player }).sdkPlayer;
      if (!player) return null;
      const [state, volume] = await Promise.all([player.getCurrentState(), player.getVolume()]);
      return {
        uri: state?.track_window.current_track.uri ?? null,
        paused: state?.paused ?? true,
        position: state?.position ?? 0,
        next: state?.track_window.next_tracks.map(({ uri }) => uri) ?? [],
        volume,
      };
    });
  }

  /** What this visitor reads in their player, less what moves by itself. */
  async shown(): Promise<string> {
    const text = await this.player.ariaSnapshot();
    // The clock of a playing track moves on; everything else has to stay as it is.
    return text.replace(/\d+:\d\d/g, '0:00').replace(/\d+ (hours?|minutes?|seconds?)( \d+ seconds?)?/g, 'time').replace(/slider "Seek".*/g, 'slider "Seek"');
  }
}
