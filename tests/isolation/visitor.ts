import type { FaultName } from '../../demo/services/spotify/faults.js';
import type { Simulator } from '../../demo/services/spotify/simulator.js';
import { PlayerError } from '../../src/player/engine.js';
import { createChatSession, type ChatSession } from '../../src/chat/session.js';
import type { PlayerSnapshot } from '../../src/player/snapshot.js';
import { allScopes } from '../demo/spotify/support.js';
import { FakeGateway, type FakeRoom } from '../src/chat/fake-gateway.js';
import type { SharedClock } from '../support/sdk-over-simulator/clock.js';
import type { Sent } from '../support/sdk-over-simulator/network.js';
import { Browser, Tab } from '../support/sdk-over-simulator/page.js';
import { expected, Given, type Ask, type Excuse, type Outcome } from './given.js';
import { Breach, type Cause, type Witness } from './witness.js';

const never = { subscribe: () => () => undefined };
/** A 429 whose Retry-After cannot be read, and the time in which a broken connection counts as another. */
const defaultBreakMs = 30_000;
/** How long what was answered may still be on its way to the device. */
const arrivalMs = 3_000;
const mayReject: ReadonlySet<Ask['call']> = new Set(['save', 'unsave', 'transferTo']);
const needsTrack: ReadonlySet<Ask['call']> = new Set(['pause', 'resume', 'next', 'previous', 'seek', 'setShuffle', 'setRepeat']);
/** A break that is waited out. */
const shortBreakS = 5;

/** One person in the room: their own page with the real player and the real chat in it. */
export class Visitor {
  tab: Tab;
  chat: ChatSession | null = null;
  gateway: FakeGateway;
  readonly given: Given[] = [];
  /** What they wrote and the chat took. */
  readonly said: string[] = [];
  readonly #browser = new Browser();
  /** Every id that a page of theirs has had. */
  readonly #devices = new Set<string>();
  /** The key of their other device, as it was listed last. */
  #kitchen: number | null = null;
  #break: { readonly since: number; readonly until: number } | null = null;
  #messages = 0;

  constructor(
    readonly name: string,
    private readonly simulator: Simulator,
    private readonly clock: SharedClock,
    private readonly room: FakeRoom,
    private readonly witness: Witness,
  ) {
    this.gateway = new FakeGateway(room);
    this.tab = this.#open();
  }

  /** Keeps a sign-in from an earlier visit. */
  remember(): void {
    const refreshToken = this.simulator.grants.issueRefreshToken({
      account: this.name,
      clientId: 'roomtone-demo',
      scopes: allScopes,
    });
    this.#browser.storage.setItem('roomtone:spotify', JSON.stringify({ client: 'roomtone-demo', token: refreshToken }));
  }

  /** Runs what the visitor does beside giving commands. */
  act<T>(run: () => T, cause: Cause = 'visitor'): T {
    return this.witness.causes.run(cause, run);
  }

  /** Opens the list of their devices. */
  look(): void {
    const { library } = this.tab.controls;
    void this.act(() => library.devices()).then(
      (devices) => (this.#kitchen = devices.find(({ name }) => name.endsWith('kitchen'))?.key ?? null),
      // They read why; without the list they cannot choose.
      () => (this.#kitchen = null),
    );
  }

  give(ask: Ask): void {
    const { snapshot, memory } = this.tab;
    const since = this.clock.now() - arrivalMs;
    const open = this.given.filter(({ settledAt }) => settledAt === null || settledAt >= since);
    const isUnderWay = open.some((each) => each.expected?.source === 'web-api');
    const want = expected(ask, { snapshot, place: memory.place, kitchen: this.#kitchen, isUnderWay });
    const given = new Given(this.given.length, this.name, ask, want, open.length > 0, this.tab);
    if (!this.#isOnline(snapshot)) given.excuses.add('offline');
    if (!snapshot.track) given.excuses.add('track');
    if (this.#break && this.clock.now() < this.#break.until) given.excuses.add('break');
    this.given.push(given);
    const settle = (): void => void (given.settledAt = this.clock.now());
    const fail = (error: unknown): void => {
      settle();
      // What the visitor keeps and moves tells of its failure where they asked for it.
      if (error instanceof PlayerError && mayReject.has(ask.call)) return;
      this.thrown.push(new Breach(`${given} threw ${String(error)}`));
    };
    this.witness.causes.run(given, () => call(this.tab, ask, this.#kitchen)).then(settle, fail);
  }

  /** Commands that threw, which none may. */
  readonly thrown: Breach[] = [];

  /** The tab closes and another opens at the same address. */
  reopen(): void {
    this.#flag('offline');
    this.act(() => {
      this.tab.session.dispose();
      this.tab.page.frame.disconnect();
    });
    this.tab = this.#open();
    void this.act(() => this.tab.session.restore());
  }

  /** Time is about to pass without a timer: what is on its way meanwhile may count as lost. */
  sleep(): void {
    this.#flag('sleep');
  }

  join(): void {
    if (this.chat) return;
    this.gateway = Object.assign(new FakeGateway(this.room), { userId: this.gateway.userId });
    this.chat = createChatSession({
      gateway: this.gateway,
      slug: 'lobby',
      clock: this.clock,
      random: () => 0.5,
      newId: () => `${this.name}-${++this.#messages}`,
      wake: never,
      leave: never,
    });
    const { chat } = this;
    this.act(() => chat.start(), 'chat');
  }

  leave(): void {
    this.act(() => this.chat?.dispose(), 'chat');
    this.chat = null;
  }

  /** Whatever the network still had in store is over, and Spotify's window, if it is open, gets closed. */
  calm(): void {
    for (const popup of this.tab.page.popups) popup.close();
    this.tab.network.delay = { there: 0, back: 0 };
    this.tab.network.isDown = () => false;
    this.tab.page.script = 'runs';
  }

  get isOnline(): boolean {
    return this.#isOnline(this.tab.snapshot);
  }

  get #unsettled(): Given[] {
    return this.given.filter(({ isSettled }) => !isSettled);
  }

  #isOnline({ status }: PlayerSnapshot): boolean {
    return status === 'ready' || status === 'elsewhere';
  }

  #flag(excuse: Excuse): void {
    for (const given of this.#unsettled) given.excuses.add(excuse);
  }

  #open(): Tab {
    this.#break = null;
    const tab = new Tab(this.simulator, this.clock, this.#browser);
    tab.session.subscribe((snapshot) => {
      if (!this.#isOnline(snapshot)) {
        this.#kitchen = null;
        this.#flag('offline');
      }
      if (!snapshot.track) for (const given of this.#unsettled) if (needsTrack.has(given.ask.call)) given.excuses.add('track');
      this.chat?.setListening(heard(snapshot));
    });
    tab.page.frame.onReadyId = (id) => {
      this.witness.touch(this.name, true);
      if (id === null) this.#flag('offline');
      else {
        this.#devices.add(id);
        this.witness.isPageOf(this.name, id);
      }
    };
    tab.page.frame.onCommand = () => {
      const cause = this.witness.causes.getStore();
      if (cause instanceof Given) cause.attempts.push({ outcome: 'o' });
    };
    const attempts = new Map<Sent, { outcome: Outcome }>();
    tab.network.onSent = (sent) => {
      if (!isCommand(sent)) return;
      const cause = this.witness.causes.getStore();
      if (sent.path === '/v1/me/library') this.#checkKept(sent);
      else this.#checkDevice(tab, sent);
      this.#checkBreak(sent);
      const attempt = { outcome: null };
      attempts.set(sent, attempt);
      if (cause instanceof Given) cause.attempts.push(attempt);
    };
    tab.network.onAnswered = (sent, headers) => {
      if (sent.path === '/api/token' && sent.status !== 200) this.#flag('token');
      if (tab === this.tab && sent.path.startsWith('/v1/')) this.#watchBreak(sent, headers);
      const attempt = attempts.get(sent);
      if (attempt) attempt.outcome = outcomeOf(sent, headers);
    };
    return tab;
  }

  /** What a visitor keeps is in no log of commands: it is judged where it is sent. */
  #checkKept({ method, query }: Sent): void {
    // It may be on its way for a while.
    this.witness.touch(this.name, true);
    const cause = this.witness.causes.getStore();
    const command = method === 'PUT' ? 'save' : 'unsave';
    const want = cause instanceof Given && cause.account === this.name ? cause.expected : null;
    if (want?.command === command && want.body === query.get('uris')) return;
    this.thrown.push(new Breach(`${String(cause)} made ${this.name} ${command} ${query.get('uris')}.`));
  }

  /** I2, where the request is sent. */
  #checkDevice(tab: Tab, sent: Sent): void {
    const named = sent.path === '/v1/me/player' ? String(record(sent.body).device_ids) : sent.query.get('device_id');
    const cause = this.witness.causes.getStore();
    if (cause instanceof Given && cause.ask.call === 'transferTo') {
      const { kitchen } = this.simulator.accounts.get(this.name)!;
      if (named !== kitchen.id) this.thrown.push(new Breach(`${cause} went to the device ${named}.`));
      return;
    }
    // A device may go while a token is fetched for a command to it; it was theirs all the same.
    const isLate = cause instanceof Given && cause.excuses.has('offline') && this.#devices.has(String(named));
    if (named === null || (named !== tab.page.frame.readyId && !isLate)) {
      this.thrown.push(new Breach(`${this.name} sent ${sent.path} for the device ${named}, not their own.`));
    }
  }

  #checkBreak(sent: Sent): void {
    const now = this.clock.now();
    if (this.#break && now > this.#break.since && now < this.#break.until) {
      this.thrown.push(new Breach(`${this.name} sent ${sent.path} in the break that Spotify had asked for.`));
    }
  }

  #watchBreak({ status, text }: Sent, headers: Headers): void {
    const now = this.clock.now();
    const before = this.#break;
    if (status === 429 && !text.includes('QUOTA_EXCEEDED')) {
      const seconds = Number(headers.get('retry-after'));
      this.#break = { since: now, until: now + (seconds > 0 ? seconds * 1000 : defaultBreakMs) };
    } else if (status === 0 && before && now <= before.until + defaultBreakMs) {
      this.#break = { since: now, until: now + defaultBreakMs };
    } else if (status !== null && status >= 200 && status < 300) {
      this.#break = null;
    }
    if (this.#break) this.#flag('break');
  }

  /** Every fault of theirs is over. */
  mend(): void {
    for (const { name, on } of this.simulator.faults.report()) if (on.includes(this.name)) this.setFault(name, false);
  }

  setFault(fault: FaultName, on: boolean): void {
    this.witness.touch(this.name, true);
    this.act(() => this.simulator.faults.set(this.name, fault, on));
  }
}

function call({ controls }: Tab, ask: Ask, kitchen: number | null): Promise<unknown> {
  switch (ask.call) {
    case 'save':
    case 'unsave':
      return controls.library[ask.call](ask.uri);
    case 'transferTo':
      return controls.library.transferTo(kitchen ?? 0);
    case 'play':
      return controls.play(ask.target);
    case 'seek':
      return controls.seek(ask.positionMs);
    case 'setVolume':
      return controls.setVolume(ask.level);
    case 'setShuffle':
      return controls.setShuffle(ask.on);
    case 'setRepeat':
      return controls.setRepeat(ask.mode);
    case 'addToQueue':
      return controls.addToQueue(ask.uri);
    default:
      return controls[ask.call]();
  }
}

const isCommand = ({ method, path }: Sent): boolean => method !== 'GET' && /^\/v1\/me\/(player|library)/.test(path);

function outcomeOf({ status, text }: Sent, headers: Headers): Outcome {
  if (status === 401) return 'u';
  if (status === 429 && Number(headers.get('retry-after') ?? Infinity) <= shortBreakS) return 'r';
  return status === 404 && text.toLowerCase().includes('device') && !text.includes('NO_ACTIVE_DEVICE') ? '4' : 'o';
}

function record(json: string): Record<string, unknown> {
  return JSON.parse(json || '{}') as Record<string, unknown>;
}

/** What the page shows the room, where its visitor has turned that on. */
function heard({ track, paused }: PlayerSnapshot): Parameters<ChatSession['setListening']>[0] {
  if (!track || paused) return null;
  const { uri, title, artists, artwork } = track;
  return { uri, title, artists: artists.map(({ name }) => name).join(', '), artwork };
}
