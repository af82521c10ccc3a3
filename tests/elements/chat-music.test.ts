import { expect, fixture, html } from '@open-wc/testing';
import { initialSnapshot, type PlayerSnapshot } from '../../src/player/snapshot.js';
import { RoomReadyEvent, TrackShareEvent } from '../../src/track-events.js';
import { listening, ownCover, platformNine, playing, requestsAt, uriOf } from './support/chat-music.js';
import { recordWarnings, roomInPage, rows, settled, type TestRoom } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { providePlayer } from './support/chat-player.js';
import { ann, bob, message, own } from './support/chat-session.js';
import { all, button, find, maybe, maybeButton, words } from './support/shadow.js';

const label = 'Show others what I am listening to';
const ready: PlayerSnapshot = { ...initialSnapshot, status: 'ready', paused: false, track: playing };

interface Scene {
  readonly test: TestRoom;
  readonly player: HTMLElement;
  /** What the player does from now on. */
  plays(change: Partial<PlayerSnapshot>): Promise<void>;
  /** What the room told the player of itself. */
  readonly told: boolean[];
}

/** A room within a player, or beside one that it names. */
async function scene({ named = false, attributes = {}, snapshot = ready, width = 400 } = {}): Promise<Scene> {
  const player = await fixture<HTMLElement>(named ? html`<div id="the-player"></div>` : html`<room-player></room-player>`);
  player.style.setProperty('display', 'block');
  const provider = providePlayer(player, snapshot);
  const told: boolean[] = [];
  player.addEventListener(RoomReadyEvent.type, (event) => told.push((event as RoomReadyEvent).available));
  const test = await roomInPage(named ? { player: 'the-player', ...attributes } : attributes, width);
  if (!named) player.append(test.room.parentElement ?? test.room);
  await test.shown();
  return {
    test,
    player,
    told,
    async plays(change) {
      provider.setValue({ ...ready, ...change });
      await test.shown();
    },
  };
}

async function live(options: Parameters<typeof scene>[0] = {}): Promise<Scene> {
  const made = await scene(options);
  made.test.session.open();
  await made.test.shown();
  return made;
}

const share = (from: EventTarget): void => void from.dispatchEvent(new TrackShareEvent(platformNine.uri, 'Platform Nine', 'Marta Vale', null));
const spoken = (test: TestRoom): string => find(test.room, '[role="status"]').textContent ?? '';
const switchOf = (test: TestRoom): HTMLElement | null => maybe(test.room, '[role="switch"]');
const isOn = (test: TestRoom): string | null => switchOf(test)?.getAttribute('aria-checked') ?? null;

describe('music between a <chat-room> and the visitor’s own player', () => {
  describe('a room that takes shared tracks', () => {
    for (const named of [false, true]) {
      it(`tells the player ${named ? 'that it names' : 'around it'}, and tells when it no longer does`, async () => {
        const { test, told } = await live({ named });
        expect(told).to.deep.equal([true]);
        test.session.show({ status: 'reconnecting' });
        await test.shown();
        expect(told).to.deep.equal([true]);
        test.session.show({ status: 'failed', problem: { code: 'network' } });
        await test.shown();
        expect(told).to.deep.equal([true, false]);
        test.session.open();
        await test.shown();
        expect(told).to.deep.equal([true, false, true]);
      });

      it(`tells the player ${named ? 'that it names' : 'around it'} when it leaves the page, and which room that was`, async () => {
        const { test, player, told } = await live({ named });
        const rooms: (EventTarget | null)[] = [];
        player.addEventListener(RoomReadyEvent.type, (event) => rooms.push((event as RoomReadyEvent).room));
        test.room.remove();
        expect(told).to.deep.equal([true, false]);
        expect(rooms[0] === test.room).to.equal(true);
        share(player);
        expect(test.session.asked.filter((asked) => asked.startsWith('share'))).to.deep.equal([]);
      });

      it(`puts into the conversation what the player ${named ? 'that it names' : 'around it'} shares`, async () => {
        const { test, player } = await live({ named });
        const deep = document.createElement('div');
        player.append(deep);
        share(deep);
        expect(test.session.asked).to.deep.equal(['start', `share ${platformNine.uri}`]);
        test.clock.tick(1000);
        await test.shown();
        expect(spoken(test)).to.equal('Shared in The Lobby');
        await expectAccessible(test.room);
      });
    }

    it('finds the player around it through shadow roots', async () => {
      const { test, player, told } = await live();
      const app = document.createElement('div');
      app.attachShadow({ mode: 'open' }).append(test.room);
      player.append(app);
      await test.shown();
      expect(told.at(-1)).to.equal(true);
      share(player);
      expect(test.session.asked).to.contain(`share ${platformNine.uri}`);
    });

    it('changes over to another player', async () => {
      const { test, player, told } = await live();
      const other = await fixture<HTMLElement>(html`<div id="other"></div>`);
      providePlayer(other, initialSnapshot);
      test.room.player = 'other';
      await test.shown();
      expect(told.slice(0, 2)).to.deep.equal([true, false]);
      share(player);
      expect(test.session.asked).to.deep.equal(['start']);
      share(other);
      expect(test.session.asked).to.deep.equal(['start', `share ${platformNine.uri}`]);
    });

    it('takes nothing before it is open', async () => {
      const { test, player, told } = await scene();
      share(player);
      expect(test.session.asked).to.deep.equal(['start']);
      expect(told).to.deep.equal([]);
    });

    it('says why a track was not taken, until it is put away', async () => {
      const { test, player } = await live();
      test.session.refusal = { code: 'track-invalid' };
      share(player);
      await test.shown();
      expect(words(find(test.room, '[part="bar"] span'))).to.contain('This cannot be shared here.');
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.contain('This cannot be shared here.');
      await expectAccessible(test.room);
      button(test.room, 'Dismiss').click();
      await test.shown();
      expect(all(test.room, '[part="bar"]')).to.have.length(0);
    });

    it('shows a share that was refused later where it stands, and speaks of it', async () => {
      const { test } = await live();
      test.session.write(own({ id: 'lost', body: 'Platform Nine', track: platformNine, state: 'failed', problem: { code: 'rate-limited', waitSeconds: 8 } }));
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.contain('Try again in 8 seconds.');
      const [row] = rows(test.timeline);
      if (!row) throw new Error('no row');
      button(row, 'Retry').click();
      expect(test.session.asked).to.contain('retry lost');
    });

    it('speaks of what others share by its name', async () => {
      const { test } = await live();
      test.session.write(message({ body: 'Platform Nine', track: platformNine }));
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.equal('Bob shared Platform Nine by Paper Lanterns, Marta Vale');
    });
  });

  describe('Play … for me', () => {
    const shared = message({ body: 'Platform Nine', track: platformNine });

    const clickPlay = ({ test }: Scene): void => {
      const [row] = rows(test.timeline);
      if (!row) throw new Error('no row');
      button(row, 'Play Platform Nine for me').click();
    };

    it('reaches the player around the room, once', async () => {
      const made = await live();
      const asked = requestsAt(made.player);
      made.test.session.write(shared);
      await made.test.shown();
      expect(asked).to.deep.equal([]);
      clickPlay(made);
      expect(asked).to.deep.equal([platformNine.uri]);
    });

    it('reaches the player that the room names, and no other', async () => {
      const made = await live({ named: true });
      const asked = requestsAt(made.player);
      const around = requestsAt(made.test.room);
      made.test.session.write(shared);
      await made.test.shown();
      clickPlay(made);
      expect(asked).to.deep.equal([platformNine.uri]);
      expect(around).to.deep.equal([]);
    });

    it('is for what members listen to as well', async () => {
      const made = await live({ width: 760 });
      const asked = requestsAt(made.player);
      made.test.session.show({ members: [ann, { ...bob, listening: listening({ artwork: ownCover }) }] });
      await made.test.shown();
      const members = find(made.test.room, 'chat-members');
      expect(all(members, 'img')).to.have.length(1);
      button(members, 'Play Platform Nine for me').click();
      expect(asked).to.deep.equal([platformNine.uri]);
      await expectAccessible(made.test.room);
    });

    for (const status of ['signed-out', 'failed'] as const) {
      it(`is offered while the player is ${status}, but no cover is loaded`, async () => {
        const { test } = await live({ width: 760, snapshot: { ...initialSnapshot, status } });
        test.session.show({ members: [ann, { ...bob, listening: listening({ artwork: ownCover }) }] });
        await test.shown();
        const members = find(test.room, 'chat-members');
        expect(all(members, 'img')).to.have.length(0);
        expect(all(members, 'button')).to.have.length(1);
      });
    }

    it('is not offered without a player', async () => {
      const test = await roomInPage();
      test.session.open({ messages: [shared] });
      await test.shown();
      expect(rows(test.timeline).flatMap((row) => all(row, 'button'))).to.have.length(0);
    });
  });

  describe(`the switch ${label}`, () => {
    const heard = ({ test }: Scene): string[] => test.session.asked.filter((asked) => /^(sharing|listening)/.test(asked));

    it('is off, and tells nobody anything', async () => {
      const made = await live();
      expect(words(switchOf(made.test))).to.equal(label);
      expect(isOn(made.test)).to.equal('false');
      await made.plays({ track: { ...playing, uri: uriOf('track', 'b') } });
      expect(heard(made)).to.deep.equal([]);
      await expectAccessible(made.test.room);
    });

    it('on, tells what plays, each track once', async () => {
      const made = await live();
      switchOf(made.test)?.click();
      await made.test.shown();
      expect(isOn(made.test)).to.equal('true');
      expect(heard(made)).to.deep.equal([`listening ${platformNine.uri}`, 'sharing true']);
      await made.plays({ positionMs: 5000, volume: 0.3 });
      await made.plays({ track: { ...playing, uri: uriOf('track', 'b') } });
      expect(heard(made).slice(2)).to.deep.equal([`listening ${uriOf('track', 'b')}`]);
      await expectAccessible(made.test.room);
    });

    it('on, tells nothing of a pause, and goes on when the music does', async () => {
      const made = await live();
      switchOf(made.test)?.click();
      await made.plays({ paused: true });
      await made.plays({ track: null });
      await made.plays({});
      expect(heard(made).slice(2)).to.deep.equal(['listening nothing', `listening ${platformNine.uri}`]);
      expect(isOn(made.test)).to.equal('true');
    });

    it('on, waits until it is known what plays is called', async () => {
      const made = await live();
      switchOf(made.test)?.click();
      await made.plays({ track: { ...playing, uri: uriOf('track', 'b'), title: '' } });
      expect(heard(made).slice(2)).to.deep.equal(['listening nothing']);
      await made.plays({ track: { ...playing, uri: uriOf('track', 'b'), title: 'Now it is known' } });
      expect(heard(made).slice(3)).to.deep.equal([`listening ${uriOf('track', 'b')}`]);
    });

    it('hands on title, artists and cover as they are', async () => {
      const made = await live();
      const given: unknown[] = [];
      made.test.session.setListening = (value) => void given.push(value);
      switchOf(made.test)?.click();
      expect(given).to.deep.equal([listening()]);
    });

    it('off, takes it back', async () => {
      const made = await live();
      switchOf(made.test)?.click();
      await made.test.shown();
      switchOf(made.test)?.click();
      await made.test.shown();
      expect(isOn(made.test)).to.equal('false');
      expect(heard(made).slice(2)).to.deep.equal(['listening nothing', 'sharing false']);
      await made.plays({ track: { ...playing, uri: uriOf('track', 'b') } });
      expect(heard(made)).to.have.length(4);
    });

    it('goes off with the player’s connection, and stays off when that comes back', async () => {
      const made = await live();
      switchOf(made.test)?.click();
      await made.plays({ ...initialSnapshot });
      expect(heard(made).slice(2)).to.deep.equal(['listening nothing', 'sharing false']);
      expect(switchOf(made.test) === null).to.equal(true);
      await made.plays({});
      expect(isOn(made.test)).to.equal('false');
      expect(heard(made)).to.have.length(4);
    });

    it('shows what the session says, not what was clicked', async () => {
      const made = await live();
      made.test.session.setSharing = () => undefined;
      switchOf(made.test)?.click();
      await made.test.shown();
      expect(isOn(made.test)).to.equal('false');
      made.test.session.show({ sharingListening: true });
      await made.test.shown();
      expect(isOn(made.test)).to.equal('true');
    });

    it('is there before anything plays, and not before the visitor connects', async () => {
      const made = await live({ snapshot: initialSnapshot });
      expect(switchOf(made.test) === null).to.equal(true);
      await made.plays({ track: null });
      expect(isOn(made.test)).to.equal('false');
    });

    it('is not there without a player, at the door, and where the host leaves it out', async () => {
      const alone = await roomInPage();
      alone.session.open();
      await alone.shown();
      expect(switchOf(alone) === null).to.equal(true);
      const atTheDoor = await scene();
      atTheDoor.test.session.show({ status: 'signed-out' });
      await atTheDoor.test.shown();
      expect(switchOf(atTheDoor.test) === null).to.equal(true);
      const without = await live({ attributes: { 'no-listening-switch': '' } });
      expect(switchOf(without.test) === null).to.equal(true);
    });

    it('turned on and then taken away by the host, it is off', async () => {
      const made = await live();
      switchOf(made.test)?.click();
      await made.test.shown();
      made.test.room.noListeningSwitch = true;
      await made.test.shown();
      expect(heard(made).slice(2)).to.deep.equal(['listening nothing', 'sharing false']);
    });

    it('is turned by the keyboard, and large enough for a finger', async () => {
      const { test } = await live();
      const control = switchOf(test);
      expect(control?.localName).to.equal('button');
      expect(control?.tabIndex).to.equal(0);
      expect(control?.getBoundingClientRect().height).to.be.at.least(24);
    });
  });

  for (const width of [280, 320, 480, 760, 1200]) {
    it(`fits into ${width} px, in both directions`, async () => {
      const { test } = await live({ width });
      test.session.show({
        messages: [message({ body: 'x', track: { ...platformNine, title: 'T'.repeat(300), artists: 'A'.repeat(300) } }), own({ track: platformNine })],
        members: [ann, { ...bob, listening: listening({ title: 'T'.repeat(300) }) }],
      });
      if (!maybe(test.room, 'chat-members')) maybeButton(test.room, 'Members 2')?.click();
      for (const dir of ['ltr', 'rtl']) {
        test.room.dir = dir;
        await test.shown();
        const members = find(test.room, 'chat-members');
        for (const element of [test.room, ...all(test.room, '.listening, .switch, .body'), find(test.timeline, '[role="log"]'), find(members, 'ul')]) {
          expect(element.scrollWidth, element.className || element.localName).to.be.at.most(element.clientWidth + 1);
        }
      }
    });
  }

  it('warns once of a name that leads to no player, and works on', async () => {
    const log = recordWarnings();
    try {
      const test = await roomInPage({ player: 'nobody' });
      test.session.open();
      test.session.write(message({ track: platformNine }));
      await settled(test.room);
      expect(log.warnings).to.have.length(1);
      expect(test.room.status).to.equal('ready');
    } finally {
      log.restore();
    }
  });
});
