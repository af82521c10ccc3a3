import { expect, test } from './support/rooms.ts';

test('two rooms in one page share one socket, and removing one leaves the other', async ({ room, open }) => {
  const lobby = await room();
  const ann = await open('Ann', 'about:blank');
  const sockets: { readonly open: () => boolean }[] = [];
  ann.page.on('websocket', (socket) => {
    if (socket.url().includes('/realtime/')) sockets.push({ open: () => !socket.isClosed() });
  });
  await lobby.visit(ann, '', 2);
  const first = ann.page.locator('chat-room').first();
  const second = ann.page.locator('chat-room').last();
  await first.getByRole('textbox', { name: 'Your name' }).fill('Ann');
  await first.getByRole('button', { name: 'Join' }).click();
  await expect(first.getByRole('textbox', { name: 'Message' })).toBeEditable();
  // The sockets of the page that goes are not told of any more.
  sockets.length = 0;
  await ann.page.reload();
  await expect(second.getByRole('textbox', { name: 'Message' })).toBeEditable();
  await expect(first.getByRole('textbox', { name: 'Message' })).toBeEditable();
  const connected = (): number => sockets.filter((socket) => socket.open()).length;
  await expect.poll(connected).toBe(1);

  await first.evaluate((element) => element.remove());
  await expect(ann.page.locator('chat-room')).toHaveCount(1);
  const ben = await lobby.join('Ben');
  await ben.say('Still there?');
  await expect(ann.message('Still there?')).toBeVisible();
  await ann.say('Still here.');
  await expect(ben.message('Still here.')).toBeVisible();
  expect(connected()).toBe(1);

  await second.evaluate((element) => element.remove());
  await expect.poll(connected).toBe(0);
  await expect(ben.member('Ann')).toHaveCount(0);
});

/** Counts what waits in the page: before its scripts run. */
function countTimers(): void {
  const waiting = new Set<unknown>();
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  Object.assign(window, {
    setTimeout(callback: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        callback(...given);
      }, ms);
      waiting.add(timer);
      return timer;
    },
    setInterval(callback: () => void, ms?: number) {
      const timer = setInterval(callback, ms);
      waiting.add(timer);
      return timer;
    },
    clearTimeout(timer: number) {
      waiting.delete(timer);
      clearTimeout(timer);
    },
    clearInterval(timer: number) {
      waiting.delete(timer);
      clearInterval(timer);
    },
    timersWaiting: () => waiting.size,
  });
}

test('a room that comes and goes a hundred times leaves no channel, timer, listener or node behind', async ({ room, open }) => {
  test.setTimeout(180_000);
  const [stays, comes] = [await room(), await room()];
  const ann = await open('Ann', 'about:blank');
  await ann.context.addInitScript(countTimers);
  const sockets = new Set<unknown>();
  const channels = new Set<string>();
  ann.page.on('websocket', (socket) => {
    if (!socket.url().includes('/realtime/')) return;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('framesent', ({ payload }) => {
      if (typeof payload !== 'string') return;
      const [joined, , topic, event] = JSON.parse(payload) as string[];
      if (event === 'phx_join') channels.add(`${joined} ${topic}`);
      if (event === 'phx_leave') channels.delete(`${joined} ${topic}`);
    });
  });
  await stays.visit(ann);
  await ann.join();
  const devtools = await ann.context.newCDPSession(ann.page);
  await devtools.send('Performance.enable');
  const count = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? NaN;
    const timers = await ann.page.evaluate(() => (window as unknown as { timersWaiting(): number }).timersWaiting());
    return { timers, channels: channels.size, sockets: sockets.size, listeners: metric('JSEventListeners'), nodes: metric('Nodes') };
  };
  const come = (): Promise<void> =>
    ann.page.evaluate((slug) => {
      const staying = document.querySelector('chat-room');
      const coming = staying?.cloneNode() as Element;
      coming.setAttribute('room', slug);
      staying?.after(coming);
    }, comes.slug);
  const go = (): Promise<void> => ann.page.evaluate(() => document.querySelectorAll('chat-room')[1]?.remove());
  const composer = ann.page.locator('chat-room').last().getByRole('textbox', { name: 'Message' });
  /** Every tenth time it is used before it goes; the others go in the middle of their joining. */
  const rounds = async (number: number): Promise<void> => {
    for (let round = 0; round < number; round++) {
      await come();
      if (round % 10 === 0) {
        await expect(ann.page.locator('chat-room')).toHaveCount(2);
        await expect(composer).toBeEditable();
      }
      await go();
    }
  };
  await rounds(5);
  await expect.poll(() => channels.size).toBe(2);
  const before = await count();
  await rounds(100);

  // What is known of the visitor is kept; of a hundred rooms, one alone would be several hundred nodes.
  const within = { timers: before.timers, channels: 2, sockets: 1, listeners: before.listeners + 10, nodes: before.nodes + 50 };
  const above = async (): Promise<string[]> => {
    const now = await count();
    return Object.keys(within).flatMap((what) => {
      const [found, most] = [now[what as keyof typeof now], within[what as keyof typeof within]];
      return found > most ? [`${found} ${what}, ${most} at most`] : [];
    });
  };
  await expect.poll(above, { timeout: 20_000 }).toEqual([]);
  test.info().annotations.push({ type: 'counts', description: JSON.stringify({ before, after: await count() }) });
  await ann.say('Still here.');
  await ann.page.evaluate(() => document.querySelector('chat-room')?.remove());
  await expect.poll(() => sockets.size).toBe(0);
});
