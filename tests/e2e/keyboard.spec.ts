import { Keyboard } from './support/keyboard.ts';
import { expect, test } from './support/test.ts';

/** The way of docs/accessibility.md, step by step: no mouse, and nothing but roles and names to go by. */
test('a visit by the keyboard alone: join, write, react, answer, connect, search, play, queue', async ({ open, join }) => {
  test.slow();
  const [ben, { page }] = await Promise.all([join('Ben'), open('Kim')]);
  const kim = await Keyboard.at(page);
  const mark = String(Date.now());

  await test.step('the parts are landmarks', async () => {
    await expect.poll(() => kim.everything()).toEqual(expect.arrayContaining(['region "Music player"', 'region "Lobby"', 'textbox "Your name"']));
  });

  await test.step('joining leads to where one writes', async () => {
    await kim.go(/^textbox "Your name"$/);
    await kim.type('Kim');
    await kim.go(/^button "Join"$/);
    await kim.press('Enter');
    await kim.expectHere(/^textbox "Message"$/);
    expect(await kim.everything()).toEqual(expect.arrayContaining(['log "Messages"', 'list "Members"']));
  });

  await test.step('a message is written, and one that comes is told', async () => {
    await kim.type(`Hello ${mark}`);
    await kim.press('Enter');
    await expect(ben.message(`Hello ${mark}`)).toBeVisible();
    // What goes out by ariaNotify is in no tree: as in an engine without it.
    await page.evaluate(() => Reflect.deleteProperty(Element.prototype, 'ariaNotify'));
    await ben.say(`Good evening ${mark}`);
    await expect(page.getByRole('region', { name: 'Lobby' }).getByRole('status').filter({ hasText: `Ben: Good evening ${mark}` })).toBeAttached();
  });

  await test.step('the newest message takes a reaction and an answer', async () => {
    await kim.go(new RegExp(`^article "Ben.*Good evening ${mark}`), 'Shift+Tab');
    await kim.go(/^button "React"$/);
    await kim.press('Enter');
    await kim.expectHere(/^button "React with /);
    await kim.press('Enter');
    await expect(ben.row(`Good evening ${mark}`).getByRole('button', { name: /Kim/ })).toBeVisible();
    await kim.go(/^button "Reply"$/);
    await kim.press('Enter');
    await kim.expectHere(/^textbox "Message"$/);
    await kim.type(`And to you ${mark}`);
    await kim.press('Enter');
    await expect(ben.row(`And to you ${mark}`).getByText(`Good evening ${mark}`)).toBeVisible();
  });

  await test.step('Spotify is connected', async () => {
    await kim.go(/^button "Connect Spotify"$/, 'Shift+Tab');
    const popup = page.waitForEvent('popup');
    await kim.press('Enter');
    const spotify = await Keyboard.at(await popup);
    await spotify.go(/^button "Continue as Alice"$/);
    await spotify.press('Enter');
    await expect.poll(() => kim.everything()).toContain('button "Disconnect"');
  });

  await test.step('a track is found and played', async () => {
    await kim.go(/^searchbox "Search tracks"$/);
    await kim.type('Salt on the Window');
    await expect.poll(() => kim.everything()).toContainEqual(expect.stringMatching(/^button "Play Salt on the Window by /));
    await kim.go(/^button "Play Salt on the Window by /);
    await kim.press('Enter');
    await expect.poll(() => kim.everything()).toContain('button "Pause"');
  });

  await test.step('keys pause and play, and the sliders have names', async () => {
    await kim.press('k');
    await expect.poll(() => kim.everything()).toContain('button "Play"');
    await kim.press('k');
    await expect.poll(() => kim.everything()).toContain('button "Pause"');
    expect(await kim.everything()).toEqual(expect.arrayContaining(['slider "Seek"', 'slider "Volume"']));
  });

  await test.step('the devices are a list that leads back', async () => {
    await kim.go(/^button "Devices"$/);
    await kim.press('Enter');
    await expect.poll(() => kim.everything()).toContainEqual(expect.stringMatching(/^button "Play on .*kitchen"$/));
    await kim.go(/^button "Play on .*kitchen"$/);
    await kim.press('Escape');
    await kim.expectHere(/^button "Devices"$/);
  });

  await test.step('another one is queued, and is what comes next', async () => {
    await kim.go(/^searchbox "Search tracks"$/, 'Shift+Tab');
    await kim.press('ControlOrMeta+a');
    await kim.type('The Long Afternoon of the Kettle');
    const add = /^button "Add The Long Afternoon of the Kettle to the queue"$/;
    await expect.poll(() => kim.everything()).toContainEqual(expect.stringMatching(add));
    await kim.go(add);
    await kim.press('Enter');
    await expect(page.getByText('The Long Afternoon of the Kettle is in the queue')).toBeAttached();
    await kim.go(/^tab "Search"$/, 'Shift+Tab');
    await kim.press('ArrowRight');
    await kim.expectHere(/^tab "Up next"$/);
    await kim.press('Enter');
    const play = /^button "Play The Long Afternoon of the Kettle by /;
    await expect.poll(() => kim.everything()).toContainEqual(expect.stringMatching(play));
    await kim.go(play);
  });
});
