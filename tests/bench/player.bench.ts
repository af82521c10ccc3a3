import { expect, test } from '../e2e/support/test.ts';
import { openWriters, type Writer } from '../e2e/support/history.ts';
import type { Visitor } from '../e2e/support/visitor.ts';
import { figure, report } from './report.ts';

const clicks = 200;
const messagesPerSecond = 50;
const undisturbedMinutes = Number(process.env.ROOMTONE_BENCH_MINUTES ?? 10);

/** Notes how long it takes from each click's own time stamp to the call of the SDK's method. Once a page. */
function noteCalls(visitor: Visitor): Promise<void> {
  return visitor.page.evaluate(() => {
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
}

/** What was noted of `clicks` trusted clicks more. */
async function clickToCall(visitor: Visitor): Promise<number[]> {
  const noted = (): Promise<number[]> => visitor.page.evaluate(() => (window as unknown as { clickToCall: number[] }).clickToCall);
  const before = (await noted()).length;
  // Whichever of the two it is by then: the track may have ended, and who waits for a Pause waits for ever.
  const button = visitor.player.locator('player-controls [part~="play"]');
  for (let i = 1; i <= clicks; i++) {
    await button.click();
    await visitor.page.waitForFunction((count) => (window as unknown as { clickToCall: number[] }).clickToCall.length >= count, before + i);
  }
  return (await noted()).slice(before);
}

async function playing(visitor: Visitor): Promise<void> {
  await visitor.connect('Alice');
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

test('from click to the SDK call, on one page: idle, and in a busy room', async ({ join, baseURL }) => {
  const ann = await join('Ann');
  await playing(ann);
  await noteCalls(ann);
  const idle = await clickToCall(ann);
  report([figure('click to SDK call, idle', 'ms', idle)]);

  const writers = await openWriters(baseURL ?? '', 200);
  let isOver = false;
  const talking = talk(writers, () => isOver);
  await expect(ann.chat.getByText(/^Busy \d+$/).first()).toBeAttached();
  const busy = await clickToCall(ann);
  isOver = true;
  const pace = await talking;
  report([figure('click to SDK call, busy room', 'ms', busy), figure('messages in the busy room', '1/s', [pace])]);
  expect(idle).toHaveLength(clicks);
  expect(busy).toHaveLength(clicks);
});

test('while a track plays and nothing changes', async ({ join }) => {
  const ann = await join('Ann');
  await playing(ann);
  const [requests, tokens, refreshes]: [string[], string[], string[]] = [[], [], []];
  ann.page.on('request', (request) => {
    if (request.url().includes('/spotify/v1/')) requests.push(request.url());
    if (!request.url().includes('/spotify/api/token')) return;
    // What renews a token that runs out has to be asked; whatever else is asked here is a sign-in that nobody wanted.
    (request.postData()?.includes('grant_type=refresh_token') ? refreshes : tokens).push(request.url());
  });
  await ann.page.evaluate(() => {
    const updates: { at: number; isChange: boolean }[] = [];
    Object.assign(window, { updates });
    const since = performance.now();
    let playing = '';
    document.querySelector('room-player')?.addEventListener('player-state-change', ({ snapshot: { track, paused } }) => {
      const now = `${track?.uri} ${paused}`;
      updates.push({ at: performance.now() - since, isChange: now !== playing });
      playing = now;
    });
  });
  await new Promise((resolve) => setTimeout(resolve, undisturbedMinutes * 60_000));
  const perSecond = Array.from({ length: undisturbedMinutes * 60 }, () => 0);
  // By the page's own clock: a busy machine stretches the seconds of whoever asks it from outside.
  const updates = await ann.page.evaluate(() => (window as unknown as { updates: { at: number; isChange: boolean }[] }).updates);
  const changes = updates.filter(({ isChange }) => isChange);
  for (const { at } of updates) {
    // Where a track ends and the next one begins, something does change.
    if (changes.some((change) => Math.abs(change.at - at) < 2_000)) continue;
    const second = Math.floor(at / 1_000);
    if (second < perSecond.length) perSecond[second] = (perSecond[second] ?? 0) + 1;
  }
  report([
    figure(`context updates per second over ${undisturbedMinutes} minutes of play`, '1/s', perSecond),
    figure(`requests to the Web API in ${undisturbedMinutes} minutes of play`, 'requests', [requests.length]),
    figure(`requests for a token in ${undisturbedMinutes} minutes of play`, 'requests', [tokens.length + refreshes.length]),
  ]);
  expect(Math.max(...perSecond), 'context updates in the busiest second').toBeLessThanOrEqual(1);
  expect(requests).toEqual([]);
  expect(tokens).toEqual([]);
  // A token is good for an hour.
  expect(refreshes.length).toBeLessThanOrEqual(Math.ceil(undisturbedMinutes / 60));
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
