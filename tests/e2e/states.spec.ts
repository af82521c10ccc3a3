import type { Page } from 'playwright/test';
import { expect, test } from './support/test.ts';

interface StateName {
  readonly id: string;
  /** It lies above its window, and is looked at with it. */
  readonly alone: boolean;
}

/** What demo/states/page.ts leaves on its window. */
interface StatesWindow {
  readonly stateNames: readonly StateName[];
  showState(id: string): Promise<void>;
}

const statesOf = (page: Page): Promise<readonly StateName[]> => page.evaluate(() => (window as unknown as StatesWindow).stateNames);

test('one page shows every state of every element, and time stands still in all of them', async ({ open }) => {
  // Sixty elements, one after the other, each with all its pictures.
  test.slow();
  const { page, complaints } = await open('Nobody', '/states.html');
  await expect(page.locator('html[data-shown]')).toBeAttached({ timeout: 120_000 });
  const states = await statesOf(page);
  await expect(page.locator('figcaption a')).toHaveText(states.map(({ id }) => id));
  // Above its window a state would lie above all others.
  await expect(page.locator('figure iframe')).toHaveCount(states.filter(({ alone }) => alone).length);
  const playing = page.locator('figure', { has: page.getByRole('link', { name: 'room-player-playing', exact: true }) });
  await expect(playing.getByText('1:17', { exact: true })).toBeVisible();
  await expect(playing.getByRole('slider', { name: 'Seek' })).toHaveAttribute('aria-valuetext', '1 minute 17 seconds of 3 minutes 31 seconds');
  expect(complaints).toEqual([]);
});
