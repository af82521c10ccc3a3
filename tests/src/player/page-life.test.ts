import { describe, expect, it } from 'vitest';
import { createPageLife, type LifeWindow } from '../../../src/player/page-life.js';
import { FakeClock } from './support/fake-clock.js';

class FakeWindow extends EventTarget {
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState });
}

function setUp(): { page: FakeWindow; clock: FakeClock; woke: boolean[]; stop: () => void } {
  const page = new FakeWindow();
  const clock = new FakeClock();
  const woke: boolean[] = [];
  const life = createPageLife(page as unknown as LifeWindow, clock);
  return { page, clock, woke, stop: life.onWake((slept) => woke.push(slept)) };
}

/** The clock jumps: no timer runs on the way, those that are due run at its end. */
async function sleep(clock: FakeClock, ms: number): Promise<void> {
  const { now } = clock;
  const end = clock.now() + ms;
  clock.now = () => end;
  await clock.advance(20_000);
  clock.now = now;
}

describe('a page wakes', () => {
  it('when it is looked at again and when it is online again', () => {
    const { page, woke } = setUp();
    page.document.visibilityState = 'hidden';
    page.document.dispatchEvent(new Event('visibilitychange'));
    expect(woke).toEqual([]);
    page.document.visibilityState = 'visible';
    page.document.dispatchEvent(new Event('visibilitychange'));
    page.dispatchEvent(new Event('online'));
    expect(woke).toEqual([false, false]);
  });

  it('from sleep when the clock has jumped, though nothing else tells', async () => {
    const { clock, woke } = setUp();
    await clock.advance(600_000);
    expect(woke).toEqual([]);
    await sleep(clock, 3_600_000);
    expect(woke).toEqual([true]);
  });

  it('from the back-forward cache, and is not woken by its first showing', () => {
    const { page, woke } = setUp();
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    expect(woke).toEqual([]);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(woke).toEqual([true]);
  });

  it('for nobody who listens no more', async () => {
    const { page, clock, woke, stop } = setUp();
    stop();
    page.dispatchEvent(new Event('online'));
    page.document.dispatchEvent(new Event('visibilitychange'));
    await clock.advance(60_000);
    expect(woke).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});

it('a page that goes tells it, until nobody listens', () => {
  const page = new FakeWindow();
  let gone = 0;
  const stop = createPageLife(page as unknown as LifeWindow).onLeave(() => gone++);
  page.dispatchEvent(new Event('pagehide'));
  stop();
  page.dispatchEvent(new Event('pagehide'));
  expect(gone).toBe(1);
});
