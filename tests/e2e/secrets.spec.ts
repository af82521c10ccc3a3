import { expect, test } from './support/test.ts';

interface Observed {
  readonly where: string;
  readonly text: string;
}

/** Every storage write and every event of the page, from before the first script runs. */
function observe(): void {
  const seen: { where: string; text: string }[] = [];
  Object.defineProperty(window, 'observed', { value: seen });
  const describe = (value: unknown): string => {
    const known = new WeakSet<object>();
    try {
      return JSON.stringify(value, (_key, part: unknown) => {
        if (part instanceof Node || part instanceof Window) return String(part);
        if (typeof part === 'object' && part !== null) {
          if (known.has(part)) return '(again)';
          known.add(part);
        }
        return part;
      }) ?? String(value);
    } catch {
      return String(value);
    }
  };
  const setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key: string, value: string) {
    seen.push({ where: `${this === sessionStorage ? 'session' : 'local'}Storage ${key}`, text: `${key}=${value}` });
    setItem.call(this, key, value);
  };
  const dispatchEvent = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event: Event) {
    const own = Object.fromEntries([...Object.keys(event), 'detail'].map((key) => [key, (event as unknown as Record<string, unknown>)[key]]));
    seen.push({ where: `event ${event.type}`, text: describe(own) });
    return dispatchEvent.call(this, event);
  };
}

test('no token, verifier or device id leaves for anywhere but Spotify in a full visit (I3)', async ({ open, simulator }) => {
  const ann = await open('Ann', 'about:blank');
  const { page, context } = ann;
  const observed: Observed[] = [];
  const secrets = new Map<string, string>();
  const isSpotify = (url: string): boolean => new URL(url).pathname.startsWith('/spotify/');

  await context.addInitScript(observe);
  context.on('request', (request) => {
    const url = request.url();
    const body = request.postData() ?? '';
    if (!url.startsWith('http')) return;
    if (new URL(url).pathname === '/spotify/api/token') {
      const verifier = new URLSearchParams(body).get('code_verifier');
      if (verifier) secrets.set('verifier', verifier);
    }
    if (!isSpotify(url)) observed.push({ where: `request ${url}`, text: `${url}\n${JSON.stringify(request.headers())}\n${body}` });
  });
  context.on('response', async (response) => {
    if (new URL(response.url()).pathname !== '/spotify/api/token') return;
    const answer = (await response.json()) as { access_token: string; refresh_token?: string };
    secrets.set(`access token ${secrets.size}`, answer.access_token);
    if (answer.refresh_token) secrets.set(`refresh token ${secrets.size}`, answer.refresh_token);
  });
  context.on('console', (line) => observed.push({ where: 'console', text: line.text() }));
  page.on('pageerror', (error) => observed.push({ where: 'error', text: `${error.message}\n${error.stack}` }));
  page.on('websocket', (socket) => {
    if (isSpotify(socket.url())) return;
    observed.push({ where: 'socket', text: socket.url() });
    socket.on('framesent', ({ payload }) => observed.push({ where: 'framesent', text: payload.toString() }));
    socket.on('framereceived', ({ payload }) => observed.push({ where: 'framereceived', text: payload.toString() }));
  });

  const collect = async (): Promise<void> => {
    observed.push(...(await page.evaluate(() => (window as unknown as { observed: Observed[] }).observed)));
  };

  await page.goto('/');
  await ann.join();
  await ann.connect('Alice');
  await ann.playFromSearch('Salt on the Window');
  await ann.say('Listening to something');
  await ann.button('Next').click();
  await ann.button('Pause').click();
  await expect(ann.button('Play')).toBeVisible();
  const keepDevice = async (): Promise<void> => {
    const device = (await simulator.account('Alice')).devices.find(({ name }) => name.includes('Roomtone'));
    expect(device).toBeDefined();
    secrets.set(`device id ${secrets.size}`, device?.id ?? '');
  };
  await keepDevice();
  // A reload begins a new list.
  await collect();
  await page.reload();
  await expect(ann.button('Disconnect')).toBeVisible();
  await keepDevice();
  const attributes = await page.evaluate(() => {
    const parts: string[] = [];
    const walk = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.closest('script')) continue;
        for (const { name, value } of element.attributes) parts.push(`${name}=${value}`);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return parts.join('\n');
  });
  observed.push({ where: 'attributes', text: attributes });
  await ann.button('Disconnect').click();
  await expect(ann.button('Connect Spotify')).toBeVisible();
  await collect();

  // Proof that the net is not torn: each kind of thing was seen, and so were the secrets.
  for (const kind of ['request', 'framesent', 'framereceived', 'event', 'localStorage', 'attributes']) {
    expect(observed.some(({ where }) => where.startsWith(kind)), `${kind} was observed`).toBe(true);
  }
  expect([...secrets.keys()].map((name) => name.replace(/ \d+$/, ''))).toEqual(
    expect.arrayContaining(['access token', 'refresh token', 'verifier', 'device id']),
  );
  for (const [name, secret] of secrets) {
    const leaks = observed.filter(({ text }) => text.includes(secret)).map(({ where }) => where);
    // The refresh token is kept in this origin's storage, so that a reload needs no sign-in: the one exception.
    const allowed = name.startsWith('refresh token') ? /^localStorage roomtone:/ : /^$/;
    expect(leaks.filter((where) => !allowed.test(where)), name).toEqual([]);
  }
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  for (const [name, secret] of secrets) expect(kept.includes(secret), `${name} after Disconnect`).toBe(false);
});

test('nothing is asked of Spotify before the visitor connects (I4)', async ({ open }) => {
  const ann = await open('Ann', 'about:blank');
  const asked: string[] = [];
  ann.context.on('request', (request) => asked.push(request.url()));
  await ann.page.goto('/');
  await ann.join();
  await ann.say('Only chatting');
  await expect(ann.message('Only chatting').first()).toBeVisible();
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((url) => /\/spotify\/|spotify\.com|scdn\.co/.test(url))).toEqual([]);
});
