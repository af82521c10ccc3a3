import { expect } from '@open-wc/testing';
import type { PlayerSnapshot, Remedy } from '../../src/player/snapshot.js';
import { playing } from './support/fake-session.js';
import { clearPlayers, shownPlayer, type PlayerScene } from './support/player-scene.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, find, maybe, maybeButton, words } from './support/shadow.js';

/** What a screen reader is told. */
const told = (player: Element): string => all(player, '[role="status"]').map(words).filter(Boolean).join(' ');
const left = (player: Element): string => words(maybe(player, '.wait'));

async function waiting(ms: number, remedy: Remedy, change: Partial<PlayerSnapshot> = {}): Promise<PlayerScene> {
  const scene = await shownPlayer({ status: 'connecting' });
  await scene.show({ ...change, problem: { code: 'rate-limited', remedy, retryAt: scene.clock.now() + ms } });
  return scene;
}

async function tick({ player, clock }: PlayerScene, ms: number): Promise<void> {
  clock.tick(ms);
  await player.updateComplete;
}

describe('<room-player> while Spotify wants a break', () => {
  afterEach(clearPlayers);

  it('counts the seconds down, on the second, and ends with a button that can be pressed', async () => {
    const scene = await waiting(11_200, 'retry', { status: 'failed' });
    const { player, session } = scene;
    expect(left(player)).to.equal('Try again in 12 seconds.');
    expect(button(player, 'Try again').disabled).to.equal(true);
    await tick(scene, 200);
    expect(left(player)).to.equal('Try again in 11 seconds.');
    for (let second = 10; second > 1; second--) {
      await tick(scene, 1000);
      expect(left(player)).to.equal(`Try again in ${second} seconds.`);
    }
    await tick(scene, 1000);
    expect(left(player)).to.equal('Try again in 1 second.');
    expect(button(player, 'Try again').disabled).to.equal(true);
    await tick(scene, 1000);
    expect(left(player)).to.equal('');
    button(player, 'Try again').click();
    expect(session.calls).to.deep.equal([['connect']]);
  });

  it('tells a screen reader what is wrong and when it is over, and not each second', async () => {
    const scene = await waiting(5000, 'retry', { status: 'failed' });
    const { player } = scene;
    const first = told(player);
    expect(first).to.contain('Spotify asks for a short break').and.not.to.contain('second');
    for (let second = 0; second < 4; second++) {
      await tick(scene, 1000);
      expect(told(player)).to.equal(first);
    }
    await tick(scene, 1000);
    expect(told(player)).to.contain('You can try again now.').and.not.to.contain('break');
  });

  it('counts beside the music, and says calmly when it is over', async () => {
    const scene = await waiting(3000, 'none', playing());
    const { player } = scene;
    const notice = find(player, '[part="notice"]');
    expect(left(player)).to.equal('Try again in 3 seconds.');
    expect(notice.hasAttribute('data-calm')).to.equal(false);
    await tick(scene, 3000);
    expect(left(player)).to.equal('');
    expect(words(notice)).to.equal('You can try again now.');
    expect(notice.hasAttribute('data-calm')).to.equal(true);
    button(player, 'Dismiss').click();
    await player.updateComplete;
    expect(told(player)).to.equal('');
  });

  it('has no timer where nothing is awaited, once it is over, and out of the page', async () => {
    const scene = await waiting(2000, 'none', playing());
    const { player, clock } = scene;
    // The playhead's clock is the page's own.
    expect(clock.waiting).to.equal(1);
    await tick(scene, 2000);
    expect(clock.waiting).to.equal(0);
    await scene.show({ problem: { code: 'rate-limited', remedy: 'none', retryAt: clock.now() + 5000 } });
    await scene.show({ problem: { code: 'restricted', remedy: 'none' } });
    expect(clock.waiting).to.equal(0);
    expect(left(player)).to.equal('');
    await scene.show({ problem: { code: 'rate-limited', remedy: 'none', retryAt: clock.now() + 5000 } });
    player.remove();
    clock.tick(0);
    expect(clock.waiting).to.equal(0);
  });

  it('lets the visitor try at once where Spotify named no time', async () => {
    const { player } = await shownPlayer({ status: 'failed', problem: { code: 'server', remedy: 'retry' } });
    expect(maybeButton(player, 'Try again')?.disabled).to.equal(false);
    expect(told(player)).to.contain('Spotify has trouble of its own');
    expect(left(player)).to.equal('');
  });

  it('tells the hours of a site’s quota, and lets the visitor try before', async () => {
    const scene = await shownPlayer({ status: 'connecting' });
    const { player, clock, session } = scene;
    await scene.show({ status: 'failed', problem: { code: 'quota-exceeded', remedy: 'retry', retryAt: clock.now() + 2.5 * 3_600_000 } });
    expect(left(player)).to.equal('Try again in 2 hours 30 minutes.');
    await tick(scene, 3_600_000);
    expect(left(player)).to.equal('Try again in 1 hour 30 minutes.');
    await tick(scene, 3_600_000 + 1_725_000);
    expect(left(player)).to.equal('Try again in 1 minute 15 seconds.');
    button(player, 'Try again').click();
    expect(session.calls).to.deep.equal([['connect']]);
  });

  it('is accessible while it counts, and after', async () => {
    const scene = await waiting(1000, 'retry', { status: 'failed' });
    await expectAccessible(scene.player);
    await tick(scene, 1000);
    await expectAccessible(scene.player);
  });
});
