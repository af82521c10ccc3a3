import { Chance } from './chance.js';
import { fastClock } from './fast-clock.js';
import { Project } from './project.js';
import { difference, shownBy, shownTo } from './truth.js';
import { Visitor } from './visitor.js';
import { Weather, passed } from './weather.js';

export interface StormOptions {
  readonly seed: number;
  readonly members: number;
  readonly messages: number;
  /** How often the backend goes down and comes back. */
  readonly restarts: number;
  /** How long the tokens of the host's members last, in s. */
  readonly tokenSeconds: number;
  /** So much faster pass the waits of the sessions; those of the SDK and the server take their time. */
  readonly speed: number;
  /** How long everything may take to come to rest after the last message, in ms. */
  readonly patienceMs: number;
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
const beatMs = 15;

/**
 * Members of one room write, change, delete and react while their network and their backend fail. When all is calm again,
 * each has to show exactly the log that the database has.
 *
 * @throws with the first difference
 */
export async function storm(options: StormOptions): Promise<Tally> {
  const { seed, members, messages, restarts, tokenSeconds, speed, patienceMs } = options;
  const chance = new Chance(seed);
  const weather = new Weather(chance.fork());
  const real = { fetch: globalThis.fetch, WebSocket: globalThis.WebSocket };
  // A witness who reads what the database has, and two thirds of the others, are members of the host's own.
  const { project, accounts } = await Project.start(members);
  const clock = fastClock(speed);
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
          did: (what) => weather.count(what),
        }),
      );
    }
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
      if (cuts()) project.cut(chance, cutShare).forEach(() => weather.count('lines cut'));
      if (reloads()) chance.pick(inside)?.reload();
      if (wakes()) chance.pick(inside)?.wake();
      if (restarted < restarts && written >= (messages / (restarts + 1)) * (restarted + 1)) {
        restarted += 1;
        weather.count('restarts');
        await project.restart();
      }
      await passed(beatMs);
    }
    visitors.filter((visitor) => !visitor.started).forEach((visitor) => visitor.start());

    weather.calm = true;
    await rest(project, visitors, accounts[0] ?? '', patienceMs, weather);
    return weather.tally;
  } finally {
    visitors.forEach((visitor) => visitor.dispose());
    globalThis.fetch = real.fetch;
    globalThis.WebSocket = real.WebSocket;
    await project.stop();
  }
}

async function rest(project: Project, visitors: readonly Visitor[], witness: string, ms: number, weather: Weather): Promise<void> {
  const started = Date.now();
  let complaint = 'nothing was looked at';
  while (Date.now() - started < ms) {
    complaint = await complaintOf(project, visitors, witness, weather);
    if (complaint === '') return;
    await passed(100);
  }
  throw new Error(complaint);
}

/** @returns what is not as it has to be; empty when all is well */
async function complaintOf(project: Project, visitors: readonly Visitor[], witness: string, weather: Weather): Promise<string> {
  for (const visitor of visitors) visitor.tend();
  const restless = visitors.find((visitor) => !visitor.settled);
  if (restless) return `${restless.name} does not come to rest: ${JSON.stringify(restless.session.snapshot.status)}`;
  const roomId = visitors[0]?.session.snapshot.room?.id ?? '';
  const rows = await project.rows(roomId, project.token(witness, 60));
  const gap = rows.find((row, index) => row.seq !== index + 1);
  if (gap) return `The database has no entry before ${gap.seq}`;

  const ids = new Set(rows.map((row) => row.id));
  if (ids.size !== rows.length) return 'The database has an entry twice';
  const written = visitors.reduce((sum, visitor) => sum + visitor.written.length, 0);
  const taken = rows.filter((row) => row.kind === 'message').length;
  if (taken !== written) return `${written} messages were written, and the database has ${taken}`;

  const truth = shownBy(rows);
  for (const visitor of visitors) {
    const before = visitor.messages.length;
    if (visitor.session.snapshot.hasOlder) await visitor.session.loadOlder();
    const wrong = difference(shownTo(visitor.messages), truth);
    if (!wrong) continue;
    // A page of history more, and the next look.
    return `${visitor.name}, ${before} shown: ${wrong}`;
  }
  weather.tally.entries = rows.length;
  return '';
}
