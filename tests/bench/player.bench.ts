import { expect, test } from '../e2e/support/test.ts';
import { openWriters, type Writer } from '../e2e/support/history.ts';
import type { Visitor } from '../e2e/support/visitor.ts';
import { figure, report } from './report.ts';

const clicks = 200;
const messagesPerSecond = 50;
const undisturbedMinutes = Number(process.env.ROOMTONE_BENCH_MINUTES ?? 10);

/** From the click's own time stamp to the call of the SDK's method, `clicks` times, by trusted clicks. */
async function clickToCall(visitor: Visitor): Promise<number[]> {
  await visitor.page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { clickToCall: times });
    let clickedAt = 0;
    window.addEventListener('click', (event) => (clickedAt = event.timeStamp), true);
    const { sdkPlayer } = window as unknown as { sdkPlayer: Spotify.Player };
    for (const method of ['pause', 'resume'] as const) {
      const original = sdkPlayer[method].bind(sdkPlayer);
      sdkPlayer[method] = () => {
        times.push(performance.now() - clickedAt);
        return original();
      };
    }
  });
  // Whichever of the two it is by then: the track may have ended, and who waits for a Pause waits for ever.
  const button = visitor.player.locator('player-controls [part~="play"]');
  for (let i = 1; i <= clicks; i++) {
    await button.click();
    await visitor.page.waitForFunction((count) => (window as unknown as { clickToCall: number[] }).clickToCall.length >= count, i);
  }
  return visitor.page.evaluate(() => (window as unknown as { clickToCall: number[] }).clickToCall);
}

async function playing(visitor: Visitor, account: 'Alice' | 'Bob'): Promise<void> {
  await visitor.connect(account);
  await visitor.playFromSearch('Salt on the Window');
}

/** Writes to the room at an even pace until it is told to stop. @returns how many messages a second that was in fact */
async function talk(writers: readonly Writer[], isOver: () => boolean): Promise<number> {
  const sent: Promise<void>[] = [];
  const since = performance.now();
  // Ten in thirty seconds is what the room lets one member write.
  for (let i = 0; !isOver(); i++) {
    sent.push(writers[i % writers.length]!.say(`Busy ${i}`));
    // Against the clock, for a timer alone falls behind.
    await new Promise((resolve) => setTimeout(resolve, since + ((i + 1) * 1000) / messagesPerSecond - performance.now()));
  }
  await Promise.all(sent);
  return (sent.length * 1000) / (performance.now() - since);
}

test('from click to the SDK call: idle, and in a busy room', async ({ join, baseURL }) => {
  const idle = await join('Ann');
  await playing(idle, 'Alice');
  const alone = await clickToCall(idle);
  report([figure('click to SDK call, idle', 'ms', alone)]);

  const busy = await join('Ben');
  await playing(busy, 'Bob');
  const writers = await openWriters(baseURL ?? '', 200);
  let isOver = false;
  const talking = talk(writers, () => isOver);
  await expect(busy.chat.getByText(/^Busy \d+$/).first()).toBeAttached();
  const crowded = await clickToCall(busy);
  isOver = true;
  const pace = await talking;
  report([figure('click to SDK call, busy room', 'ms', crowded), figure('messages in the busy room', '1/s', [pace])]);
  expect(alone).toHaveLength(clicks);
  expect(crowded).toHaveLength(clicks);
});

test('while a track plays and nothing changes', async ({ join }) => {
  const ann = await join('Ann');
  await playing(ann, 'Alice');
  const requests: string[] = [];
  ann.page.on('request', (request) => request.url().includes('/spotify/v1/') && requests.push(request.url()));
  await ann.page.evaluate(() => {
    const updates: number[] = [];
    Object.assign(window, { updates });
    document.querySelector('room-player')?.addEventListener('player-state-change', () => updates.push(performance.now()));
  });
  const until = Date.now() + undisturbedMinutes * 60_000;
  const perSecond: number[] = [];
  for (let seen = 0; Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const all = await ann.page.evaluate(() => (window as unknown as { updates: number[] }).updates.length);
    perSecond.push(all - seen);
    seen = all;
  }
  report([
    figure(`context updates per second over ${undisturbedMinutes} minutes of play`, '1/s', perSecond),
    figure(`requests to the Web API in ${undisturbedMinutes} minutes of play`, 'requests', [requests.length]),
  ]);
});

test('from sending a message to its being shown to somebody else', async ({ join }) => {
  const [ann, ben] = [await join('Ann'), await join('Ben')];
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const words = `Measured ${Date.now()}`;
    const shown = ben.page.evaluate(
      (text) =>
        new Promise<number>((resolve) => {
          const log = (root: ParentNode): string => [...root.querySelectorAll('*')].map((el) => (el.shadowRoot ? log(el.shadowRoot) : '')).join('') + (root.textContent ?? '');
          const look = (): void => {
            if (log(document).includes(text)) resolve(Date.now());
            else requestAnimationFrame(look);
          };
          look();
        }),
      words,
    );
    const at = Date.now();
    await ann.say(words);
    times.push((await shown) - at);
  }
  report([figure('send to shown, two browsers, typing included', 'ms', times)]);
});
