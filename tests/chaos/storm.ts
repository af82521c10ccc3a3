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
  /** How long everything may take to come to rest after the last message, in ms. */
  readonly patienceMs: number;
}

export type Tally = Readonly<Record<string, number>>;

/** Waits of a session pass so much faster. */
const speed = 4;
/** After so many messages, on average, each line breaks with this probability. */
const messagesPerCut = 60;
const cutShare = 0.3;
const beatMs = 15;

/**
 * Members of one room write, change, delete and react while their network and their backend fail. When all is calm again,
 * each has to show exactly the log that the database has.
 *
 * @throws with the first difference
 */
export async function storm(options: StormOptions): Promise<Tally> {
  const { seed, members, messages, restarts, tokenSeconds, patienceMs } = options;
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
    // A tenth come when half of it is over.
    const early = visitors.filter((_, index) => index % 10 !== 9);
    early.forEach((visitor) => visitor.start());

    let written = 0;
    const nextRestart = messages / (restarts + 1);
    let restarted = 0;
    let nextCut = messagesPerCut;
    while (written < messages) {
      const half = written >= messages / 2;
      for (const visitor of half ? visitors : early) {
        if (visitor.session.snapshot.status === 'loading') visitor.start();
        visitor.tend();
        if (chance.happens(0.5) && written < messages && visitor.act()) written += 1;
      }
      if (written >= nextCut) {
        nextCut = written + chance.between(0, 2 * messagesPerCut);
        const broken = project.cut(chance, cutShare);
        for (let one = 0; one < broken; one++) weather.count('lines cut');
      }
      if (restarted < restarts && written >= nextRestart * (restarted + 1)) {
        restarted += 1;
        weather.count('restarts');
        await project.restart();
      }
      await passed(beatMs);
    }

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
