import { documentedPolicy } from '../../demo/hosts/policy.ts';
import { chatAndPlay, expect, test } from './support/hosts.ts';
import { answerForSpotify } from './support/spotify-addresses.ts';

test('the documented policy, word for word: Trusted Types, nothing inline, Spotify at its own addresses', async ({ open, demo, neighbour }) => {
  const ann = await open('Ann', 'about:blank');
  await answerForSpotify(ann.context, demo.url);
  await ann.context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      console.error('violation', effectiveDirective, blockedURI, sample),
    );
  });
  // Another origin than the page's, as a project's is: 'self' does not cover it.
  const supabase = demo.url.replace('127.0.0.1', 'localhost');
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
