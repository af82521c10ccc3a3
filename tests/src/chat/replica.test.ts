import { describe, expect, it } from 'vitest';
import { emptyLog } from '../../../src/chat/log.js';
import { plainEntry, plainMember } from '../../../src/chat/model.js';
import type { Entry } from '../../../src/chat/model.js';
import { Replica } from '../../../src/chat/replica.js';

const me = Object.freeze({ ...plainMember, id: 'me', name: 'Me' });
const entry = (seq: number): Entry => ({ ...plainEntry, kind: 'message', seq, id: `id-${seq}`, authorId: 'ann', authorName: 'Ann', body: `No. ${seq}`, at: seq });
const range = (from: number, to: number): Entry[] => Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));

/** A room that gains `pace` entries during each reading, all of which the line tells. */
function busyRoom(pace: number, isTold: boolean) {
  const room = { end: 10, readings: 0 };
  const replica: Replica = new Replica(
    {
      before: () => Promise.resolve([]),
      end: () => Promise.resolve(0),
      after: async (seq) => {
        if (++room.readings > 50) throw new Error('reads for ever');
        const page = range(seq + 1, room.end);
        await Promise.resolve();
        for (let told = 0; told < pace; told++) {
          room.end++;
          if (isTold) replica.hear(entry(room.end));
        }
        return page;
      },
    },
    emptyLog(me, 3),
    () => undefined,
  );
  return { room, replica };
}

describe('catching up', () => {
  it('ends where it meets what the line tells, though the room writes faster than one reads', async () => {
    const { room, replica } = busyRoom(5, true);
    await replica.catchUp();
    expect(replica.log.last).toBe(room.end);
    expect(room.readings).toBeLessThan(5);
  });

  it('reads on to an empty page where the line is silent', async () => {
    const { room, replica } = busyRoom(0, false);
    await replica.catchUp();
    expect(replica.log.last).toBe(10);
    expect(room.readings).toBe(2);
  });

  it('takes what was told before somebody asked for no proof that the line still tells', async () => {
    const { room, replica } = busyRoom(0, false);
    replica.hear(entry(4));
    await replica.catchUp();
    expect(replica.log.last).toBe(room.end);
    expect(room.readings).toBe(2);
  });

  it('reads in pages that grow, and begins small again', async () => {
    const sizes: number[] = [];
    let end = 1000;
    const after = async (seq: number, limit: number): Promise<Entry[]> => {
      sizes.push(limit);
      return range(seq + 1, Math.min(end, seq + limit));
    };
    const replica = new Replica({ before: () => Promise.resolve([]), after, end: () => Promise.resolve(0) }, emptyLog(me, 0), () => undefined);
    await replica.catchUp();
    expect(replica.log.last).toBe(1000);
    expect(sizes).toEqual([50, 100, 200, 400, 800, 1000]);
    end = 1001;
    sizes.length = 0;
    await replica.catchUp();
    expect(sizes).toEqual([50, 100]);
  });
});
