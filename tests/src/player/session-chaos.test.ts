import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PlayerError } from '../../../src/player/engine.js';
import type { PlayerLibrary } from '../../../src/player/library.js';
import type { Playback, PlayerErrorCode, PlayerSnapshot, Remedy, RepeatMode } from '../../../src/player/snapshot.js';
import { wait } from '../../../src/player/wait.js';
import { settled } from './support/fake-clock.js';
import { SessionStage } from './support/session-stage.js';
import { playing } from './support/states.js';

const secret = 'BQ-AQ-device-secret';
const statuses = ['signed-out', 'signing-in', 'loading', 'connecting', 'ready', 'elsewhere', 'reconnecting', 'failed'];
const remedies: Remedy[] = ['connect', 'redirect', 'retry', 'resume', 'none'];
const codes: PlayerErrorCode[] = [
  'popup-blocked',
  'popup-closed',
  'sign-in-refused',
  'sign-in-mismatch',
  'sign-in-failed',
  'sign-in-expired',
  'premium-required',
  'not-on-list',
  'owner-premium',
  'sdk-blocked',
  'device-timeout',
  'device-lost',
  'page-taken',
  'autoplay-blocked',
  'rate-limited',
  'quota-exceeded',
  'restricted',
  'not-found',
  'network',
  'server',
  'playback',
];

type Step = readonly [name: string, run: (stage: SessionStage) => unknown];

const error = fc.oneof(
  fc.constantFrom(...codes).map((code) => new PlayerError(code, '', 5)),
  fc.constant(new Error(secret)),
);
const uri = fc.constantFrom('spotify:track:a', 'spotify:album:x', 'nonsense', '');
const number = fc.oneof(fc.double(), fc.integer({ min: -10, max: 300_000 }));
const playback = fc
  .record({
    id: fc.constantFrom('a', 'b'),
    paused: fc.boolean(),
    positionMs: fc.nat(200_000),
    shuffle: fc.boolean(),
    repeat: fc.constantFrom<RepeatMode>('off', 'context', 'track'),
  })
  .map(
    ({ id, ...change }) =>
      (now: number): Playback =>
        playing(id, now, change),
  );

const keep = (library: PlayerLibrary, call: 'save' | 'unsave' | 'isSaved', track: string): Promise<unknown> =>
  call === 'isSaved' ? library.isSaved([track]) : library[call](track);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>(
    ['connect', ({ controls }) => controls.connect()],
    ['redirect', ({ controls }) => controls.connectByRedirect()],
    ['disconnect', ({ controls }) => controls.disconnect()],
    ['pause', ({ controls }) => controls.pause()],
    ['resume', ({ controls }) => controls.resume()],
    ['next', ({ controls }) => controls.next()],
    ['previous', ({ controls }) => controls.previous()],
    ['bringHere', ({ controls }) => controls.bringHere()],
    ['dismiss', ({ controls }) => controls.dismissProblem()],
    ['restore', ({ session }) => session.restore()],
    ['signed in', ({ signIn }) => signIn.settle.signedIn()],
    ['window closed', ({ signIn }) => signIn.settle.closes()],
    ['loaded', ({ engine }) => engine.tell({ type: 'loaded' })],
    ['online', ({ engine }) => engine.tell({ type: 'online' })],
    ['offline', ({ engine }) => engine.tell({ type: 'offline' })],
    ['autoplay', ({ engine }) => engine.tell({ type: 'autoplay-blocked' })],
    ['null state', ({ engine }) => engine.plays(null)],
    ['back from Spotify', ({ signIn }) => (signIn.returning = Promise.resolve())],
  ),
  playback.map((make): Step => ['state', ({ engine, clock }) => engine.plays(make(clock.now()))]),
  error.map((thrown): Step => ['will fail', ({ engine }) => engine.answers.push(thrown)]),
  fc.nat(20_000).map((ms): Step => [`will take ${ms}`, ({ engine, clock }) => engine.answers.push(wait(ms, clock))]),
  error.map((thrown): Step => ['sign-in fails', ({ signIn }) => signIn.settle.fails(thrown)]),
  fc
    .constantFrom(...codes)
    .map((code): Step => [
      `error ${code}`,
      ({ engine }) => engine.tell({ type: 'error', error: new PlayerError(code, secret) }),
    ]),
  number.map((level): Step => [`told volume ${level}`, ({ engine }) => engine.tell({ type: 'volume', level })]),
  uri.map((target): Step => ['play', ({ controls }) => controls.play(target)]),
  fc.array(uri, { maxLength: 3 }).map((uris): Step => ['play several', ({ controls }) => controls.play({ uris, offset: 1 })]),
  uri.map((track): Step => ['queue', ({ controls }) => controls.addToQueue(track)]),
  fc.string().map((query): Step => ['search', ({ controls }) => controls.search(query).catch(() => undefined)]),
  number.map((value): Step => [`seek ${value}`, ({ controls }) => controls.seek(value)]),
  number.map((value): Step => [`volume ${value}`, ({ controls }) => controls.setVolume(value)]),
  fc.boolean().map((on): Step => ['shuffle', ({ controls }) => controls.setShuffle(on)]),
  fc
    .constantFrom<RepeatMode>('off', 'context', 'track')
    .map((mode): Step => ['repeat', ({ controls }) => controls.setRepeat(mode)]),
  fc
    .constantFrom(1, 2)
    .map((key): Step => ['transfer', ({ controls }) => controls.library.transferTo(key).catch(() => undefined)]),
  fc
    .constantFrom('save', 'unsave', 'isSaved')
    .chain((call) => uri.map((track): Step => [call, ({ controls: { library } }) => keep(library, call, track).catch(() => undefined)])),
  fc.constant<Step>(['queue is read', ({ controls }) => controls.library.queue().catch(() => undefined)]),
  fc.boolean().map((slept): Step => ['wakes', ({ life }) => life.wakes({ slept })]),
  fc.boolean().map((alive): Step => [`alive ${alive}`, ({ engine }) => void (engine.alive = alive)]),
  fc.constant<Step>(['page goes', ({ life }) => life.goes()]),
  fc.nat(12_000).map((ms): Step => [`${ms} ms pass`, ({ clock }) => clock.advance(ms)]),
);

function check(snapshot: PlayerSnapshot): void {
  for (const part of [snapshot, snapshot.pending]) expect(Object.isFrozen(part)).toBe(true);
  if (snapshot.problem) expect(Object.isFrozen(snapshot.problem)).toBe(true);
  expect(statuses).toContain(snapshot.status);
  expect(snapshot.volume).toBeGreaterThanOrEqual(0);
  expect(snapshot.volume).toBeLessThanOrEqual(1);
  expect(new Set(snapshot.pending).size).toBe(snapshot.pending.length);
  if (snapshot.problem) expect(remedies).toContain(snapshot.problem.remedy);
  if (snapshot.status === 'failed') expect(snapshot.problem).not.toBeNull();
  if (['signed-out', 'signing-in', 'failed', 'loading', 'connecting', 'elsewhere'].includes(snapshot.status))
    expect(snapshot.track).toBeNull();
  if (!['ready', 'elsewhere'].includes(snapshot.status)) expect(snapshot.pending).toEqual([]);
  expect(JSON.stringify(snapshot)).not.toContain(secret);
}

it('whatever the visitor does and the engine tells, the snapshot is sound and everything comes to an end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, remembered) => {
      const stage = new SessionStage();
      stage.signIn.remembered = remembered;
      const given: unknown[] = [];
      for (const [name, run] of steps) {
        const promise = run(stage);
        // A command may well be under way when the next one is given; two hands on the clock would be none.
        if (name.endsWith('ms pass')) await promise;
        else given.push(promise);
        await settled();
        check(stage.snapshot);
      }
      stage.seen.forEach(check);
      // Each snapshot told something that the one before did not.
      const told = stage.seen.map((snapshot) => JSON.stringify(snapshot));
      expect(told.every((snapshot, i) => snapshot !== told[i - 1])).toBe(true);

      stage.signIn.settle.fails(new PlayerError('popup-closed'));
      let left = given.length;
      for (const promise of given) void Promise.resolve(promise).then(() => left--);
      await stage.clock.advance(5 * 60_000);
      expect(left).toBe(0);
      expect(stage.snapshot.pending).toEqual([]);
      expect(stage.snapshot.status).not.toMatch(/signing-in|loading|connecting/);
      expect(stage.clock.waiting).toBe(0);
    }),
    { numRuns: 400 },
  );
}, 60_000);
