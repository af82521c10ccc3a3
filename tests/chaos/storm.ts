import type { Plan } from './backend.js';
import { Chance } from './chance.js';
import { fastClock } from './fast-clock.js';
import { Project, type Row } from './project.js';
import { difference, shownBy, shownTo } from './truth.js';
import { Visitor } from './visitor.js';
import { Weather, passed } from './weather.js';

export interface StormOptions {
  readonly seed: number;
  readonly members: number;
  readonly messages: number;
  /** How often the backend goes down and comes back. */
  readonly restarts: number;
  /** How long nothing gets through at all, in s of the sessions' clocks: longer than anybody's first few tries. */
  readonly darkSeconds: number;
  /** How long Realtime refuses whoever joins, with every line broken and the database there, in s of the same. */
  readonly refusedSeconds: number;
  /** How long the tokens of the host's members last at most, in s. */
  readonly tokenSeconds: number;
  /** So much faster pass the waits of the sessions; those of the SDK and the server take their time. */
  readonly speed: number;
  /** How long everything may take to come to rest after the last message, in ms. */
  readonly patienceMs: number;
  /** An empty database on a PostgreSQL server; PGlite when left out. */
  readonly databaseUrl?: string;
  /** Whether the backend has a process of its own. */
  readonly apart?: boolean;
  /** Whose limits Realtime has, none when left out; with any, the database keeps its pace: 11 entries in 30 s. */
  readonly plan?: Plan;
}

export type Tally = Readonly<Record<string, number>>;

/** After so many messages, on average, each line breaks with this probability. */
const messagesPerCut = 60;
const cutShare = 0.3;
/** So often a page is loaded again in the middle of things, and somebody comes back to theirs. */
const messagesPerReload = 25;
const messagesPerWake = 40;
/** So many come at a time. */
const atOnce = 5;
const beatMs = 50;
/** So many read their history back at a time. */
const readers = 8;

/**
 * Members of one room write, change, delete and react while their network and their backend fail. When all is calm again,
 * each has to show exactly the log that the database has.
 *
 * @throws with the first difference
 */
export async function storm(options: StormOptions): Promise<Tally> {
  const { seed, members, messages, restarts, tokenSeconds, speed, patienceMs, databaseUrl, apart = false, plan = 'none' } = options;
  const sessionSeconds = (seconds: number): number => (seconds * 1000) / speed;
  const chance = new Chance(seed);
  const weather = new Weather(chance.fork());
  const real = { fetch: globalThis.fetch, WebSocket: globalThis.WebSocket };
  // A witness who reads what the database has, and two thirds of the others, are members of the host's own.
  const project = await Project.start({ accounts: members, apart, plan, ...(databaseUrl && { databaseUrl }) });
  const { accounts } = project;
  const clock = fastClock(speed);
  let back = clock.now();
  const visitors: Visitor[] = [];
  globalThis.fetch = weather.fetch(real.fetch);
  globalThis.WebSocket = weather.socket() as unknown as typeof globalThis.WebSocket;
  try {
    for (let index = 0; index < members; index++) {
      visitors.push(
        new Visitor({
          project,
          name: `Visitor ${index}`,
          chance: chance.fork(),
          clock,
          account: index % 3 === 2 ? undefined : accounts[index],
          tokenSeconds,
          orderly: () => weather.calm,
          backSince: () => back,
          did: (what) => weather.count(what),
        }),
      );
    }
    const began = Date.now();
    let written = 0;
    let restarted = 0;
    /** Whether one more of what happens every so many messages is due. */
    const every = (interval: number): (() => boolean) => {
      let next = chance.between(0, 2 * interval);
      return () => {
        if (written < next) return false;
        next = written + chance.between(0, 2 * interval);
        return true;
      };
    };
    const [cuts, reloads, wakes] = [every(messagesPerCut), every(messagesPerReload), every(messagesPerWake)];
    /** Whether so much of all is written for the first time. */
    const once = (share: number): (() => boolean) => {
      let over = false;
      return () => {
        if (over || written < messages * share) return false;
        over = true;
        return true;
      };
    };
    const [dark, refused] = [once(0.2), once(0.6)];
    while (written < messages) {
      // A tenth come when half of it is over.
      const welcome = visitors.filter((visitor, index) => !visitor.started && (index % 10 !== 9 || written >= messages / 2));
      const entering = visitors.filter((visitor) => visitor.entering).length;
      for (const visitor of welcome.slice(0, Math.max(0, atOnce - entering))) visitor.start();
      const inside = visitors.filter((visitor) => visitor.started);
      for (const visitor of inside) {
        visitor.tend();
        if (chance.happens(0.5) && written < messages && visitor.act()) written += 1;
      }
      if (cuts()) weather.count('lines cut', await project.cut(chance, cutShare));
      if (reloads()) chance.pick(inside)?.reload();
      if (wakes()) chance.pick(inside)?.wake();
      if (dark()) {
        weather.goDark(sessionSeconds(options.darkSeconds));
        back = clock.now() + options.darkSeconds * 1000;
      }
      if (refused()) {
        weather.refuseJoins(sessionSeconds(options.refusedSeconds));
        weather.count('lines cut', await project.cut(chance, 1));
      }
      if (restarted < restarts && written >= (messages / (restarts + 1)) * (restarted + 1)) {
        restarted += 1;
        weather.count('restarts');
        await project.restart();
        back = Math.max(back, clock.now());
      }
      await passed(beatMs);
    }
    visitors.filter((visitor) => !visitor.started).forEach((visitor) => visitor.start());

    const calm = Date.now();
    weather.count('seconds of storm', Math.round((calm - began) / 1000));
    weather.calm = true;
    weather.tally.entries = await rest(project, visitors, weather, accounts[0] ?? '', patienceMs);
    weather.count('seconds to rest', Math.round((Date.now() - calm) / 1000));
    return weather.tally;
  } finally {
    visitors.forEach((visitor) => visitor.dispose());
    globalThis.fetch = real.fetch;
    globalThis.WebSocket = real.WebSocket;
    await project.stop();
  }
}

/** Until all is as it has to be. @returns how many entries the database has */
async function rest(project: Project, visitors: readonly Visitor[], weather: Weather, witness: string, ms: number): Promise<number> {
  const started = Date.now();
  let complaint = 'nothing was looked at';
  while (Date.now() - started < ms) {
    for (const visitor of visitors) visitor.tend();
    const restless = visitors.find((visitor) => !visitor.settled);
    if (restless) complaint = `${restless.name} does not come to rest: ${JSON.stringify(restless.session.snapshot.status)}`;
    else {
      const roomId = visitors[0]?.session.snapshot.room?.id ?? '';
      const rows = await project.rows(roomId, project.token(witness, 60));
      complaint = complaintOf(rows, visitors, weather) || (await differenceOf(rows, visitors));
      if (complaint === '') return rows.length;
    }
    await passed(100);
  }
  throw new Error(complaint);
}

/** @returns what is wrong with the database's own log; empty when all is well */
function complaintOf(rows: readonly Row[], visitors: readonly Visitor[], weather: Weather): string {
  const gap = rows.find((row, index) => row.seq !== index + 1);
  if (gap) return `The database has no entry before ${gap.seq}`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  if (byId.size !== rows.length) return 'The database has an entry twice';
  let refused = 0;
  for (const { name, ledger } of visitors) {
    const found = ledger.against(byId);
    if (found.complaint) return `${name}: ${found.complaint}`;
    refused += found.refused;
  }
  weather.tally['changes refused, and told'] = refused;
  const bodies = rows.filter((row) => row.kind === 'message' && !row.redacted).map((row) => row.body);
  const twice = bodies.find((body, index) => bodies.indexOf(body) !== index);
  return twice === undefined ? '' : `The database has "${twice}" twice`;
}

/** @returns what somebody shows that the log does not say, or does not show; empty when all is well */
async function differenceOf(rows: readonly Row[], visitors: readonly Visitor[]): Promise<string> {
  const truth = shownBy(rows);
  const first = rows.find((row) => row.kind === 'message')?.id ?? '';
  const wrong: string[] = [];
  const waiting = [...visitors];
  const readOn = async (): Promise<void> => {
    for (let visitor = waiting.shift(); visitor && wrong.length === 0; visitor = waiting.shift()) {
      // By the way of who wants to see a message from long ago.
      const found = await visitor.session.reveal(first);
      if (first && found !== 'found') wrong.push(`${visitor.name} cannot read back: ${JSON.stringify(found)}`);
      const differs = difference(shownTo(visitor.messages), truth);
      if (differs) wrong.push(`${visitor.name}: ${differs}`);
    }
  };
  await Promise.all(Array.from({ length: readers }, readOn));
  return wrong[0] ?? '';
}
