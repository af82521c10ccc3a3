import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import '../../elements/chat-moderation/define.js';
import type { ChatMemberActions } from '../../elements/chat-moderation/chat-member-actions.js';
import type { ChatModeration } from '../../elements/chat-moderation/chat-moderation.js';
import { plainMember, plainMessage, type Member, type Moderation, type ReportedMessage, type Role } from '../../src/chat/model.js';
import { roomInPage, settled, type TestRoom } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { ann, bob, FakeSession, lobby, message } from './support/chat-session.js';
import { all, button, buttonNames, find, focused, maybe, maybeButton, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

const report: ReportedMessage = Object.freeze({
  messageId: 'message-1',
  authorId: 'bob',
  authorName: 'Bob',
  body: 'Buy my <b>hats</b>',
  reporters: 1,
  reports: [{ reporterName: 'Cleo', reason: 'Spam', at: Date.UTC(2026, 10, 3, 12) }],
});
const listing = (...list: ReportedMessage[]): Moderation['reports'] => ({
  list,
  messages: list.length,
  reports: list.reduce((sum, { reporters }) => sum + reporters, 0),
});
const moderation: Moderation = {
  reports: listing(report),
  bans: [{ userId: 'dan', name: 'Dan', until: Infinity, reason: 'Insults' }],
  loading: false,
};
const nothing: Moderation = { reports: listing(), bans: [], loading: false };

/** Its code is loaded when it is first needed. */
const loading = { timeout: 8000 };

interface Panel {
  readonly panel: ChatModeration;
  readonly session: FakeSession;
  readonly removed: string[];
}

async function shown(given: Partial<ChatModeration> = {}, role: Role = 'owner'): Promise<Panel> {
  const session = new FakeSession();
  const removed: string[] = [];
  const panel = await fixture<ChatModeration>(html`<chat-moderation
    .room=${lobby}
    .me=${{ ...ann, role }}
    .members=${[ann, bob]}
    .moderation=${moderation}
    .acts=${session.moderate}
    .removeMessage=${(id: string) => removed.push(id)}
  ></chat-moderation>`);
  Object.assign(panel, given);
  await panel.show();
  await settled(panel);
  session.asked.length = 0;
  return { panel, session, removed };
}

async function choose(panel: ChatModeration, value: string): Promise<void> {
  const select = find<HTMLSelectElement>(panel, '[part="settings"] select');
  select.value = value;
  select.dispatchEvent(new Event('change'));
  await settled(panel);
}

describe('<chat-moderation>', () => {
  it('is a dialog that reads anew what is in it', async () => {
    const session = new FakeSession();
    const panel = await fixture<ChatModeration>(html`<chat-moderation .room=${lobby} .acts=${session.moderate}></chat-moderation>`);
    await panel.show();
    expect(find<HTMLDialogElement>(panel, 'dialog').open).to.equal(true);
    expect(session.asked).to.deep.equal(['refresh']);
    expect(words(find(panel, 'h2'))).to.equal('Moderation');
  });

  it('shows a report as text: the message, who told of it, and why', async () => {
    const { panel } = await shown();
    const item = find(panel, '[part="report"]');
    expect(words(find(panel, 'blockquote'))).to.equal('Buy my <b>hats</b>');
    expect(all(panel, 'blockquote *')).to.have.length(0);
    expect(words(item)).to.contain('Reported by Cleo').and.to.contain('Spam');
    await expectAccessible(panel);
  });

  it('answers a report: deletes the message, or puts the report away', async () => {
    const { panel, session, removed } = await shown();
    button(panel, 'Delete message').click();
    expect(removed).to.deep.equal(['message-1']);
    button(panel, 'Dismiss').click();
    await settled(panel);
    expect(session.asked).to.deep.equal(['resolve message-1']);
    expect(words(find(panel, '[role="status"]'))).to.equal('Done.');
  });

  it('keeps the keyboard on a report, and then where they are listed', async () => {
    const { panel } = await shown();
    button(panel, 'Delete message').focus();
    panel.moderation = { ...moderation, reports: listing({ ...report, body: '' }) };
    await settled(panel);
    expect(panel.shadowRoot?.activeElement, 'there is nothing to delete any more').to.equal(find(panel, '[part="report"]'));
    panel.moderation = nothing;
    await settled(panel);
    expect(focused(panel), 'somebody else answered it').to.equal('Reports');
  });

  it('shows all reports of one message as one, and puts them away at once', async () => {
    const names = ['Cleo', 'Dan', 'Eve', 'Flo', 'Gil'];
    const reports = names.map((reporterName, index) => ({ reporterName, reason: `Reason ${index}`, at: Date.UTC(2026, 10, 3, 12 - index) }));
    const { panel, session } = await shown({ moderation: { ...nothing, reports: listing({ ...report, reporters: 7, reports }) } });
    expect(all(panel, '[part="report"]')).to.have.length(1);
    const said = words(find(panel, '[part="reports"]'));
    expect(said).to.contain('7 reports of 1 message').and.to.contain('Reported by 7 members, most recently');
    expect(said).to.contain('Reported by Cleo').and.to.contain('Reason 2').and.not.to.contain('Reason 3');
    await expectAccessible(panel);
    button(panel, 'Dismiss all').click();
    await settled(panel);
    expect(session.asked).to.deep.equal(['resolve message-1']);
  });

  it('lists more of many, and goes on with the keyboard at the first of them', async () => {
    const messages = Array.from({ length: 5 }, (_, index) => ({ ...report, messageId: `message-${index}` }));
    const some = { ...listing(...messages.slice(0, 2)), messages: 5, reports: 5 };
    const { panel, session } = await shown({ moderation: { ...nothing, reports: some } });
    expect(words(find(panel, '[part="reports"]'))).to.contain('5 reports of 5 messages');
    session.moderate.moreReports = () => {
      panel.moderation = { ...nothing, reports: listing(...messages) };
      return Promise.resolve();
    };
    button(panel, 'Show more').click();
    await waitUntil(() => panel.shadowRoot?.activeElement === all(panel, '[part="report"]')[2]);
    expect(maybeButton(panel, 'Show more')).to.equal(undefined);
    await expectAccessible(panel);
  });

  it('knows of an author who is not here what the database does', async () => {
    const { panel, session } = await shown({ moderation: { ...nothing, reports: listing({ ...report, authorId: 'zoe', authorName: 'Zoe' }) } });
    session.known.set('zoe', { ...plainMember, id: 'zoe', name: 'Zoe', mutedUntil: Infinity });
    button(panel, 'Mute…').click();
    const actions = find<ChatMemberActions>(panel, 'chat-member-actions');
    await waitUntil(() => maybeButton(actions, 'Unmute'));
    expect(words(find(actions, 'h2'))).to.equal('Zoe');
  });

  it('offers nothing about a message that is gone, nor about an account that is', async () => {
    const { panel } = await shown({ moderation: { ...nothing, reports: listing({ ...report, body: '', authorId: null }) } });
    expect(button(panel, 'Delete message').disabled).to.equal(true);
    expect(button(panel, 'Mute…').disabled).to.equal(true);
    expect(button(panel, 'Ban…').disabled).to.equal(true);
    expect(button(panel, 'Dismiss').disabled).to.equal(false);
    await expectAccessible(panel);
  });

  it('bans who wrote the message, after asking once more', async () => {
    const { panel, session } = await shown();
    button(panel, 'Ban…').click();
    const actions = find<ChatMemberActions>(panel, 'chat-member-actions');
    await waitUntil(() => find<HTMLDialogElement>(actions, 'dialog').open);
    expect(session.asked).to.deep.equal([]);
    expect(words(find(actions, 'form'))).to.contain('Ban Bob for 1 day?');
    find<HTMLTextAreaElement>(actions, 'textarea').value = 'Hats';
    button(actions, 'Ban').click();
    await waitUntil(() => !find<HTMLDialogElement>(actions, 'dialog').open);
    expect(session.asked[0]).to.match(/^ban bob \d+ Hats$/);
    await waitUntil(() => session.asked.includes('refresh'));
  });

  it('lets somebody in again', async () => {
    const { panel, session } = await shown();
    expect(words(find(panel, '[part="ban"]'))).to.contain('Dan').and.to.contain('For good').and.to.contain('Insults');
    button(panel, 'Unban Dan').click();
    await settled(panel);
    expect(session.asked).to.deep.equal(['unban dan']);
  });

  it('says where there is nothing to do', async () => {
    const { panel } = await shown({ moderation: nothing });
    expect(words(find(panel, '[part="reports"]'))).to.equal('Reports There is nothing to look at.');
    expect(words(find(panel, '[part="bans"]'))).to.equal('Bans Nobody is banned.');
    await expectAccessible(panel);
  });

  it('sets slow mode, and shows what is set', async () => {
    const { panel, session } = await shown({}, 'moderator');
    await choose(panel, '30');
    expect(session.asked).to.deep.equal(['room {"slowSeconds":30}']);
    panel.room = { ...lobby, slowSeconds: 45 };
    await settled(panel);
    const select = find<HTMLSelectElement>(panel, '[part="settings"] select');
    expect(select.selectedOptions[0]?.textContent).to.equal('One message in 45 seconds');
    expect([...select.options].map(({ value }) => Number(value))).to.deep.equal([0, 5, 30, 45, 60, 300, 900, 3600, 21_600]);
  });

  it('keeps the keyboard where a choice was made, out of use as it is for a moment', async () => {
    const { panel, session } = await shown();
    const select = find<HTMLSelectElement>(panel, '[part="settings"] select');
    let answer = (): void => undefined;
    session.moderate.setRoom = () => new Promise((resolve) => (answer = () => resolve(null)));
    select.focus();
    await choose(panel, '30');
    expect(select.disabled).to.equal(true);
    // With a frame the engine takes the focus from it.
    await nextFrame();
    await nextFrame();
    answer();
    await waitUntil(() => !select.disabled);
    expect(panel.shadowRoot?.activeElement).to.equal(select);
  });

  it('says what was refused, and shows again what holds', async () => {
    const { panel, session } = await shown();
    session.refusal = { code: 'not-allowed' };
    await choose(panel, '60');
    expect(words(find(panel, '[role="alert"]'))).to.equal('You may not do that in this room. Ask its owner.');
    expect(find<HTMLSelectElement>(panel, '[part="settings"] select').value).to.equal('0');
    await expectAccessible(panel);
  });

  it('leaves title and doors to the owner', async () => {
    const { panel } = await shown({}, 'moderator');
    expect(all(panel, '[part="settings"] input')).to.have.length(0);
    const { panel: owners, session } = await shown();
    const title = find<HTMLInputElement>(owners, 'input[name="title"]');
    title.value = ' Night shift ';
    button(owners, 'Save title').click();
    await settled(owners);
    find<HTMLInputElement>(owners, 'input[type="checkbox"]').click();
    await settled(owners);
    expect(session.asked).to.deep.equal(['room {"title":"Night shift"}', 'room {"isPublic":false}']);
  });

  it('makes a link of this page’s own address, good for as long as was chosen', async () => {
    const { panel, session } = await shown();
    expect(maybeButton(panel, 'Copy')).to.equal(undefined);
    find<HTMLSelectElement>(panel, 'select[name="hours"]').value = '168';
    button(panel, 'Create link').click();
    await waitUntil(() => maybeButton(panel, 'Copy'));
    expect(session.asked).to.deep.equal(['invite 604800 null']);
    const link = new URL(find<HTMLInputElement>(panel, 'input[readonly]').value);
    expect(link.searchParams.get('room-invitation')).to.equal('an-invitation');
    expect(link.origin + link.pathname).to.equal(location.origin + location.pathname);
    await expectAccessible(panel);
    panel.close();
    await settled(panel);
    expect(maybe(panel, 'input[readonly]'), 'kept nowhere').to.equal(null);
  });

  it('makes a link for as many people as was chosen', async () => {
    const { panel, session } = await shown();
    const select = find<HTMLSelectElement>(panel, 'select[name="uses"]');
    expect([...select.options].map(({ text }) => text)).to.deep.equal(['Any number', '1 person', '5 people', '10 people', '25 people', '100 people']);
    select.value = '5';
    button(panel, 'Create link').click();
    await waitUntil(() => maybeButton(panel, 'Copy'));
    expect(session.asked).to.deep.equal(['invite 86400 5']);
  });

  it('ends all invitations, after asking once more', async () => {
    const { panel, session } = await shown({}, 'moderator');
    button(panel, 'Create link').click();
    await waitUntil(() => maybeButton(panel, 'Copy'));
    session.asked.length = 0;
    button(panel, 'Revoke all links').click();
    await waitUntil(() => focused(panel) === 'Cancel');
    await expectAccessible(panel);
    button(panel, 'Cancel').click();
    await waitUntil(() => focused(panel) === 'Revoke all links');
    expect(session.asked).to.deep.equal([]);
    button(panel, 'Revoke all links').click();
    await waitUntil(() => maybeButton(panel, 'Revoke'));
    button(panel, 'Revoke').click();
    await waitUntil(() => focused(panel) === 'Revoke all links');
    expect(session.asked).to.deep.equal(['revoke invitations']);
    expect(words(find(panel, '[role="status"]'))).to.equal('Done.');
    expect(maybe(panel, 'input[readonly]'), 'a link that is no good any more').to.equal(null);
  });

  it('is wholly in sight in a narrow page', async () => {
    const { panel } = await shown();
    const { left, right } = find(panel, 'dialog').getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(innerWidth);
    expect(find(panel, '.inside').scrollWidth).to.be.at.most(find(panel, '.inside').clientWidth);
  });
});

describe('<chat-member-actions>', () => {
  async function about(person: Partial<Member> = {}, owner = false): Promise<{ actions: ChatMemberActions; session: FakeSession }> {
    const session = new FakeSession();
    const actions = await fixture<ChatMemberActions>(html`<chat-member-actions
      .person=${{ ...bob, ...person }}
      .owner=${owner}
      .acts=${session.moderate}
    ></chat-member-actions>`);
    await actions.show();
    await settled(actions);
    return { actions, session };
  }
  const offered = (actions: ChatMemberActions): string[] => buttonNames(actions).filter((name) => name !== 'Close');
  const open = (actions: ChatMemberActions): boolean => find<HTMLDialogElement>(actions, 'dialog').open;

  it('offers a moderator mutes and bans', async () => {
    const { actions } = await about();
    expect(offered(actions)).to.deep.equal(['Mute 10 minutes', 'Mute 1 hour', 'Mute for good', 'Ban 1 day', 'Ban for good']);
    expect(words(find(actions, 'h2'))).to.equal('Bob');
    await expectAccessible(actions);
  });

  it('offers the owner roles too, and an end of a mute', async () => {
    const { actions, session } = await about({ mutedUntil: Infinity }, true);
    expect(offered(actions)).to.include('Make moderator');
    expect(words(find(actions, '.quiet'))).to.equal('Muted for good');
    button(actions, 'Unmute').click();
    await waitUntil(() => !open(actions));
    expect(session.asked).to.deep.equal(['unmute bob']);
    const { actions: other } = await about({ role: 'moderator' }, true);
    expect(offered(other)).to.include('Make member');
  });

  it('mutes for as long as the button says', async () => {
    const { actions, session } = await about();
    const before = Date.now();
    button(actions, 'Mute 10 minutes').click();
    await waitUntil(() => !open(actions));
    const until = Number(session.asked[0]?.split(' ')[2]);
    expect(until).to.be.within(before + 600_000, Date.now() + 600_000);
  });

  it('asks once more before a ban, and can be talked out of it', async () => {
    const { actions, session } = await about();
    button(actions, 'Ban for good').click();
    await settled(actions);
    expect(words(find(actions, 'form'))).to.contain('Ban Bob for good?');
    expect(actions.shadowRoot?.activeElement?.localName).to.equal('textarea');
    await expectAccessible(actions);
    button(actions, 'Cancel').click();
    await settled(actions);
    expect(session.asked).to.deep.equal([]);
    button(actions, 'Ban for good').click();
    await settled(actions);
    button(actions, 'Ban').click();
    await waitUntil(() => !open(actions));
    expect(session.asked).to.deep.equal(['ban bob Infinity']);
  });

  it('stays open with the reason when it was refused', async () => {
    const { actions, session } = await about();
    session.refusal = { code: 'not-allowed' };
    button(actions, 'Mute 1 hour').click();
    await waitUntil(() => words(find(actions, '[role="alert"]')) !== '');
    expect(open(actions)).to.equal(true);
  });
});

describe('<chat-room> for who may moderate', () => {
  async function moderated(change = {}): Promise<TestRoom> {
    const test = await roomInPage({}, 600);
    test.session.open({ me: { ...ann, role: 'moderator' }, members: [{ ...ann, role: 'moderator' }, bob], moderation, ...change });
    await test.shown();
    return test;
  }

  it('has a button with the number of open reports, and members have none', async () => {
    const test = await moderated();
    expect(words(find(test.room, '[part="moderation-button"]'))).to.contain('Moderation').and.to.contain('1 open report');
    await expectAccessible(test.room);
    test.session.show({ me: ann, moderation: null });
    await test.shown();
    expect(maybe(test.room, '[part="moderation-button"]')).to.equal(null);
  });

  it('opens the panel, which closes when one is no moderator any more', async () => {
    const test = await moderated();
    find(test.room, '[part="moderation-button"]').click();
    await waitUntil(() => maybe<ChatModeration>(test.room, 'chat-moderation')?.shadowRoot?.querySelector('dialog')?.open, 'opened', loading);
    expect(test.session.asked).to.include('refresh');
    test.session.show({ moderation: null });
    await test.shown();
    expect(maybe(test.room, 'chat-moderation')).to.equal(null);
  });

  for (const [what, change] of [
    ['a message', {}],
    ['a deleted message', { deleted: true, body: '' }],
  ] as const) {
    it(`opens from ${what} what can be done about its author, who is not here`, async () => {
      const test = await moderated({
        messages: [message({ id: 'his', seq: 1, authorId: 'zoe', authorName: 'Zoe', may: { ...plainMessage.may, moderate: true }, ...change })],
      });
      test.session.known.set('zoe', { ...plainMember, id: 'zoe', name: 'Zoe', mutedUntil: Infinity });
      const row = find(test.timeline, 'chat-message');
      row.focus();
      await waitUntil(() => maybe(row, 'chat-message-actions'));
      const buttons = find(row, 'chat-message-actions');
      await waitUntil(() => maybeButton(buttons, 'More'));
      expect(buttonNames(buttons)).to.deep.equal(['More']);
      button(buttons, 'More').click();
      await waitUntil(() => maybeButton(buttons, 'Moderate Zoe'));
      button(buttons, 'Moderate Zoe').click();
      await waitUntil(() => maybe(test.room, 'chat-member-actions')?.shadowRoot?.querySelector('dialog')?.open, 'opened', loading);
      const actions = find<ChatMemberActions>(test.room, 'chat-member-actions');
      expect(words(find(actions, 'h2'))).to.equal('Zoe');
      await waitUntil(() => maybeButton(actions, 'Unmute'));
      expect(test.session.asked).to.include('member zoe');
      await expectAccessible(test.room);
      button(actions, 'Ban for good').click();
      await settled(actions);
      button(actions, 'Ban').click();
      await waitUntil(() => test.session.asked.includes('ban zoe Infinity'));
    });
  }

  it('opens what can be done about a member, and goes back to the list', async () => {
    const test = await moderated();
    const members = find(test.room, 'chat-members');
    button(members, 'Moderate Bob').focus();
    button(members, 'Moderate Bob').click();
    await waitUntil(() => maybe(test.room, 'chat-member-actions')?.shadowRoot?.querySelector('dialog')?.open, 'opened', loading);
    const actions = find<ChatMemberActions>(test.room, 'chat-member-actions');
    button(actions, 'Mute 1 hour').click();
    await waitUntil(() => test.session.asked.some((what) => what.startsWith('mute bob')));
    await waitUntil(() => !find<HTMLDialogElement>(actions, 'dialog').open);
    expect(members.shadowRoot?.activeElement).to.equal(button(members, 'Moderate Bob'));
  });
});
