import { expect, test } from './support/test.ts';

/** As in a browser that keeps all storage from the page: reading the very names throws. */
function denyStorage(): void {
  function denied(): never {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  }
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, { get: denied });
  window.BroadcastChannel = denied as unknown as typeof BroadcastChannel;
  Object.defineProperty(navigator, 'locks', { value: { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) } });
}

/** A refused token, which the test brings about, and supabase-js's own line on a channel that it can do without. */
const expected = /401|Failed to create a new BroadcastChannel/;

test('where the browser denies storage, everything works until the page goes', async ({ open, simulator }) => {
  const ann = await open('Ann', 'about:blank');
  await ann.context.addInitScript(denyStorage);
  await ann.page.goto('/');
  await ann.join();
  const words = `Without a trace ${Date.now()}`;
  await ann.say(words);
  await expect(ann.message(words)).toBeVisible();
  await ann.connect('Alice');
  await ann.playFromSearch('Salt on the Window');
  // A token that is no good within two seconds is taken for the same question asked twice.
  await expect.poll(async () => (await ann.sdkState())?.position ?? 0).toBeGreaterThan(2_500);
  await simulator.fault('alice', 'token-expired', true);
  // The next token comes by what this page alone remembers.
  await ann.playFromSearch('Request Stop');
  expect(ann.complaints.filter((line) => !expected.test(line))).toEqual([]);

  await ann.page.reload();
  await expect(ann.button('Connect Spotify')).toBeVisible();
  await expect(ann.chat.getByRole('textbox', { name: 'Your name' })).toBeVisible();
  expect(ann.complaints.filter((line) => !expected.test(line))).toEqual([]);
});
