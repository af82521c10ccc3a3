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

test('a room that comes and goes thirty times leaves one socket, and none when it has gone', async ({ room }) => {
  const lobby = await room();
  const ann = await lobby.join('Ann');
  let opened = 0;
  const open = new Set<unknown>();
  ann.page.on('websocket', (socket) => {
    if (!socket.url().includes('/realtime/')) return;
    opened++;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await ann.page.reload();
  await expect(ann.box).toBeEditable();
  for (let round = 0; round < 30; round++) {
    await ann.page.evaluate(() => {
      const element = document.querySelector('chat-room');
      const parent = element?.parentElement;
      element?.remove();
      const again = element?.cloneNode();
      if (again) parent?.append(again);
    });
  }
  await expect(ann.box).toBeEditable();
  await expect.poll(() => open.size).toBe(1);
  await ann.page.evaluate(() => document.querySelector('chat-room')?.remove());
  await expect.poll(() => open.size).toBe(0);
  expect(opened).toBeLessThan(40);
});
