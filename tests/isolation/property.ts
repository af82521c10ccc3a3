import fc from 'fast-check';
import { people, type Person } from '../../demo/services/spotify/accounts.js';
import { createSimulator } from '../../demo/services/spotify/simulator.js';
import { plainEntry } from '../../src/chat/model.js';
import type { Entry } from '../../src/chat/model.js';
import { FakeRoom } from '../src/chat/fake-gateway.js';
import { settled, SharedClock } from '../support/sdk-over-simulator/clock.js';
import { crowd, earlier, story, type Step } from './steps.js';
import { Visitor } from './visitor.js';
import { Breach, Witness } from './witness.js';

/** What was tried, over all sequences. */
export interface Tally {
  sequences: number;
  steps: number;
  given: number;
  commands: number;
  messages: number;
  retries: number;
  faults: number;
  /** Moves to another device that were sent. */
  transfers: number;
  /** Tracks saved and taken out again. */
  kept: number;
}

/** Making a failure shorter takes many times as long as finding it. */
const longestMs = 20 * 60_000;

const listeners: readonly Person[] = crowd.map(
  (name) => people.find((person) => person.name === name) ?? { name, displayName: name, product: 'premium' },
);

/** A step of one visitor. */
type OneStep = Extract<Step, { readonly who: number }>;

/** Eight people in one room, each with their own account and page. */
export class Crowd {
  readonly clock = new SharedClock();
  readonly simulator = createSimulator({ clock: this.clock, tokenFile: null, timing: {}, people: listeners });
  readonly room = new FakeRoom();
  readonly witness = new Witness(this.simulator);
  readonly visitors = crowd.map((name) => new Visitor(name, this.simulator, this.clock, this.room, this.witness));
  faults = 0;

  /** @param remembered who has connected before */
  async open(remembered: readonly boolean[]): Promise<void> {
    for (const [i, visitor] of this.visitors.entries()) {
      visitor.join();
      await settled();
      void visitor.act(() => visitor.chat?.join(visitor.name), 'chat');
      if (remembered[i]) visitor.remember();
      void visitor.act(() => visitor.tab.session.restore());
    }
    await this.clock.advance(1_000);
    this.check();
  }

  async take(now: Step): Promise<void> {
    if ('who' in now) await this.#takeOne(this.visitors[now.who]!, now);
    else if (now.do === 'give') for (const { who, ask } of now.list) this.visitors[who]!.give(ask);
    else if (now.do === 'forge') this.#forge(now.text, now.uri);
    else if (now.do === 'sleep') {
      for (const visitor of this.visitors) visitor.sleep();
      await this.clock.jump(now.ms);
    } else await this.clock.advance(now.ms);
    await settled();
    this.check();
  }

  async #takeOne(visitor: Visitor, now: OneStep): Promise<void> {
    const { tab, chat } = visitor;
    switch (now.do) {
      case 'say':
        if (visitor.act(() => chat?.send(now.body), 'chat') === null) visitor.said.push(now.body);
        return;
      case 'share':
        visitor.act(() => chat?.shareTrack({ uri: now.uri, title: now.title, artists: 'Somebody' }), 'chat');
        return;
      case 'sharing':
        return visitor.act(() => chat?.setSharing(now.on), 'chat');
      case 'join':
        visitor.join();
        await settled();
        return void visitor.act(() => visitor.chat?.join(visitor.name), 'chat');
      case 'leave':
        return visitor.leave();
      case 'line': {
        const line = visitor.gateway.lines.at(-1);
        return visitor.act(() => (line?.isLive ? line.down() : line?.up()), 'chat');
      }
      case 'connect':
        void visitor.act(() => tab.controls.connect());
        await settled();
        if (tab.isAsked) await visitor.act(() => tab.answer(now.agrees ? visitor.name : ''));
        return;
      case 'disconnect':
        return void visitor.act(() => tab.controls.disconnect());
      case 'reopen':
        return visitor.reopen();
      case 'cut':
        return visitor.act(() => tab.page.frame.cut());
      case 'mend':
        return visitor.mend();
      case 'look':
        return visitor.look();
      case 'fault':
        this.faults++;
        return visitor.setFault(now.fault, now.on);
      case 'delay':
        tab.network.delay = { there: now.there, back: now.back };
    }
  }

  /** Somebody without the product's client puts what they like on everybody's line. */
  #forge(text: string, uri: string): void {
    const entry = {
      ...plainEntry, seq: this.room.lastSeq, id: 'forged', kind: 'track', authorId: 'nobody', authorName: text, body: text, track: { uri, artists: text },
      at: this.clock.now(), type: 'track-request', command: 'play', context: uri,
    } satisfies Entry & Record<string, unknown>;
    for (const line of this.room.lines) {
      this.witness.causes.run('chat', () => {
        line.events.entry(entry);
        line.events.listening('nobody', { uri, title: text, artists: text, artwork: null });
        line.events.arrived([text]);
      });
    }
  }

  /** @throws Breach */
  check(): void {
    this.witness.check();
    for (const { thrown, given } of this.visitors) {
      if (thrown[0]) throw thrown[0];
      for (const each of given) {
        const { complaint } = each;
        if (complaint) throw new Breach(`${each} ${complaint}.`);
      }
    }
  }

  /** Wherever the story has led to: Play, and at once Pause, over a slow line, is silence. */
  async #lastWord(): Promise<void> {
    const able = this.visitors.filter(({ isOnline }) => isOnline);
    for (const visitor of able) {
      visitor.tab.network.delay = { there: 900, back: 100 };
      visitor.give({ call: 'play', target: this.simulator.catalogue.tracks[0]!.uri });
      visitor.give({ call: 'pause' });
    }
    await this.clock.advance(60_000);
    this.check();
    for (const { name, tab } of able) {
      const { active, playback } = this.simulator.accounts.get(name)!;
      // What plays on their other device may have been out of reach.
      const isHeard = active !== null && active.id === tab.page.frame.readyId && !playback.paused;
      if (isHeard) throw new Breach(`${name}'s last word was Pause, and the music plays.`);
    }
  }

  /** Everything is well again: what is under way comes to its end. */
  async close(): Promise<void> {
    this.witness.touch('*', true);
    this.simulator.faults.clear();
    for (const visitor of this.visitors) visitor.calm();
    for (let i = 0; i < 10; i++) {
      await this.clock.advance(12_000);
      this.check();
    }
    await this.#lastWord();
    for (const { given } of this.visitors) {
      const open = given.find(({ isSettled }) => !isSettled);
      if (open) throw new Breach(`${open} never ended.`);
    }
    const bodies = new Set(this.room.entries.map(({ body }) => body));
    const lost = this.visitors.flatMap(({ said, chat }) => (chat ? said : [])).filter((body) => !bodies.has(body.trim()));
    if (this.visitors.every(({ chat }) => chat?.snapshot.status === 'ready') && lost.length > 0) throw new Breach(`"${lost[0]}" was lost.`);
    for (const visitor of this.visitors) {
      visitor.leave();
      visitor.tab.session.dispose();
    }
    for (const account of this.simulator.accounts.values()) account.close();
  }
}

/** @returns what was tried; rejects with the shortest sequence that breaks the isolation, and its seed */
export async function checkIsolation(options: { readonly runs: number; readonly seed: number }): Promise<Tally> {
  const tally: Tally = { sequences: 0, steps: 0, given: 0, commands: 0, messages: 0, retries: 0, faults: 0, transfers: 0, kept: 0 };
  await fc.assert(
    fc.asyncProperty(
      earlier,
      story,
      async (remembered, steps) => {
        const scene = new Crowd();
        await scene.open(remembered);
        for (const each of steps) await scene.take(each);
        await scene.close();
        const given = scene.visitors.flatMap((visitor) => visitor.given);
        tally.sequences++;
        tally.steps += steps.length;
        tally.given += given.length;
        tally.commands += scene.witness.commands;
        tally.messages += scene.room.entries.length;
        tally.retries += given.reduce((sum, { attempts }) => sum + Math.max(0, attempts.length - 1), 0);
        tally.faults += scene.faults;
        const sent = given.filter(({ attempts }) => attempts.length > 0);
        tally.transfers += sent.filter(({ ask }) => ask.call === 'transferTo').length;
        tally.kept += sent.filter(({ expected }) => expected?.source === 'library').length;
      },
    ),
    { numRuns: options.runs, seed: options.seed, interruptAfterTimeLimit: longestMs, markInterruptAsFailure: true },
  );
  return tally;
}
