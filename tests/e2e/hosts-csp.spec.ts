import { documentedPolicy } from '../../demo/hosts/policy.ts';
import { chatAndPlay, expect, test } from './support/hosts.ts';
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

  await chatAndPlay(ann, neighbour);
  const cover = ann.player.locator('img').first();
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => [new URL(image.src).host, image.naturalWidth > 0])).toEqual(['i.scdn.co', true]);
  expect(ann.complaints).toEqual([]);
});

test('the demo’s page under the policy with the stand-ins in it', async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/strict-csp.html');
  await chatAndPlay(ann, neighbour);
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
