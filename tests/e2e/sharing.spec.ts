import { expect, test } from './support/test.ts';
import { untouched } from './support/untouched.ts';

/** What is no longer shown has to be gone for everybody within this time, in ms. */
const gone = { timeout: 5_000 };

test('a shared track plays for whoever clicks it, on their own account, and for nobody else', async ({ join, simulator }) => {
  const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
  await ann.connect('Alice');
  await ben.connect('Bob');
  await ann.playFromSearch('Salt on the Window');
  await ben.playFromSearch('Request Stop');

  const play = ben.chat.getByRole('button', { name: 'Play Salt on the Window for me' }).last();
  await untouched(simulator, ben, 'Bob', async () => {
    await ann.player.getByRole('button', { name: 'Share Salt on the Window in the chat' }).first().click();
    await expect(play).toBeVisible();
  });
  await untouched(simulator, ann, 'Alice', async () => {
    await play.click();
    await expect(ben.player.getByRole('link', { name: 'Salt on the Window', exact: true }).first()).toBeVisible();
    await expect.poll(async () => (await simulator.account('Bob')).uri).toBe((await simulator.account('Alice')).uri);
  });
});

test('a shared track asks a visitor without a player to connect, inside their click', async ({ join, simulator }) => {
  const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
  await ann.connect('Alice');
  await ann.playFromSearch('Cumulus I');
  await ann.player.getByRole('button', { name: 'Share Cumulus I in the chat' }).first().click();
  const popup = ben.page.waitForEvent('popup');
  await ben.chat.getByRole('button', { name: 'Play Cumulus I for me' }).last().click();
  await (await popup).getByRole('button', { name: 'Continue as Bob' }).click();
  await expect(ben.button('Pause')).toBeVisible();
  await expect.poll(async () => (await simulator.account('Bob')).paused).toBe(false);
});

test('a track request that no click made is not answered', async ({ join, simulator }) => {
  const ann = await join('Ann');
  await ann.connect('Alice');
  await ann.playFromSearch('Cumulus I');
  await untouched(simulator, ann, 'Alice', async () => {
    // A timer outlives the user activation that Playwright's evaluate stands for.
    await ann.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const forged = (): void => {
            if (navigator.userActivation.isActive) return void setTimeout(forged, 250);
            for (const uri of ['spotify:track:0000000000000000000000', 'javascript:alert(1)', 'spotify:user:somebody']) {
              document.querySelector('chat-room')?.dispatchEvent(Object.assign(new Event('track-request', { bubbles: true, composed: true }), { uri }));
            }
            resolve();
          };
          forged();
        }),
    );
  });
});

test('what one listens to is shown only while one wants it: off, paused, disconnected or gone, it is gone for everybody', async ({ join }) => {
  const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
  const toggle = ann.chat.getByRole('switch', { name: 'Show others what I am listening to' });
  const seen = ben.member('Ann').getByText('Salt on the Window');
  await ann.connect('Alice');
  await ann.playFromSearch('Salt on the Window');
  await expect(toggle).not.toBeChecked();
  await expect(seen).toHaveCount(0);

  await toggle.click();
  await expect(seen.first()).toBeVisible();
  await toggle.click();
  await expect(seen).toHaveCount(0, gone);

  await toggle.click();
  await expect(seen.first()).toBeVisible();
  await ann.button('Pause').click();
  await expect(seen).toHaveCount(0, gone);
  await ann.button('Play').click();
  await expect(seen.first()).toBeVisible();
  await ann.button('Disconnect').click();
  await expect(seen).toHaveCount(0, gone);

  await ann.connect('Alice');
  await ann.playFromSearch('Salt on the Window');
  await toggle.click();
  await expect(seen.first()).toBeVisible();
  await ann.page.close();
  await expect(seen).toHaveCount(0, gone);
});
