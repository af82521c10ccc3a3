import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Axe from 'axe-core';
import { documentedPolicy } from '../../demo/hosts/policy.ts';
import { chatAndPlay, expect, test, traces } from './support/hosts.ts';
import { uriOf } from './support/listener.ts';
import { test as inRoom } from './support/rooms.ts';
import { answerForSpotify } from './support/spotify-addresses.ts';
import type { Visitor } from './support/visitor.ts';

/** What the page's policy forbids from now on stands among its complaints. */
const tellViolations = ({ context }: Visitor): Promise<unknown> =>
  context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      console.error('violation', effectiveDirective, blockedURI, sample),
    );
  });

/** Another origin than the page's, as a project's is: 'self' does not cover it. */
const projectOf = (demo: string): string => demo.replace('127.0.0.1', 'localhost');

test('the documented policy, word for word: Trusted Types, nothing inline, Spotify at its own addresses', async ({ open, demo, neighbour }) => {
  const ann = await open('Ann', 'about:blank');
  await answerForSpotify(ann.context, demo.url);
  await tellViolations(ann);
  const supabase = projectOf(demo.url);
  const response = await ann.page.goto(`/hosts/strict-csp.html?supabase=${supabase}`);
  const policy = response?.headers()['content-security-policy'] ?? '';
  const origin = new URL(supabase).origin;
  expect(policy.replace(origin, 'https://YOUR_PROJECT.supabase.co').replace(origin.replace('http', 'ws'), 'wss://YOUR_PROJECT.supabase.co')).toBe(
    documentedPolicy(),
  );
  expect(policy).not.toContain('unsafe');
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  expect(readme.replaceAll(/\s+/g, ' '), 'the README has the same').toContain(documentedPolicy());

  await chatAndPlay(ann, neighbour);
  const cover = ann.player.locator('img').first();
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => [new URL(image.src).host, image.naturalWidth > 0])).toEqual(['i.scdn.co', true]);
  expect(ann.complaints).toEqual([]);
});

test('the demo’s page under the policy: nothing is refused, nothing left in the page, nobody else asked, and axe finds nothing', async ({ open, demo, neighbour }) => {
  const ann = await open('Ann', 'about:blank');
  await ann.page.route('**/roomtone.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await ann.page.goto('/hosts/strict-csp.html');
  const untouched = await traces(ann.page);
  await ann.page.unroute('**/roomtone.js');

  const asked = new Set<string>();
  ann.page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await ann.page.goto('/hosts/strict-csp.html');
  await expect(ann.chat.getByRole('textbox', { name: 'Your name' })).toBeVisible();
  expect(await traces(ann.page), 'before Spotify’s own script').toEqual(untouched);
  await chatAndPlay(ann, neighbour);
  expect((await traces(ann.page)).head).toEqual(untouched.head);
  expect([...asked]).toEqual([new URL(demo.url).origin]);
  await ann.page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await ann.page.evaluate(async () => {
    const { violations } = await (window as unknown as { readonly axe: typeof Axe }).axe.run('room-player');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.length}`);
  });
  expect(found).toEqual([]);
  expect(ann.complaints).toEqual([]);
});

test('a policy that leaves Spotify’s script out: the visitor reads it, and only their click asks again', async ({ open, demo }) => {
  const ann = await open('Ann', 'about:blank');
  await answerForSpotify(ann.context, demo.url);
  await tellViolations(ann);
  await ann.page.route(/\/hosts\/strict-csp\.html/, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const policy = headers['content-security-policy'] ?? '';
    const withoutSdk = policy.replace("script-src 'self' https://sdk.scdn.co;", "script-src 'self';");
    expect(withoutSdk).not.toBe(policy);
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': withoutSdk } });
  });
  await ann.page.clock.install();
  await ann.page.goto(`/hosts/strict-csp.html?supabase=${projectOf(demo.url)}`);
  const refused = (): string[] => ann.complaints.filter((line) => line.startsWith('violation'));
  const once = 'violation script-src-elem https://sdk.scdn.co/spotify-player.js ';

  const popup = ann.page.waitForEvent('popup');
  await ann.button('Connect Spotify').click();
  await (await popup).getByRole('button', { name: 'Continue as Alice' }).click();
  const reads = ann.player.getByText(/^Spotify’s player could not load/);
  await expect(reads).toBeVisible();
  // Longer than whatever might be waited for before another attempt.
  await ann.page.clock.runFor('10:00');
  await expect(reads).toBeVisible();
  expect(refused()).toEqual([once]);

  await ann.button('Try again').click();
  await expect.poll(refused).toEqual([once, once]);
  await expect(reads).toBeVisible();
});

inRoom('under the policy too: another language, moderation, emoji, the embed by its own lines, and the bubble that counts what is new', async ({ room }) => {
  const lobby = await room();
  const olga = await lobby.join('Olga', 'hosts/strict-csp.html?embed');
  await lobby.give(olga);
  const ben = await lobby.join('Ben');

  await olga.page.evaluate(() => (document.documentElement.lang = 'de'));
  await expect(olga.page.getByRole('region', { name: 'Musikplayer' })).toBeVisible();
  await expect(olga.chat.getByRole('textbox', { name: 'Nachricht' })).toBeEditable();
  await olga.page.evaluate(() => (document.documentElement.lang = 'en'));

  await olga.chat.getByRole('button', { name: 'Moderate Ben' }).click();
  await olga.page.getByRole('dialog', { name: 'Ben' }).getByRole('button', { name: 'Mute 10 minutes' }).click();
  await expect(ben.box).toBeDisabled();
  await olga.chat.getByRole('button', { name: 'Moderate Ben' }).click();
  await olga.page.getByRole('dialog', { name: 'Ben' }).getByRole('button', { name: 'Unmute' }).click();
  await expect(ben.box).toBeEditable();

  await olga.box.pressSequentially(':rocket');
  await expect(olga.chat.getByRole('option', { name: /rocket/ }).first()).toBeVisible();
  await olga.box.press('Enter');
  await olga.box.press('Enter');
  await expect(ben.message('🚀')).toBeVisible();

  await olga.listen();
  await olga.playLink(uriOf('Request Stop'));

  await olga.page.evaluate(() => document.querySelector('chat-room')?.setAttribute('variant', 'bubble'));
  const launcher = olga.page.getByRole('button', { name: /^Lobby/ });
  await expect(launcher).toBeVisible();
  await ben.say('Are you still there?');
  await expect(launcher).toHaveAccessibleName('Lobby 1 new message');
  await expect(olga.page.locator('[part="launcher-badge"]')).toHaveText('1');
  await launcher.click();
  await expect(olga.message('Are you still there?')).toBeVisible();
  await expect(olga.box).toBeFocused();
  await olga.box.press('Escape');
  await expect(launcher).toHaveAccessibleName('Lobby');
  expect(olga.complaints).toEqual([]);
});
