import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { people } from '../../demo/services/spotify/accounts.js';
import type { FaultName } from '../../demo/services/spotify/faults.js';
import type { CommandName, LogEntry } from '../../demo/services/spotify/log.js';
import { createSimulator } from '../../demo/services/spotify/simulator.js';
import { plainEntry } from '../../src/chat/model.js';
import { createChatSession } from '../../src/chat/session.js';
import type { PlayerSession } from '../../src/player/player-session.js';
import type { EngineName } from '../../src/player/snapshot.js';
import { FakeGateway, FakeRoom } from '../src/chat/fake-gateway.js';
import { EmbedTab } from '../support/embed-over-simulator/tab.js';
import { settled, SharedClock } from '../support/sdk-over-simulator/clock.js';
import { Tab } from '../support/sdk-over-simulator/page.js';
import { Breach } from './witness.js';

/** The isolation of rooms in which some listen on their own account and others in Spotify's embed, or all in embeds. */

const crowd = people.filter(({ product }) => product === 'premium').map(({ name }) => name);
const causes = new AsyncLocalStorage<Cause | 'chat' | 'visitor'>();
const never = { subscribe: () => () => undefined };

/** What a visitor does with their own player. */
const asks = ['play', 'shared', 'pause', 'resume', 'next', 'previous', 'seek', 'volume', 'queue', 'disconnect', 'connect'] as const;
type Ask = (typeof asks)[number];

/** What may reach the simulator for it: in an embed, and on an account. */
const mayCause: Readonly<Record<Ask, Readonly<Record<EngineName, readonly CommandName[]>>>> = {
  play: { embed: ['load', 'play', 'seek'], account: ['play'] },
  shared: { embed: ['load', 'play'], account: ['play'] },
  pause: { embed: ['pause'], account: ['pause'] },
  // What could not be loaded is loaded anew.
  resume: { embed: ['play', 'resume', 'load'], account: ['resume', 'transfer', 'play'] },
  next: { embed: [], account: ['next'] },
  previous: { embed: ['seek'], account: ['previous'] },
  seek: { embed: ['seek'], account: ['seek'] },
  volume: { embed: [], account: ['volume'] },
  queue: { embed: [], account: ['queue'] },
  disconnect: { embed: [], account: [] },
  connect: { embed: [], account: [] },
};

/**
 * And in an embed whose page has a list: its first one waits in it, and at the end of a track the next one is loaded. Whoever
 * started the one before, or went to its end, started that.
 */
const listMayCause: Partial<Record<Ask, readonly CommandName[]>> = {
  connect: ['load'],
  next: ['load', 'play'],
  previous: ['load', 'play'],
  seek: ['load', 'play'],
};

type Step =
  | { readonly do: 'ask'; readonly who: number; readonly ask: Ask; readonly n: number }
  | { readonly do: 'say' | 'share' | 'forge'; readonly who: number; readonly n: number; readonly text: string }
  | { readonly do: 'fault'; readonly who: number; readonly n: number; readonly on: boolean }
  | { readonly do: 'time'; readonly ms: number };

const faults: readonly FaultName[] = ['embed-ready-never', 'embed-error', 'autoplay-blocked', 'embed-cookies-blocked'];
const who = fc.nat(crowd.length - 1);
const n = fc.nat(39);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('ask' as const), who, ask: fc.constantFrom(...asks), n }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('say' as const, 'share' as const, 'forge' as const), who, n, text: fc.string({ minLength: 1, maxLength: 30 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fault' as const), who, n: fc.nat(faults.length - 1), on: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.oneof(fc.nat(3_000), fc.nat(250_000)) }) },
);
const engines = fc.oneof(
  fc.constant<EngineName[]>(crowd.map(() => 'embed')),
  fc.array(fc.constantFrom<EngineName>('account', 'embed'), { minLength: crowd.length, maxLength: crowd.length }),
);
const lists = fc.array(fc.boolean(), { minLength: crowd.length, maxLength: crowd.length });

/** One call on a visitor's controls. */
interface Cause {
  readonly account: string;
  readonly ask: Ask;
}

class Person {
  readonly tab: Tab | EmbedTab;
  readonly session: PlayerSession;
  readonly said: string[] = [];
  readonly chat;

  constructor(
    readonly name: string,
    readonly engine: EngineName,
    private readonly room: Room,
    private readonly uris: readonly string[],
  ) {
    const { simulator, clock } = room;
    this.tab = engine === 'embed' ? new EmbedTab(simulator, clock, { name, isLoggedIn: true }, uris) : new Tab(simulator, clock);
    this.session = this.tab.session;
    let messages = 0;
    this.chat = createChatSession({
      gateway: new FakeGateway(room.chat),
      slug: 'lobby',
      clock,
      random: () => 0.5,
      newId: () => `${name}-${++messages}`,
      wake: never,
      leave: never,
    });
    this.session.subscribe((snapshot) => {
      const { track } = snapshot;
      const artists = track?.artists.map(({ name: artist }) => artist).join(', ') ?? '';
      this.chat.setListening(track?.title && !snapshot.paused ? { uri: track.uri, title: track.title, artists, artwork: track.artwork } : null);
    });
  }

  mayCause(ask: Ask, command: CommandName): boolean {
    const more = this.engine === 'embed' && this.uris.length > 0 ? listMayCause[ask] : undefined;
    return mayCause[ask][this.engine].includes(command) || more?.includes(command) === true;
  }

  async ask(ask: Ask, uri: string): Promise<void> {
    const { controls } = this.session;
    const calls: Readonly<Record<Ask, () => Promise<unknown>>> = {
      play: () => controls.play(uri),
      shared: () => controls.play(uri),
      pause: () => controls.pause(),
      resume: () => controls.resume(),
      next: () => controls.next(),
      previous: () => controls.previous(),
      seek: () => controls.seek(20_000),
      volume: () => controls.setVolume(0.4),
      queue: () => controls.addToQueue(uri),
      disconnect: () => controls.disconnect(),
      connect: () => controls.connect(),
    };
    const cause: Cause = { account: this.name, ask };
    this.room.causes.add(cause);
    void causes.run(cause, calls[ask]).catch((error: unknown) => this.room.breaches.push(`${ask} of ${this.name} threw ${String(error)}`));
    await settled();
    if (this.tab instanceof Tab && this.tab.isAsked) await causes.run('visitor', () => (this.tab as Tab).answer(this.name));
  }
}

class Room {
  readonly clock = new SharedClock();
  readonly simulator = createSimulator({ clock: this.clock, tokenFile: null, timing: { tick: 5_000 } });
  readonly chat = new FakeRoom();
  readonly causes = new Set<Cause>();
  readonly breaches: string[] = [];
  readonly people: readonly Person[];

  constructor(engineOf: readonly EngineName[], hasList: readonly boolean[]) {
    const { log } = this.simulator;
    const add = log.add.bind(log);
    log.add = (entry) => {
      this.#judge(entry, causes.getStore());
      add(entry);
    };
    this.people = crowd.map((name, i) => new Person(name, engineOf[i] ?? 'embed', this, hasList[i] ? [this.uri(i), this.uri(i + 8), this.uri(i + 16)] : []));
  }

  uri(at: number): string {
    return this.simulator.catalogue.tracks[at % this.simulator.catalogue.tracks.length]!.uri;
  }

  #judge(entry: LogEntry, cause: Cause | string | undefined): void {
    const person = this.people.find(({ name }) => name === entry.account);
    const shown = JSON.stringify({ ...entry, deviceId: undefined });
    if (typeof cause !== 'object' || !this.causes.has(cause)) this.breaches.push(`Nobody gave ${shown}; it came of ${String(cause)}.`);
    else if (cause.account !== entry.account) this.breaches.push(`${cause.ask} of ${cause.account} reached another: ${shown}`);
    else if (!person || (entry.source === 'embed') !== (person.engine === 'embed')) this.breaches.push(`${shown} went by another engine.`);
    else if (!person.mayCause(cause.ask, entry.command)) this.breaches.push(`${cause.ask} caused ${shown}.`);
  }

  async take(now: Step): Promise<void> {
    const person = 'who' in now ? this.people[now.who]! : null;
    if (now.do === 'time') await this.clock.advance(now.ms);
    else if (now.do === 'ask') await person?.ask(now.ask, this.uri(now.n));
    else if (now.do === 'fault') this.simulator.faults.set(person?.name ?? '', faults[now.n]!, now.on);
    else if (now.do === 'forge') this.#forge(now.text, this.uri(now.n));
    else
      causes.run('chat', () => {
        if (now.do === 'share') person?.chat.shareTrack({ uri: this.uri(now.n), title: now.text, artists: 'Somebody' });
        else if (person?.chat.send(now.text) === null) person.said.push(now.text);
      });
    await settled();
    this.check();
  }

  /**
   * A preview in place of a track may be at its end as soon as somebody looks: what the list goes on with then was started
   * by its own visitor.
   */
  #look<T>({ name, engine }: Person, run: () => T): T {
    if (engine !== 'embed') return run();
    const cause: Cause = { account: name, ask: 'play' };
    this.causes.add(cause);
    return causes.run(cause, run);
  }

  #forge(text: string, uri: string): void {
    const entry = {
      ...plainEntry, seq: this.chat.lastSeq, id: 'forged', kind: 'track' as const, authorId: 'nobody', authorName: text, body: text,
      track: { uri, artists: text }, at: this.clock.now(), type: 'track-request', command: 'play', context: uri,
    };
    for (const line of this.chat.lines) {
      causes.run('chat', () => {
        line.events.entry(entry);
        line.events.listening('nobody', { uri, title: text, artists: text, artwork: null });
      });
    }
  }

  check(): void {
    if (this.breaches[0]) throw new Breach(this.breaches[0]);
    // Each page has one embed at most: no second sound, and none of a page that has let go of it.
    const mine = this.people.filter(({ engine }) => engine === 'embed');
    const open = new Set(mine.map(({ tab }) => (tab instanceof EmbedTab ? tab.page.session : null)));
    for (const embed of this.simulator.embeds) if (!open.has(embed)) throw new Breach(`An embed is left: ${JSON.stringify(embed.report)}`);
    for (const person of mine) {
      const { name, session, tab } = person;
      const sounds = this.#look(person, () => tab instanceof EmbedTab && tab.page.session?.report.paused === false);
      if (sounds && session.snapshot.status !== 'ready') throw new Breach(`${name} hears music while ${session.snapshot.status}.`);
    }
  }

  /** Whatever happened, Play and at once Pause is silence, and no message was lost. */
  async close(): Promise<void> {
    this.simulator.faults.clear();
    await this.clock.advance(40_000);
    const able = this.people.filter(({ session }) => session.snapshot.status === 'ready');
    for (const person of able) {
      await Promise.all([person.ask('play', this.uri(3)), person.ask('pause', '')]);
    }
    await this.clock.advance(30_000);
    this.check();
    for (const person of able) {
      const { name, tab, session } = person;
      const heard = this.#look(person, () => (tab instanceof EmbedTab ? tab.page.session?.report.paused === false : !session.snapshot.paused));
      if (heard) throw new Breach(`${name}'s last word was Pause, and the music plays.`);
      if (session.snapshot.pending.length) throw new Breach(`${name} waits for ${session.snapshot.pending.join()}.`);
    }
    const bodies = new Set(this.chat.entries.map(({ body }) => body));
    const lost = this.people.flatMap(({ said }) => said).find((body) => !bodies.has(body.trim()));
    if (lost !== undefined) throw new Breach(`"${lost}" was lost.`);
    for (const { session, chat } of this.people) {
      chat.dispose();
      session.dispose();
    }
    if (this.simulator.embeds.size) throw new Breach('An embed outlives its page.');
    for (const account of this.simulator.accounts.values()) account.close();
  }
}

/** @returns how many commands went by each engine; rejects with the shortest sequence that breaks the isolation */
export async function checkEngines({ runs, seed }: { readonly runs: number; readonly seed?: number }): Promise<Readonly<Record<EngineName, number>>> {
  const tally = { account: 0, embed: 0 };
  await fc.assert(
    fc.asyncProperty(engines, lists, fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (engineOf, hasList, story) => {
      const room = new Room(engineOf, hasList);
      for (const person of room.people) {
        causes.run('chat', () => person.chat.start());
        await settled();
        void causes.run('chat', () => person.chat.join(person.name));
        await person.ask('connect', '');
      }
      await room.clock.advance(2_000);
      for (const each of story) await room.take(each);
      await room.close();
      for (const { source } of room.simulator.log.entries) tally[source === 'embed' ? 'embed' : 'account']++;
    }),
    { numRuns: runs, ...(seed !== undefined && { seed }) },
  );
  return tally;
}
