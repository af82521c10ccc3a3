import { expect, test, type TestRoom } from './support/rooms.ts';
import type { Visitor } from './support/visitor.ts';

async function withOwner(room: () => Promise<TestRoom>): Promise<{ lobby: TestRoom; olga: Visitor; ben: Visitor }> {
  const lobby = await room();
  const olga = await lobby.join('Olga');
  await lobby.give(olga);
  const ben = await lobby.join('Ben');
  await expect(olga.member('Ben')).toBeVisible();
  return { lobby, olga, ben };
}

async function about(olga: Visitor, name: string, ...buttons: string[]): Promise<void> {
  await olga.chat.getByRole('button', { name: `Moderate ${name}` }).click();
  for (const button of buttons) await olga.page.getByRole('dialog', { name }).getByRole('button', { name: button, exact: true }).click();
  await expect(olga.page.getByRole('dialog', { name })).toBeHidden();
}

test.describe('who looks after a room', () => {
  test('bans somebody: within five seconds they receive nothing more, and come in again when they may', async ({ room }) => {
    const { olga, ben } = await withOwner(room);
    await about(olga, 'Ben', 'Ban 1 day', 'Ban');
    await expect(ben.chat.getByText(/You are banned from this room until .*\d:\d\d/)).toBeVisible({ timeout: 5_000 });
    await olga.say('He is gone');
    await expect(olga.message('He is gone')).toBeVisible();
    await expect(olga.member('Ben')).toHaveCount(0);
    await ben.page.reload();
    await expect(ben.page.getByText(/You are banned from this room until/)).toBeVisible();
    await expect(ben.page.getByText('He is gone')).toHaveCount(0);

    await olga.chat.getByRole('button', { name: 'Moderation' }).click();
    const panel = olga.page.getByRole('dialog', { name: 'Moderation' });
    await panel.getByRole('button', { name: 'Unban Ben' }).click();
    await expect(panel.getByText('Nobody is banned.')).toBeVisible();
    await ben.page.reload();
    await expect(ben.message('He is gone')).toBeVisible();
  });

  test('mutes somebody, who reads on and is told why the box is closed', async ({ room }) => {
    const { olga, ben } = await withOwner(room);
    await about(olga, 'Ben', 'Mute 10 minutes');
    await expect(ben.box).toBeDisabled();
    await expect(ben.chat.getByText('A moderator has muted you here.', { exact: false })).toBeVisible();
    await olga.say('Quiet now');
    await expect(ben.message('Quiet now')).toBeVisible();
    await about(olga, 'Ben', 'Unmute');
    await expect(ben.box).toBeEditable();
    await ben.say('Thank you');
    await expect(olga.message('Thank you')).toBeVisible();
  });

  test('turns slow mode on: members wait between two messages, and the owner does not', async ({ room }) => {
    const { olga, ben } = await withOwner(room);
    await olga.chat.getByRole('button', { name: 'Moderation' }).click();
    const panel = olga.page.getByRole('dialog', { name: 'Moderation' });
    await panel.getByLabel('Slow mode').selectOption('30');
    await expect(panel.getByRole('status')).toHaveText('Done.');
    await panel.getByRole('button', { name: 'Close' }).click();
    await ben.say('One');
    await expect(olga.message('One')).toBeVisible();
    await expect(ben.chat.getByText(/You can write again in \d+ s/).first()).toBeVisible();
    await olga.say('First');
    await olga.say('Second');
    await expect(ben.message('Second')).toBeVisible();
  });

  test('reads what members report, deletes it and puts the report away', async ({ room }) => {
    const { lobby, olga, ben } = await withOwner(room);
    const cleo = await lobby.join('Cleo');
    await ben.say('Buy my hats');
    const row = cleo.row('Buy my hats');
    await row.hover();
    await row.getByRole('button', { name: 'More' }).click();
    await row.getByRole('button', { name: 'Report' }).or(row.getByRole('menuitem', { name: 'Report' })).first().click();
    const dialog = cleo.page.getByRole('dialog', { name: 'Report this message' });
    await dialog.getByRole('textbox', { name: 'What is wrong with it?' }).fill('Spam');
    await dialog.getByRole('button', { name: 'Send report' }).click();
    await expect(dialog.getByText('Thank you.', { exact: false })).toBeVisible();

    await olga.chat.getByRole('button', { name: 'Moderation' }).click();
    const panel = olga.page.getByRole('dialog', { name: 'Moderation' });
    await expect(panel.getByText('Buy my hats')).toBeVisible();
    await expect(panel.getByText('Spam')).toBeVisible();
    await panel.getByRole('button', { name: 'Delete message' }).click();
    await expect(cleo.message('Buy my hats')).toHaveCount(0);
    await panel.getByRole('button', { name: 'Dismiss' }).click();
    await expect(panel.getByText('There is nothing to look at.')).toBeVisible();

    // Who wrote it has left, and nothing of it is to be read: its place in the conversation still leads to them.
    await ben.page.close();
    await expect(olga.member('Ben')).toHaveCount(0);
    await panel.getByRole('button', { name: 'Close' }).click();
    const gone = olga.row('Message deleted');
    await gone.hover();
    await gone.getByRole('button', { name: 'More' }).click();
    await gone.getByRole('menuitem', { name: 'Moderate Ben' }).click();
    const about = olga.page.getByRole('dialog', { name: 'Ben' });
    for (const name of ['Ban for good', 'Ban']) await about.getByRole('button', { name, exact: true }).click();
    await olga.chat.getByRole('button', { name: 'Moderation' }).click();
    await expect(panel.getByRole('button', { name: 'Unban Ben' })).toBeVisible();
  });

  test('makes somebody a moderator, who then sees what moderators see', async ({ room }) => {
    const { olga, ben } = await withOwner(room);
    await expect(ben.chat.getByRole('button', { name: 'Moderation' })).toHaveCount(0);
    await about(olga, 'Ben', 'Make moderator');
    await expect(ben.chat.getByRole('button', { name: 'Moderation' })).toBeVisible();
    await expect(olga.member('Ben')).toContainText('moderator');
  });

  test('lets people into a private room by a link, and nobody without', async ({ room, open }) => {
    const lobby = await room();
    const olga = await lobby.join('Olga');
    await lobby.give(olga);
    await olga.chat.getByRole('button', { name: 'Moderation' }).click();
    const panel = olga.page.getByRole('dialog', { name: 'Moderation' });
    await panel.getByRole('checkbox', { name: 'Anybody may join' }).uncheck();
    await expect(panel.getByRole('status')).toHaveText('Done.');
    await panel.getByRole('button', { name: 'Create link' }).click();
    const link = new URL(await panel.getByRole('textbox', { name: 'Invitation link' }).inputValue());
    expect(link.pathname).toBe('/');

    const stranger = await open('Stranger', 'about:blank');
    await lobby.visit(stranger);
    await expect(stranger.page.getByText('it is private', { exact: false })).toBeVisible();
    const wrong = await open('Wrong', 'about:blank');
    await lobby.visit(wrong, '?room-invitation=made-up');
    const form = wrong.page.getByRole('textbox', { name: 'Your name' });
    await form.or(wrong.page.getByText('This room is private', { exact: false })).first().waitFor();
    if (await form.isVisible()) {
      await form.fill('Wrong');
      await wrong.page.getByRole('button', { name: 'Join' }).click();
    }
    await expect(wrong.page.getByText('This room is private', { exact: false })).toBeVisible();

    const guest = await open('Guest', 'about:blank');
    await lobby.visit(guest, link.search);
    await guest.page.getByRole('textbox', { name: 'Your name' }).fill('Guest');
    await guest.page.getByRole('button', { name: 'Join' }).click();
    await guest.say('Thanks for the invitation');
    await expect(guest.message('Thanks for the invitation')).toBeVisible();
    expect(new URL(guest.page.url()).search).toBe(link.search);
  });
});
