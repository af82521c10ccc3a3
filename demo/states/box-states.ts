import { attend, chat, moderation, open, room, type Change } from './chat-states.ts';
import { ada, jonas, mia } from './people.ts';
import { click, type, within, type State } from './state.ts';

/** A state that lies above the page: a menu, a dialog, the bubble. */
const above = (name: string, title: string, change: Change, reach: NonNullable<State['reach']>): State => chat(name, title, change, { alone: true, reach });

const bubble = (name: string, title: string, isOpen: boolean, change: Change): State => ({
  ...above(`bubble${name}`, title, {}, (element) => within(element, '.launcher')),
  make: () => Object.assign(room(change), { variant: 'bubble', open: isOpen }),
});

/** The nth button of the message `back` from the end. */
async function act(element: Element, back: number, nth: number): Promise<HTMLElement> {
  const row = await attend(element, back);
  await click(row, 'chat-message-actions', `.bar button:nth-of-type(${nth})`);
  await within(row, 'chat-message-actions', '.popup');
  return row;
}

async function report(element: Element): Promise<void> {
  const row = await act(element, 3, 3);
  await click(row, 'chat-message-actions', '[role="menuitem"]:nth-of-type(2)');
  await within(element, 'chat-report', 'dialog[open]');
}

async function moderateMember(element: Element): Promise<void> {
  await click(element, '.members-toggle');
  await click(element, 'chat-members', '.moderate');
  await within(element, 'chat-member-actions', 'dialog[open]');
}

async function moderate(element: Element): Promise<void> {
  await click(element, '.moderation-button');
  await within(element, 'chat-moderation', 'dialog[open]');
}

const moderated: Change = { ...open, moderation };

export const boxStates: readonly State[] = [
  above('menu', 'what can be done with a message', open, (element) => act(element, 1, 3)),
  above('remove', 'a message is about to be deleted', open, async (element) => {
    const row = await act(element, 1, 3);
    await click(row, 'chat-message-actions', '[role="menuitem"]:nth-of-type(2)');
    await within(row, 'chat-message-actions', '.question');
  }),
  above('emoji', 'a reaction is chosen', open, async (element) => {
    const row = await act(element, 1, 1);
    await within(row, 'chat-message-actions', '.emoji button');
  }),
  above('report', 'a message is reported', open, report),
  above('reported', 'the report is on its way to the moderators', open, async (element) => {
    await report(element);
    await click(element, 'chat-report', '.primary');
    await within(element, 'chat-report', '[role="status"]');
  }),
  above('moderation', 'what moderators look after', moderated, moderate),
  above('moderation-nothing', 'nothing to look after, as a moderator', { ...open, me: { ...mia, role: 'moderator' }, moderation: { reports: { list: [], messages: 0, reports: 0 }, bans: [], loading: false } }, moderate),
  above('moderation-link', 'a link into the room was made', moderated, async (element) => {
    await moderate(element);
    await click(element, 'chat-moderation', '[part="invitation"] form button');
    await within(element, 'chat-moderation', 'input[readonly]');
  }),
  above('member', 'what can be done about a member', moderated, moderateMember),
  above('ban', 'a member is about to be banned', moderated, async (element) => {
    await moderateMember(element);
    await click(element, 'chat-member-actions', '.act.danger');
    await type('Advertising', element, 'chat-member-actions', 'textarea');
  }),
  bubble('', 'a bubble', false, open),
  bubble('-news', 'a bubble, with news', false, { ...open, unread: 3 }),
  bubble('-open', 'the bubble’s panel', true, { ...open, members: [mia, ada, jonas] }),
];
