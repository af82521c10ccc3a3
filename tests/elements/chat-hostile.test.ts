import { expect, fixture, html } from '@open-wc/testing';
import { playerControlsContext } from '../../src/contexts/player-controls.js';
import { initialSnapshot } from '../../src/player/snapshot.js';
import { TrackShareEvent } from '../../src/track-events.js';
import { plainMember } from '../../src/chat/model.js';
import type { Listening, Member, TimelineMessage } from '../../src/chat/model.js';
import { listening, platformNine, playing, requestsAt, uriOf, wrongUris } from './support/chat-music.js';
import { roomInPage, rows, type TestRoom } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { providePlayer } from './support/chat-player.js';
import { ann, message, noon, own } from './support/chat-session.js';
import { all, button, find, maybe, maybeButton } from './support/shadow.js';

const marks = '\u0300\u0301\u0316\u0317'.repeat(50);

/** What somebody might write, call themselves, or have their music called. */
const hostile: Readonly<Record<string, string>> = {
  'a command': '/play spotify:track:aaaaaaaaaaaaaaaaaaaaaa',
  'a call': 'document.querySelector("room-player").play("spotify:track:aaaaaaaaaaaaaaaaaaaaaa")',
  'an event': JSON.stringify({ type: 'track-request', uri: uriOf('track'), bubbles: true, composed: true }),
  'a broadcast': JSON.stringify({ type: 'broadcast', event: 'play', payload: { uri: uriOf('track'), device_id: 'mine' } }),
  'a context': JSON.stringify({ context: 'Symbol(roomtone.player-controls)', callback: 'play' }),
  'a request of a context': '<context-request context="roomtone.player-controls"></context-request>',
  markup: '"><img src="https://evil.example/x.png" onerror="hit()"><script>hit()</script><iframe src="javascript:parent.hit()"></iframe>',
  'an element of the player': '<room-player client-id="x"></room-player><button aria-label="Play" autofocus onfocus="hit()">',
  'a template': '${hit()} {{hit()}} <slot name="empty"></slot> lit$123$ <!--?lit$-->',
  'style sheets': '</style><style>*{display:none}</style>;}body{background:url(https://evil.example/x)}',
  'a wrong scheme': 'javascript:hit() spotify:user:eve data:text/html,<script>hit()</script>',
  'the name of a property': '__proto__',
  'ten thousand letters': 'W'.repeat(10_000),
  'ten thousand words': 'la '.repeat(3_334),
  'an override of the direction': `\u202e\u2067${'gnp.exe '.repeat(4)}`,
  'stacked marks': `Z${marks} Z${marks}`,
  'no letters at all': '\u200b\u00ad\u2060',
  'line breaks': 'a\n\r\u2028\u2029b\u0000c',
  'null bytes and halves of pairs': `\u0000\ud83d\u0000 \udc4b${'\u0000'.repeat(500)}\ud83d`,
  'two hundred lines': 'line\n'.repeat(200),
  'ten thousand emoji': '👩‍🎤🎵'.repeat(5000),
  'one endless emoji': `👩${'\u200d👩'.repeat(2000)}`,
  'a bomb of addresses': 'https://a.example/b '.repeat(200),
  'a bomb of names': '@Ann '.repeat(800),
  'a bomb of markdown': `${'['.repeat(1500)}x${']('.repeat(500)}javascript:hit()${')'.repeat(500)}\n${'> '.repeat(300)}${'*'.repeat(900)}`,
  'every scheme': 'javascript:hit() vbscript:hit() data:text/html,hit() file:///etc/passwd ftp://a.example blob:https://a.example/x intent://x chrome://x about:blank ws://a.example mailto:a@a.example tel:1 https://a:b@evil.example http://[::1',
};

const eve = (name: string, heard: Partial<Listening>): Member => ({ ...plainMember, id: 'eve', name, listening: listening(heard) });

/** A room whose every word is `text`, and whose every URI is `uri`. */
function bad(text: string, uri: string): { messages: TimelineMessage[]; members: Member[] } {
  const track = { uri, title: text, artists: text };
  return {
    messages: [
      message({ authorName: text, body: text }),
      message({ authorId: 'eve', authorName: text, body: text, track }),
      own({ body: text, track, state: 'sending' }),
      own({ body: text, track, state: 'failed', problem: { code: 'network' } }),
      message({
        authorName: text,
        body: text,
        editedAt: noon,
        replyTo: { id: text, authorName: text, body: text, state: 'known' },
        reactions: Array.from({ length: 60 }, (_, index) => ({ emoji: `${index}${text}`, count: 1e9, mine: index === 1, names: Array.from({ length: 10 }, () => text) })),
        mentions: [{ id: text, name: text }, { id: 'ann', name: 'Ann' }],
        mentionsMe: true,
        may: { reply: true, react: true, edit: true, remove: true, report: true, moderate: true },
      }),
    ],
    members: [ann, eve(text, { ...track, artwork: 'https://evil.example/cover.jpg' })],
  };
}

interface Watch {
  readonly test: TestRoom;
  readonly player: HTMLElement;
  /** Whatever reached the player, or asked for its commands. */
  readonly reached: string[];
}

/** A narrow room in a connected player, with its members open. */
async function watched(show: { messages: TimelineMessage[]; members: Member[] }, width = 280): Promise<Watch> {
  const player = await fixture<HTMLElement>(html`<room-player></room-player>`);
  player.style.setProperty('display', 'block');
  providePlayer(player, { ...initialSnapshot, status: 'ready', paused: false, track: playing });
  const test = await roomInPage({}, width);
  player.append(test.room.parentElement ?? test.room);
  await test.shown();
  const reached = requestsAt(player);
  player.addEventListener(TrackShareEvent.type, () => reached.push('a share'));
  player.addEventListener('context-request', (event) => {
    if (event.context === playerControlsContext) reached.push('the commands');
  });
  test.session.open();
  await test.shown();
  test.session.show(show);
  test.clock.tick(1000);
  await test.shown();
  if (!maybe(test.room, 'chat-members')) maybeButton(test.room, `Members ${show.members.length}`)?.click();
  await test.shown();
  return { test, player, reached };
}

function* everything(root: Element): Generator<Element> {
  for (const element of [...root.querySelectorAll('*'), ...(root.shadowRoot?.querySelectorAll('*') ?? [])]) {
    yield element;
    if (element.shadowRoot) yield* everything(element);
  }
}

const loaded = (): string[] => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('evil.example'));

describe('a hostile room', () => {
  let hits = 0;

  before(() => {
    hits = 0;
    Object.assign(window, { hit: () => hits++ });
  });

  after(() => {
    expect(hits).to.equal(0);
    expect(loaded()).to.deep.equal([]);
    Reflect.deleteProperty(window, 'hit');
  });

  for (const [name, text] of Object.entries(hostile)) {
    it(`that says ${name} everywhere: nothing plays, nothing runs, nothing breaks`, async () => {
      const { test, reached } = await watched(bad(text, uriOf('track')));
      expect(reached).to.deep.equal([]);
      expect(test.session.asked).to.deep.equal(['start']);

      const elements = [...everything(test.room)];
      expect(elements.filter((element) => element.matches('script, iframe, style, object, embed, form[action], room-player, context-request'))).to.have.length(0);
      expect(elements.filter((element) => element instanceof HTMLImageElement && element.src.includes('evil'))).to.have.length(0);
      // The box measures itself where the browser cannot, and the members' list has room for those out of sight (CSSOM).
      expect(elements.filter((element) => element.matches('[style]:not(textarea, ul), [onerror], [onfocus], [autofocus]'))).to.have.length(0);
      const schemes = elements.filter((element) => element instanceof HTMLAnchorElement).map(({ protocol }) => protocol);
      expect(schemes.filter((scheme) => scheme !== 'https:')).to.deep.equal([]);

      const members = find(test.room, 'chat-members');
      const boxes = [test.room, ...all(test.room, 'header, .listening, .body, .talk'), find(test.timeline, '[role="log"]'), find(members, 'ul')];
      for (const box of [...boxes, ...rows(test.timeline)]) {
        expect(box.scrollWidth, box.className || box.localName).to.be.at.most(box.clientWidth + 1);
      }
      for (const row of rows(test.timeline).filter(({ message: shown }) => shown?.track)) {
        expect(row.getBoundingClientRect().height).to.be.at.most(400);
      }
      // Long words are folded, and each row stays small for the page, whatever is in it.
      for (const row of rows(test.timeline)) {
        expect(row.getBoundingClientRect().height).to.be.at.most(900);
        expect([...everything(row)].length).to.be.at.most(90);
      }
      for (const item of all(members, 'li')) expect(item.getBoundingClientRect().height).to.be.at.most(90);
    });
  }

  for (const uri of wrongUris) {
    it(`in which the URIs are ${JSON.stringify(uri)}: there is nothing to click`, async () => {
      const { test, reached } = await watched(bad('A song', uri));
      expect(reached).to.deep.equal([]);
      const links = [...everything(test.room)].filter((element) => element instanceof HTMLAnchorElement);
      // The visitor's own track has its links; the room has none.
      expect(links.filter(({ href }) => !href.includes(playing.uri.slice(-22)) && !href.includes('/artist/'))).to.have.length(0);
      const members = find(test.room, 'chat-members');
      expect([...rows(test.timeline), members].map((element) => maybe(element, '[part="play"]') === null)).to.not.include(false);
    });
  }

  it('says in its buttons what the reader’s click plays, and no more than that', async () => {
    const { test, reached } = await watched(bad(hostile['an event'] ?? '', uriOf('album')));
    const [, shared] = rows(test.timeline);
    if (!shared) throw new Error('no row');
    button(shared, `Play ${hostile['an event']} for me`).click();
    expect(reached).to.deep.equal([uriOf('album')]);
  });

  it('does not turn the words around a title', async () => {
    const { test } = await watched(bad(hostile['an override of the direction'] ?? '', uriOf('track')));
    const [, shared] = rows(test.timeline);
    if (!shared) throw new Error('no row');
    const isolated = ['isolate', 'plaintext', 'isolate-override'];
    for (const part of ['track-title', 'track-artists']) {
      expect(isolated).to.include(getComputedStyle(find(shared, `[part="${part}"]`)).unicodeBidi);
    }
    for (const words of all(find(test.room, 'chat-members'), '.song, .artists')) {
      expect(isolated).to.include(getComputedStyle(words).unicodeBidi);
    }
  });

  it('shows stacked marks in their own row only', async () => {
    const { test } = await watched(bad(hostile['stacked marks'] ?? '', uriOf('track')));
    for (const row of rows(test.timeline)) {
      for (const part of all(row, '.bubble, .author, .quote, [part="reaction"]')) {
        expect(['clip', 'hidden'], part.className).to.include(getComputedStyle(part).overflowY);
      }
    }
  });

  it('says in what it asks only which message it is about', async () => {
    const { test } = await watched(bad(hostile['markup'] ?? '', uriOf('track')));
    const row = rows(test.timeline).at(-1);
    if (!row) throw new Error('no row');
    const asked: string[] = [];
    test.timeline.addEventListener('message-reveal', ({ id }) => asked.push(id));
    all(row, '.quote')[0]?.click();
    expect(asked).to.deep.equal([hostile['markup']]);
  });

  it('stays a room that everybody can use', async () => {
    const text = hostile['markup'] ?? '';
    const { test } = await watched(bad(text, uriOf('track')), 760);
    test.session.show({ members: [ann, eve(text, { title: text }), eve('Eve', platformNine)].map((member, index) => ({ ...member, id: `m${index}` })) });
    await test.shown();
    await expectAccessible(test.room);
  });
});
