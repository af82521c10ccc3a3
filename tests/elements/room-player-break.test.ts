import { expect } from '@open-wc/testing';
import type { PlayerSnapshot } from '../../src/player/snapshot.js';
import { collection } from './support/fake-library.js';
import { playing } from './support/fake-session.js';
import { settled } from './support/player-host.js';
import { clearPlayers, playerScene, shownPlayer, type PlayerScene } from './support/player-scene.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, find, maybe, maybeButton, words } from './support/shadow.js';
import { track } from './support/tracks.js';

const field = ({ player }: PlayerScene): HTMLInputElement => find<HTMLInputElement>(find(player, 'track-search'), 'input');

function lookFor(search: Element, text: string): void {
  const input = find<HTMLInputElement>(search, 'input');
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
}

/** The visitor has looked for something, and found it. */
async function searched(): Promise<PlayerScene> {
  const scene = await shownPlayer(playing());
  scene.session.onSearch = async () => ({ tracks: [track(1)], nextOffset: null });
  lookFor(find(scene.player, 'track-search'), 'slow');
  await settled(scene.player);
  return scene;
}

describe('<room-player> in a break', () => {
  afterEach(clearPlayers);

  const failed: Partial<PlayerSnapshot> = { status: 'failed', track: null, problem: { code: 'device-lost', remedy: 'retry' } };
  const breaks: readonly (readonly [name: string, ...states: Partial<PlayerSnapshot>[]])[] = [
    ['the device is asked back', { status: 'reconnecting' }],
    ['the device is lost, and the visitor tries again', { status: 'reconnecting' }, failed, { status: 'loading', problem: null }, { status: 'connecting' }],
    ['playback goes elsewhere', { status: 'elsewhere', track: null }],
  ];
  for (const [name, ...states] of breaks) {
    it(`what was looked for is still there after it: ${name}`, async () => {
      const scene = await searched();
      for (const state of states) {
        await scene.show(state);
        await expectAccessible(scene.player);
      }
      await scene.show({ status: 'ready', problem: null });
      expect(field(scene).value).to.equal('slow');
      expect(all(find(scene.player, 'track-search'), '[part~="result"]')).to.have.length(1);
      expect(find(scene.player, 'track-search').checkVisibility()).to.equal(true);
    });
  }

  it('shows no panel while the player itself is not shown', async () => {
    const scene = await searched();
    await scene.show({ status: 'connecting', track: null });
    expect(find(scene.player, 'track-search').checkVisibility()).to.equal(false);
    expect(maybe(scene.player, '[role="tablist"]')).to.equal(null);
  });

  it('leaves the lists at hand while another device plays, and says where', async () => {
    const scene = await searched();
    await scene.show({ status: 'elsewhere', elsewhere: 'Kitchen', track: null });
    expect(find(scene.player, 'track-search').checkVisibility()).to.equal(true);
    expect(find(scene.player, '.stage .message').checkVisibility()).to.equal(true);
    expect(words(find(scene.player, '.stage'))).to.contain('Playing on Kitchen');
    await expectAccessible(scene.player);
  });

  it('keeps nothing for the next visitor', async () => {
    const scene = await searched();
    await scene.show({ status: 'signed-out', track: null });
    expect(maybe(scene.player, 'track-search')).to.equal(null);
    await scene.show({ status: 'loading' });
    expect(maybe(scene.player, 'track-search')).to.equal(null);
    await scene.show(playing());
    expect(field(scene).value).to.equal('');
  });

  describe('keeps nothing for the next account where the sign-in was forgotten', () => {
    for (const code of ['not-on-list', 'premium-required'] as const) {
      const steps: readonly Partial<PlayerSnapshot>[] = [
        { status: 'failed', track: null, problem: { code, remedy: 'connect' } },
        { status: 'signing-in', problem: null },
        { status: 'loading' },
        { status: 'connecting' },
        playing(),
      ];

      it(`${code}: neither what was looked for nor the tab`, async () => {
        const scene = await searched();
        button(scene.player, 'Library').click();
        await settled(scene.player);
        for (const step of steps) await scene.show(step);
        expect(words(find(scene.player, '[aria-selected="true"]'))).to.equal('Search');
        expect(field(scene).value).to.equal('');
        expect(all(find(scene.player, 'track-search'), '[part~="result"]')).to.have.length(0);
      });

      it(`${code}: nor what a search that the page placed by hand found, opened and added`, async () => {
        const search = document.createElement('track-search');
        const scene = await shownPlayer(playing(), [search]);
        scene.player.controls = 'none';
        scene.session.library.collections = { items: [collection(1)], nextOffset: null };
        scene.session.library.tracks = { items: [track(4)], nextOffset: null };
        lookFor(search, 'slow');
        await settled(search);
        button(search, 'Albums').click();
        await settled(search);
        button(search, 'Open Album 1 by Artist 1').click();
        await settled(search);
        button(search, 'Add Track 4 to the queue').click();
        await settled(search);
        expect(words(find(search, '[role="status"]'))).to.equal('Track 4 is in the queue');
        for (const step of steps) {
          await scene.show(step);
          await settled(search);
        }
        expect(find<HTMLInputElement>(search, 'input').value).to.equal('');
        expect(maybeButton(search, 'Back')).to.equal(undefined);
        expect(words(find(search, '[role="status"]'))).to.equal('');
      });
    }
  });
});

describe("the host page's source of tokens", () => {
  afterEach(clearPlayers);

  it('may be another function with each render: the music goes on, and the newest is asked', async () => {
    const scene = playerScene();
    const { player, options, sessions } = scene;
    player.clientId = '';
    player.getToken = () => 'first';
    document.body.append(player);
    await player.updateComplete;
    await scene.show(playing());
    for (const token of ['second', 'third']) {
      player.getToken = () => token;
      await player.updateComplete;
      expect(await options[0]?.getToken?.()).to.equal(token);
    }
    expect(sessions.map(({ disposed }) => disposed)).to.deep.equal([0]);
    expect(player.snapshot.status).to.equal('ready');
  });

  it('may come and go, which is another way to sign in', async () => {
    const { player, options, sessions, clock } = playerScene();
    document.body.append(player);
    await player.updateComplete;
    player.getToken = () => 'token';
    await player.updateComplete;
    player.getToken = undefined;
    await player.updateComplete;
    clock.tick(0);
    expect(options.map(({ getToken }) => Boolean(getToken))).to.deep.equal([false, true, false]);
    expect(sessions.map(({ disposed }) => disposed)).to.deep.equal([1, 1, 0]);
  });
});
