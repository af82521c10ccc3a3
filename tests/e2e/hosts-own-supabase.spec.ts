import type { Page } from 'playwright/test';
import { chatAndPlay, expect, test } from './support/hosts.ts';

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
