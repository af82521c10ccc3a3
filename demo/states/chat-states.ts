import type { ChatSnapshot, Reaction, TimelineMessage } from '../../src/chat/model.ts';
import { evening } from './evening.ts';
import { night, stillRoom } from './fakes.ts';
import { heard, longNamed, nightBus, shared, slowLight } from './music.ts';
import { ada, crowd, everybody, jonas, mia, noor, said } from './people.ts';
import { player, plays } from './player-states.ts';
import { click, press, type, within, type State } from './state.ts';

export type Change = Partial<ChatSnapshot>;

const lobby = { id: 'lobby', slug: 'lobby', title: 'Lobby', slowSeconds: 0, isPublic: true, allowsGuests: true };

export function room(change: Change, height = 560): HTMLElementTagNameMap['chat-room'] {
  const element = document.createElement('chat-room');
  Object.assign(element, { room: 'lobby', supabaseUrl: '/supabase', supabaseKey: 'states', clock: night });
  element.style.setProperty('--roomtone-chat-block-size', `${height}px`);
  element.createSession = () => stillRoom({ room: lobby, ...change });
  return element;
}

const reaction = (emoji: string, count: number, mine: boolean): Reaction => ({ emoji, count, mine, names: ['Ada Okonkwo', 'Jonas'].slice(0, count) });

const opening = said(31, jonas, 'Good evening everybody');
const question = said(24, mia, 'Always. What are you listening to?');

/** What is said on an evening: groups, an answer, reactions, a name, a link, one that was deleted, other scripts. */
export const talk: readonly TimelineMessage[] = [
  opening,
  said(30, jonas, 'Is anybody else still up?'),
  { ...question, reactions: [reaction('♥', 2, false), reaction('✓', 1, true)] },
  said(22, ada, 'The same record since Tuesday. @Mia Tanaka, the second side is the best thing anybody made that year: https://example.com/second-side', {
    mentions: [{ id: mia.id, name: mia.name }],
    mentionsMe: true,
  }),
  said(20, noor, 'ערב טוב! גם אני כאן', { replyTo: { id: opening.id, authorName: opening.authorName, body: opening.body, state: 'known' } }),
  said(19, noor, '', { deleted: true }),
  said(12, jonas, nightBus.title, { track: shared(nightBus) }),
  said(4, mia, 'Oh, that one is lovely', { editedAt: evening - 180_000 }),
  said(3, mia, 'Putting it on next'),
];

const sharings: readonly TimelineMessage[] = [
  said(10, mia, 'It goes on and on. '.repeat(60)),
  said(9, ada, 'Rooms', { track: { uri: slowLight.album.uri, title: 'Rooms', artists: 'Aki Moriyama' } }),
  said(8, ada, 'For the last train', { track: { uri: `spotify:playlist:${'g'.repeat(22)}`, title: 'For the last train', artists: '' } }),
  said(7, jonas, longNamed.title, { track: shared(longNamed) }),
];

export const open: Change = { status: 'ready', me: mia, members: everybody, hereCount: 4, messages: talk };
const unsent = [
  said(2, mia, 'Has anybody a spare umbrella?', { seq: null, state: 'failed', problem: { code: 'network' } }),
  said(1, mia, 'Never mind, it stopped', { seq: null, state: 'sending', problem: { code: 'token-expired' } }),
];
const refused = said(4, mia, 'Oh, that one is lovely', {
  may: { reply: true, react: true, edit: true, remove: true, report: false, moderate: false },
  unsaved: { id: 'edit', body: 'Oh, that one is lovely. Who plays the vibraphone?', mentions: [], problem: { code: 'muted', waitSeconds: 600 } },
});
export const moderation = {
  reports: {
    list: [
      {
        messageId: opening.id,
        authorId: jonas.id,
        authorName: jonas.name,
        body: 'Buy my mixtape',
        reporters: 4,
        reports: [
          { reporterName: ada.name, reason: 'The third time today', at: evening - 900_000 },
          { reporterName: noor.name, reason: 'ספאם', at: evening - 960_000 },
          { reporterName: mia.name, reason: '', at: evening - 1_000_000 },
        ],
      },
      {
        messageId: question.id,
        authorId: noor.id,
        authorName: noor.name,
        body: '',
        reporters: 1,
        reports: [{ reporterName: jonas.name, reason: '', at: evening - 1_200_000 }],
      },
    ],
    messages: 23,
    reports: 26,
  },
  bans: [{ userId: 'eve', name: 'Eve', until: Infinity, reason: 'Advertising' }],
  loading: false,
};

export const chat = (name: string, title: string, change: Change, more: Partial<State> = {}, height?: number): State => ({
  id: `chat-room-${name}`,
  title,
  width: 380,
  make: () => room(change, height),
  ...more,
});

const short = 340;
/** The row of the message `back` from the end, with its buttons. */
export const attend = async (element: Element, back: number): Promise<HTMLElement> => {
  const timeline = await within(element, 'chat-timeline');
  await within(timeline, 'chat-message');
  const row = [...(timeline.shadowRoot?.querySelectorAll('chat-message') ?? [])].at(-back) as HTMLElement;
  row.focus({ preventScroll: true });
  await within(row, 'chat-message-actions', 'button');
  return row;
};

/** A room whose visitor's own player is there, and shows itself elsewhere. */
function listening(element: HTMLElement): HTMLElement {
  const around = player(plays(), [element]);
  around.controls = 'none';
  return around;
}

export const chatStates: readonly State[] = [
  chat('loading', 'the room is looked up', { room: null }, {}, short),
  chat('connecting', 'the visitor is joining', { status: 'connecting' }, {}, short),
  chat('door', 'it asks for a name', { status: 'signed-out' }, {}, 400),
  chat('door-refused', 'it takes no guests', { status: 'signed-out', room: { ...lobby, allowsGuests: false }, problem: { code: 'guests-refused' } }, {}, 420),
  chat('door-name', 'a name that does not do', { status: 'signed-out' }, { reach: (element) => click(element, 'chat-guest-form', 'button') }, 420),
  chat('door-invitation', 'an invitation that is over', { room: null, status: 'failed', problem: { code: 'invitation-invalid' } }, {}, short),
  chat('banned', 'a moderator banned the visitor', { room: null, status: 'failed', problem: { code: 'banned' } }, {}, short),
  chat('empty', 'nobody has written', { ...open, messages: [] }, {}, 400),
  chat('talk', 'a conversation', open, {}, 700),
  chat('music', 'the visitor’s own track, and the switch', open, { make: () => listening(room(open, 420)) }),
  chat('unsent', 'one message failed, one waits', { ...open, messages: [...talk.slice(-2), ...unsent] }, {}, 440),
  chat('unsaved', 'an edit was refused, and is kept', { ...open, messages: [...talk.slice(0, -2), refused] }, {}, 440),
  chat('unread', 'what came meanwhile; somebody writes', { ...open, firstUnread: talk[6]?.id ?? null, unread: 3, typing: [ada, jonas] }),
  chat('earlier', 'what was said earlier is on its way', { ...open, messages: talk.slice(0, 2), hasOlder: true, loadingOlder: true }, {}, short),
  chat('shared', 'an album and a playlist were shared, and a long message', { ...open, messages: sharings }, {}, 520),
  chat('reconnecting', 'the connection is repaired', { ...open, status: 'reconnecting' }, {}, short),
  chat('reading-back', 'a message from long ago is looked for', { ...open, progress: { to: 'source', done: 12_000, of: 60_000 } }, {}, short),
  chat('reading-on', 'what was missed is read', { ...open, status: 'reconnecting', progress: { to: 'end', done: 21_000, of: 60_000 } }, {}, short),
  chat('refused', 'what was just done was refused', { ...open, notice: { code: 'slow-mode', waitSeconds: 30 } }, {}, short),
  chat('stopped', 'it failed, and what was read stays', { ...open, status: 'failed', problem: { code: 'not-signed-in' } }, {}, short),
  chat('failed', 'there is no room', { room: null, status: 'failed', problem: { code: 'network' } }, {}, short),
  chat('members', 'who is here, over the conversation', open, { reach: (element) => click(element, '.members-toggle') }),
  chat('wide', 'who is here, beside it', { ...open, moderation }, { width: 720 }),
  chat('slow', 'slow mode', { ...open, slowUntil: evening + 20_000 }, {}, short),
  chat('muted', 'a moderator muted the visitor', { ...open, me: { ...mia, role: 'member', mutedUntil: evening + 600_000 } }, {}, short),
  chat('reply', 'an answer begins', open, { reach: async (element) => click(await attend(element, 3), 'chat-message-actions', 'button:nth-of-type(2)') }, short),
  chat('edit', 'a message is changed', open, { reach: async (element) => press('ArrowUp', await within(element, 'chat-composer', 'textarea')) }, short),
  chat('too-long', 'a message that is too long', open, { reach: (element) => type('la '.repeat(1340), element, 'chat-composer', 'textarea') }, 420),
  chat('sharing', 'others see what the visitor listens to', { ...open, sharingListening: true, me: { ...mia, listening: heard(nightBus) } }, {
    make: () => listening(room({ ...open, sharingListening: true }, 420)),
  }),
  chat('crowd', 'many are here, and one is looked for', { ...open, members: crowd, hereCount: crowd.length }, {
    width: 720,
    reach: async (element) => {
      // In a narrow box it lies over the conversation, and is opened.
      if (!element.shadowRoot?.querySelector('chat-members')) await click(element, '.members-toggle');
      await type('i', element, 'chat-members', 'input');
    },
  }),
  chat('complete', 'a name is completed', open, { alone: true, reach: (element) => type('Good night @a', element, 'chat-composer', 'textarea') }, short),
  {
    id: 'layout-side-by-side',
    title: 'player and room side by side',
    width: 1120,
    make: () => player(plays(), [room(open)]),
  },
  {
    id: 'layout-stacked',
    title: 'player and room, stacked',
    width: 380,
    make: () => player(plays(), [room(open, 460)]),
  },
];
