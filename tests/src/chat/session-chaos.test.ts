import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import type { Entry } from '../../../src/chat/model.js';
import type { FakeLine } from './fake-gateway.js';
import { FakeRoom } from './fake-gateway.js';
import { settled } from './fake-clock.js';
import { bodies, inTheRoom } from './visitor.js';

const album = `spotify:album:${'a'.repeat(22)}`;

/** What a network does with one broadcast to one listener. */
const fate = fc.constantFrom('arrives', 'is lost', 'comes twice', 'comes late');
/** What happens to one request. */
const luck = fc.constantFrom('works', 'works', 'works', 'never arrives', 'answer is lost', 'answer is late');

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('own' as const), shared: fc.boolean(), fate }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('others' as const), count: fc.integer({ min: 1, max: 60 }), fate }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('line' as const), what: fc.constantFrom('up', 'down', 'end') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('requests' as const), luck }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 60_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('older' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retry' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wake' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('epoch' as const) }) },
);

describe('a session on a bad network (I5)', () => {
  it('ends with exactly the database’s log, each own message in it once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(120), fc.array(step, { maxLength: 40 }), async (history, steps) => {
        const database = new FakeRoom();
        database.fill(history);
        const one = await inTheRoom('Ann', database);
        const { session, gateway, clock } = one;
        const late: [FakeLine, Entry][] = [];
        const written: string[] = [];

        const requests = (what: string): void => {
          gateway.before = () => {
            if (what === 'never arrives') throw new ChatError('network');
          };
          gateway.after = () => {
            if (what === 'answer is lost') throw new ChatError('network');
            if (what === 'answer is late') return new Promise((resolve) => void clock.after(3000, resolve));
          };
        };
        const broadcasts = (what: string): void => {
          database.deliver = (line, entry) => {
            if (what === 'comes late') late.push([line, entry]);
            if (what === 'arrives' || what === 'comes twice') line.events.entry(entry);
            if (what === 'comes twice') line.events.entry(entry);
          };
        };
        const retryAll = (): void => {
          for (const message of session.snapshot.messages) if (message.state === 'failed') session.retry(message.id);
        };

        for (const now of steps) {
          if (now.do === 'own') {
            broadcasts(now.fate);
            const body = `own ${written.length}`;
            const taken = now.shared ? session.shareTrack({ uri: album, title: body, artists: '' }) : session.send(body);
            if (taken === null) written.push(body);
          } else if (now.do === 'others') {
            broadcasts(now.fate);
            database.fill(now.count);
          } else if (now.do === 'line') {
            gateway.line[now.what as 'up' | 'down' | 'end']();
          } else if (now.do === 'requests') {
            requests(now.luck);
          } else if (now.do === 'time') {
            // What was late arrives, the latest first.
            for (const [line, entry] of late.splice(0).reverse()) line.events.entry(entry);
            await clock.advance(now.ms);
          } else if (now.do === 'older') {
            void session.loadOlder();
          } else if (now.do === 'retry') {
            retryAll();
          } else if (now.do === 'wake') {
            one.wake();
          } else {
            database.epoch++;
            for (const line of database.lines) line.isLive = false;
          }
          if (now.do !== 'time') await settled();
          const shown = session.snapshot.messages;
          expect(new Set(shown.map((message) => message.id)).size).toBe(shown.length);
          const sent = shown.filter((message) => message.state === 'sent').map((message) => message.id);
          const at = database.entries.findIndex((entry) => entry.id === sent[0]);
          expect(sent).toEqual(database.entries.slice(at, at + sent.length).map((entry) => entry.id));
        }

        // The network is well again.
        requests('works');
        broadcasts('arrives');
        one.wake();
        session.start();
        // A line that is down comes back by itself.
        if (!gateway.line.isLive) gateway.line.up();
        await clock.advance(120_000);
        retryAll();
        await clock.advance(20_000);
        while (session.snapshot.hasOlder) await session.loadOlder();
        expect(session.snapshot).toMatchObject({ status: 'ready', problem: null });
        expect(session.snapshot.messages.map((message) => message.id)).toEqual(database.entries.map((entry) => entry.id));
        expect(bodies(one).filter((body) => body.startsWith('own'))).toHaveLength(written.length);
        expect(database.lines.size).toBe(1);
        session.dispose();
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
