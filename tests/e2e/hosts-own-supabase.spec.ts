import { createHash } from 'node:crypto';
import type { Page } from 'playwright/test';
import { chatAndPlay, expect, talk, test } from './support/hosts.ts';
import type { Visitor } from './support/visitor.ts';

const kept = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => !key.startsWith('roomtone')));
const signedIn = (page: Page) => page.locator('#who');

test("a host's own Supabase: its session is the room's, and nothing of it is disturbed", async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/own-supabase.html');
  const email = `ann-${Date.now()}@example.com`;
  await ann.page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await ann.page.getByRole('textbox', { name: 'Password' }).fill('a long password');
  await ann.page.getByRole('button', { name: 'Sign in, by the host' }).click();
  await expect(signedIn(ann.page)).toHaveText(email);
  const before = await kept(ann.page);
  expect(before).toHaveLength(1);

  await chatAndPlay(ann, neighbour);
  expect(await kept(ann.page), 'the host keeps what it kept').toEqual(before);
  const [session] = await ann.page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('sb-')).map(([, value]) => value));
  const { access_token: token, refresh_token: refresh } = JSON.parse(session ?? '{}') as Record<string, string>;
  expect(await ann.page.evaluate(() => JSON.stringify(Object.entries(localStorage))), 'one account, and no guest beside it').not.toContain(
    'is_anonymous":true',
  );

  // Another browser, to which the host's sign-in returns with the session in the address.
  const back = await open('Ann', `/hosts/own-supabase.html?theme=dark#access_token=${token}&refresh_token=${refresh}&expires_in=3600&token_type=bearer&type=signup`);
  await expect(signedIn(back.page)).toHaveText(email);
  await expect(back.box).toBeEditable();
  expect(new URL(back.page.url()).search).toBe('?theme=dark');

  await back.page.getByRole('button', { name: 'Sign out, by the host' }).click();
  await expect(signedIn(back.page)).toHaveText('nobody');

  // A code that is the host's own stays in the address for the host, whoever else could read it.
  await back.page.goto('/hosts/own-supabase.html?error=access_denied&state=of-the-host');
  await expect(back.button('Connect Spotify')).toBeVisible();
  expect(new URL(back.page.url()).search).toBe('?error=access_denied&state=of-the-host');
});

/**
 * Signs in at a provider, by the host's button, and comes back with a code (PKCE): Supabase's part of it is played here, to
 * which the demo's Supabase gives the session.
 * @returns what the host's client handed in
 */
async function signInWithGitHub({ page }: Visitor, email: string): Promise<{ code: string; verified: boolean }[]> {
  const handedIn: { code: string; verified: boolean }[] = [];
  let challenge: string | null = null;
  await page.route('**/supabase/auth/v1/authorize?*', async (route) => {
    const asked = new URL(route.request().url()).searchParams;
    challenge = asked.get('code_challenge');
    const back = new URL(asked.get('redirect_to') ?? '');
    back.searchParams.set('code', 'of-the-host');
    await route.fulfill({ status: 302, headers: { location: back.href } });
  });
  await page.route('**/supabase/auth/v1/token?grant_type=pkce', async (route) => {
    const { auth_code: code, code_verifier: verifier } = route.request().postDataJSON() as Record<string, string>;
    handedIn.push({ code: code ?? '', verified: createHash('sha256').update(verifier ?? '').digest('base64url') === challenge });
    const url = route.request().url().replace('/token?grant_type=pkce', '/signup');
    await route.fulfill({ response: await route.fetch({ url, postData: { email, password: 'a long password' } }) });
  });
  await page.getByRole('button', { name: 'Sign in with GitHub, by the host' }).click();
  await expect(signedIn(page)).toHaveText(email);
  return handedIn;
}

test("a host's own sign-in comes back with a code of its own, once, to a room that has its client", async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/own-supabase.html?flow=pkce');
  const handedIn = await signInWithGitHub(ann, `ann-${Date.now()}@example.com`);
  await ann.join();
  await talk(ann, neighbour);
  expect(handedIn).toEqual([{ code: 'of-the-host', verified: true }]);
  expect(new URL(ann.page.url()).search, 'taken away by its owner').toBe('?flow=pkce');
  // The browser's own line: the room asks whether this member has a name already.
  expect(ann.complaints).toEqual([expect.stringMatching(/^Failed to load resource.*400/)]);
});

test("a host's own client beside a room that keeps to itself: two sessions of one project, and neither touches the other", async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/own-supabase.html?flow=pkce&apart');
  await ann.join();
  const handedIn = await signInWithGitHub(ann, `ann-${Date.now()}@example.com`);
  expect(handedIn).toEqual([{ code: 'of-the-host', verified: true }]);
  // The same guest as before the way to the provider and back.
  await expect(ann.box).toBeEditable();
  await talk(ann, neighbour);
  await ann.page.getByRole('button', { name: 'Sign out, by the host' }).click();
  await expect(signedIn(ann.page)).toHaveText('nobody');
  expect(await kept(ann.page)).toEqual([]);
  await talk(ann, neighbour);
  expect(ann.complaints, 'supabase-js warns of two clients with one key').toEqual([]);
});
