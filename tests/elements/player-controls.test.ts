import { expect } from '@open-wc/testing';
import '../../elements/player-controls/define.js';
import type { PlayerControls } from '../../elements/player-controls/player-controls.js';
import type { PlayerSnapshot } from '../../src/player/snapshot.js';
import { FakeSession, playing } from './support/fake-session.js';
import { ManualClock } from './support/manual-clock.js';
import { clearHosts, hosted } from './support/player-host.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, buttonNames, find, maybe, maybeButton, press, words } from './support/shadow.js';
import { track } from './support/tracks.js';
import { waitUntil } from './support/wait.js';

interface Scene {
  readonly element: PlayerControls;
  readonly session: FakeSession;
  readonly clock: ManualClock;
  show(change: Partial<PlayerSnapshot>): Promise<void>;
}

async function scene(change: Partial<PlayerSnapshot> = {}): Promise<Scene> {
  const clock = new ManualClock();
  const session = new FakeSession(playing({ at: clock.now(), ...change }));
  const element = document.createElement('player-controls');
  element.clock = clock;
  await hosted(element, session);
  return {
    element,
    session,
    clock,
    async show(next) {
      session.show(next);
      await element.updateComplete;
    },
  };
}

const seek = (element: Element): HTMLInputElement => find(element, 'input[aria-label="Seek"]');
const volume = (element: Element): HTMLInputElement => find(element, 'input[aria-label="Volume"]');
const elapsed = (element: Element): string => words(all(element, '[part="time"]')[0] ?? null);

function drag(slider: HTMLInputElement, value: number): void {
  slider.value = String(value);
  slider.dispatchEvent(new Event('input', { bubbles: true }));
}

const drop = (slider: HTMLInputElement): boolean => slider.dispatchEvent(new Event('change', { bubbles: true }));

describe('<player-controls>', () => {
  afterEach(clearHosts);

  describe('transport', () => {
    it('offers Play without a track only where there is a place to go on at, or something that the page offers', async () => {
    const { element, session, show } = await scene({ track: null, paused: true });
    expect(button(element, 'Play').disabled).to.equal(true);
    await show({ resumable: true });
    button(element, 'Play').click();
    await show({ resumable: false });
    expect(button(element, 'Play').disabled).to.equal(true);
    await show({ offered: true });
    button(element, 'Play').click();
    expect(session.calls.map(([name]) => name)).to.deep.equal(['resume', 'resume']);
  });

  it('has the names that the product promises', async () => {
      const { element } = await scene();
      expect(buttonNames(element)).to.deep.equal(['Shuffle', 'Previous', 'Pause', 'Next', 'Repeat', 'Mute']);
    });

    it('pauses what plays and resumes what is paused', async () => {
      const { element, session, show } = await scene();
      button(element, 'Pause').click();
      await show({ paused: true });
      button(element, 'Play').click();
      expect(session.calls).to.deep.equal([['pause'], ['resume']]);
    });

    it('skips forth and back', async () => {
      const { element, session } = await scene();
      button(element, 'Next').click();
      button(element, 'Previous').click();
      expect(session.calls).to.deep.equal([['next'], ['previous']]);
    });

    it('shuffles, and shows it as pressed', async () => {
      const { element, session, show } = await scene();
      expect(button(element, 'Shuffle').getAttribute('aria-pressed')).to.equal('false');
      button(element, 'Shuffle').click();
      await show({ shuffle: true });
      expect(button(element, 'Shuffle').getAttribute('aria-pressed')).to.equal('true');
      button(element, 'Shuffle').click();
      expect(session.calls).to.deep.equal([
        ['setShuffle', true],
        ['setShuffle', false],
      ]);
    });

    it('goes through the three kinds of repeating under one name', async () => {
      const { element, session, show } = await scene();
      const seen: (string | null)[] = [];
      for (const repeat of ['off', 'context', 'track'] as const) {
        await show({ repeat });
        seen.push(button(element, 'Repeat').getAttribute('aria-pressed'));
        button(element, 'Repeat').click();
      }
      expect(seen).to.deep.equal(['false', 'true', 'mixed']);
      expect(session.calls.map(([, mode]) => mode)).to.deep.equal(['context', 'track', 'off']);
      expect(button(element, 'Repeat').title).to.equal('Repeats this track');
    });

    it('disables what Spotify disallows, and nothing else', async () => {
      const { element } = await scene({ disallows: ['skipping-previous', 'seeking', 'shuffling'] });
      const disabled = all<HTMLButtonElement | HTMLInputElement>(element, 'button, input').filter((control) => control.disabled);
      expect(disabled.map((control) => control.ariaLabel)).to.deep.equal(['Seek', 'Shuffle', 'Previous']);
    });

    it('offers no transport before something was chosen, but the volume', async () => {
      const { element } = await scene({ track: null });
      const enabled = all<HTMLButtonElement | HTMLInputElement>(element, 'button, input').filter((control) => !control.disabled);
      expect(enabled.map((control) => control.ariaLabel)).to.deep.equal(['Mute', 'Volume']);
    });

    for (const status of ['signed-out', 'connecting', 'reconnecting', 'elsewhere', 'failed'] as const) {
      it(`disables everything while the player is ${status}`, async () => {
        const { element } = await scene({ status });
        const controls = all<HTMLButtonElement | HTMLInputElement>(element, 'button, input');
        expect(controls.every((control) => control.disabled)).to.equal(true);
      });
    }

    it('marks what was asked for until it is reported, and keeps it usable', async () => {
      const { element, show } = await scene({ pending: ['pause'] });
      expect(button(element, 'Pause').hasAttribute('data-pending')).to.equal(true);
      expect(button(element, 'Pause').disabled).to.equal(false);
      await show({ pending: [], paused: true });
      expect(button(element, 'Play').hasAttribute('data-pending')).to.equal(false);
    });

    it('keeps backward on the left in a right-to-left page', async () => {
      const { element } = await scene();
      element.parentElement?.setAttribute('dir', 'rtl');
      expect(button(element, 'Previous').getBoundingClientRect().left).to.be.below(button(element, 'Next').getBoundingClientRect().left);
    });

    it('does nothing, and throws nothing, outside a player', async () => {
      const element = document.createElement('player-controls');
      document.body.append(element);
      await element.updateComplete;
      expect(all<HTMLButtonElement>(element, 'button').every(({ disabled }) => disabled)).to.equal(true);
      element.remove();
    });
  });

  describe('seek slider', () => {
    it('tells the position in words and in figures', async () => {
      const { element } = await scene();
      expect(seek(element).getAttribute('aria-valuetext')).to.equal('1 minute 3 seconds of 3 minutes 20 seconds');
      expect(all(element, '[part="time"]').map(words)).to.deep.equal(['1:03', '3:20']);
    });

    it('says zero seconds at the start, and hours where there are some', async () => {
      const { element, show } = await scene({ positionMs: 0 });
      expect(seek(element).getAttribute('aria-valuetext')).to.equal('0 seconds of 3 minutes 20 seconds');
      await show({ track: track(2, { durationMs: 3_661_000 }) });
      expect(seek(element).getAttribute('aria-valuetext')).to.equal('0 seconds of 1 hour 1 minute 1 second');
      expect(words(all(element, '[part="time"]')[1] ?? null)).to.equal('1:01:01');
    });

    it('runs with the clock while the track plays, on the second', async () => {
      const { element, clock } = await scene({ positionMs: 63_400 });
      clock.tick(599);
      await element.updateComplete;
      expect(elapsed(element)).to.equal('1:03');
      clock.tick(1);
      await element.updateComplete;
      expect(elapsed(element)).to.equal('1:04');
      clock.tick(1000);
      await element.updateComplete;
      expect(elapsed(element)).to.equal('1:05');
      expect(seek(element).value).to.equal('65');
    });

    it('stands still, without a timer, while paused, at the end and out of the page', async () => {
      const { element, clock, show } = await scene({ paused: true });
      expect(clock.waiting).to.equal(0);
      await show({ paused: false, positionMs: 200_000 });
      expect(clock.waiting).to.equal(0);
      await show({ positionMs: 0 });
      expect(clock.waiting).to.equal(1);
      element.remove();
      expect(clock.waiting).to.equal(0);
    });

    it('stands still in a hidden page and is right at once when it is seen again', async () => {
      const { element, clock } = await scene();
      let hidden = true;
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      try {
        document.dispatchEvent(new Event('visibilitychange'));
        await element.updateComplete;
        expect(clock.waiting).to.equal(0);
        clock.tick(60_000);
        hidden = false;
        document.dispatchEvent(new Event('visibilitychange'));
        await element.updateComplete;
        expect(elapsed(element)).to.equal('2:03');
        expect(clock.waiting).to.equal(1);
      } finally {
        Reflect.deleteProperty(document, 'hidden');
      }
    });

    it('fills its groove as far as the position', async () => {
      const { element, show } = await scene({ positionMs: 100_000 });
      expect(Number(seek(element).style.getPropertyValue('--_fill'))).to.equal(0.5);
      await show({ positionMs: 0 });
      expect(Number(seek(element).style.getPropertyValue('--_fill'))).to.equal(0);
    });

    it('seeks when the thumb is let go, not while it moves', async () => {
      const { element, session } = await scene();
      drag(seek(element), 90);
      drag(seek(element), 120);
      await element.updateComplete;
      expect(session.calls).to.deep.equal([]);
      expect(elapsed(element)).to.equal('2:00');
      drop(seek(element));
      expect(session.calls).to.deep.equal([['seek', 120_000]]);
    });

    it('keeps the thumb in the hand while the track runs on and reports come in', async () => {
      const { element, clock, show } = await scene();
      drag(seek(element), 120);
      clock.tick(3000);
      await show({ positionMs: 66_000, at: clock.now() });
      expect(seek(element).value).to.equal('120');
    });

    it('keeps the thumb where it was put until the seek is reported, then follows the report', async () => {
      const { element, session, clock, show } = await scene();
      drag(seek(element), 120);
      drop(seek(element));
      session.show({ pending: ['seek'] });
      await element.updateComplete;
      expect(elapsed(element)).to.equal('2:00');
      await show({ pending: [], positionMs: 121_000, at: clock.now() });
      expect(elapsed(element)).to.equal('2:01');
    });

    it('goes back to the truth when a seek comes to nothing', async () => {
      const { element, show } = await scene({ paused: true });
      drag(seek(element), 120);
      drop(seek(element));
      await show({ pending: ['seek'] });
      await show({ pending: [] });
      expect(elapsed(element)).to.equal('1:03');
    });

    it('forgets the hand when the next track begins', async () => {
      const { element, clock, show } = await scene();
      drag(seek(element), 120);
      await show({ track: track(2), positionMs: 0, at: clock.now() });
      expect(seek(element).value).to.equal('0');
    });

    for (const [how, take] of [
      ['a thumb in the hand', (slider) => drag(slider, 120)],
      ['a key that is held down', (slider) => press(slider, 'ArrowRight', { repeat: true })],
    ] satisfies [string, (slider: HTMLInputElement) => unknown][]) {
      it(`lets go of ${how} when seeking ends with the connection, and follows the track after it`, async () => {
        const { element, session, show } = await scene({ paused: true });
        take(seek(element));
        await element.updateComplete;
        expect(elapsed(element)).not.to.equal('1:03');
        await show({ status: 'reconnecting' });
        expect(elapsed(element)).to.equal('1:03');
        await show({ status: 'ready' });
        expect(seek(element).value).to.equal('63');
        expect(elapsed(element)).to.equal('1:03');
        expect(session.calls).to.deep.equal([]);
      });
    }

    for (const [key, to] of [
      ['ArrowRight', 68],
      ['ArrowUp', 68],
      ['ArrowLeft', 58],
      ['ArrowDown', 58],
      ['PageUp', 93],
      ['PageDown', 33],
      ['Home', 0],
      ['End', 200],
    ] as const) {
      it(`moves to ${to} s on ${key}`, async () => {
        const { element, session } = await scene({ paused: true });
        const event = press(seek(element), key);
        expect(event.defaultPrevented).to.equal(true);
        expect(session.calls).to.deep.equal([['seek', to * 1000]]);
      });
    }

    it('goes on to the left in a right-to-left page', async () => {
      const { element, session } = await scene({ paused: true });
      element.parentElement?.setAttribute('dir', 'rtl');
      press(seek(element), 'ArrowLeft');
      expect(session.calls).to.deep.equal([['seek', 68_000]]);
    });

    it('does not leave the track by keys', async () => {
      const { element, session } = await scene({ paused: true, positionMs: 2_000 });
      press(seek(element), 'ArrowLeft');
      expect(session.calls).to.deep.equal([['seek', 0]]);
    });

    it('asks once for a key that is held down', async () => {
      const { element, session } = await scene({ paused: true });
      const slider = seek(element);
      press(slider, 'ArrowRight');
      session.show({ pending: ['seek'] });
      for (let times = 0; times < 5; times++) {
        press(slider, 'ArrowRight', { repeat: true });
        await element.updateComplete;
      }
      expect(session.calls).to.deep.equal([['seek', 68_000]]);
      slider.dispatchEvent(new KeyboardEvent('keyup', { key: 'ArrowRight' }));
      await waitUntil(() => session.calls.length === 2);
      expect(session.calls.at(-1)).to.deep.equal(['seek', 93_000]);
    });

    it('leaves other keys to the page', async () => {
      const { element, session } = await scene();
      expect(press(seek(element), 'Tab').defaultPrevented).to.equal(false);
      expect(press(seek(element), 'ArrowRight', { altKey: true }).defaultPrevented).to.equal(false);
      expect(session.calls).to.deep.equal([]);
    });
  });

  describe('volume', () => {
    it('is told as a percentage', async () => {
      const { element } = await scene({ volume: 0.35 });
      expect(volume(element).value).to.equal('35');
      expect(volume(element).getAttribute('aria-valuetext')).to.equal('35%');
    });

    it('changes while the thumb moves, one command at a time and the newest last', async () => {
      const { element, session } = await scene();
      let finish = (): void => undefined;
      session.controls.setVolume = (level) => {
        session.calls.push(['setVolume', level]);
        return new Promise((resolve) => (finish = resolve));
      };
      for (const level of [50, 40, 30, 20]) drag(volume(element), level);
      expect(session.calls).to.deep.equal([['setVolume', 0.5]]);
      finish();
      await waitUntil(() => session.calls.length === 2);
      expect(session.calls.at(-1)).to.deep.equal(['setVolume', 0.2]);
      finish();
    });

    it('follows the keys', async () => {
      const { element, session } = await scene();
      press(volume(element), 'ArrowDown');
      await element.updateComplete;
      await waitUntil(() => session.calls.length === 1);
      session.show({ volume: 0.55 });
      await element.updateComplete;
      press(volume(element), 'End');
      await waitUntil(() => session.calls.length === 2);
      expect(session.calls).to.deep.equal([
        ['setVolume', 0.55],
        ['setVolume', 1],
      ]);
    });

    it('mutes, and gives the level back', async () => {
      const { element, session, show } = await scene({ volume: 0.35 });
      button(element, 'Mute').click();
      await waitUntil(() => session.calls.length === 1);
      await show({ volume: 0 });
      button(element, 'Unmute').click();
      await waitUntil(() => session.calls.length === 2);
      expect(session.calls).to.deep.equal([
        ['setVolume', 0],
        ['setVolume', 0.35],
      ]);
    });

    it('gives the level back that was muted elsewhere: by a key, or by the host page', async () => {
      const { element, session, show } = await scene({ volume: 0.35 });
      await show({ pending: ['volume'] });
      await show({ volume: 0.1 });
      await show({ volume: 0, pending: [] });
      button(element, 'Unmute').click();
      expect(session.calls).to.deep.equal([['setVolume', 0.35]]);
    });

    it('gives the level back from which the slider was dragged to 0', async () => {
      const { element, session, show } = await scene({ volume: 0.8 });
      for (const level of [0.4, 0.01, 0]) {
        drag(volume(element), level * 100);
        await waitUntil(() => session.calls.at(-1)?.[1] === level);
        await show({ volume: level });
      }
      drop(volume(element));
      button(element, 'Unmute').click();
      await waitUntil(() => session.calls.at(-1)?.[1] === 0.8);
    });

    it('gives that level back where the hand was ahead of the engine, too', async () => {
      const { element, session, show } = await scene({ volume: 0.8 });
      let finish = (): void => undefined;
      session.controls.setVolume = (level) => {
        session.calls.push(['setVolume', level]);
        return new Promise((resolve) => (finish = resolve));
      };
      for (const percent of [40, 1, 0]) drag(volume(element), percent);
      drop(volume(element));
      await show({ volume: 0.4 });
      finish();
      await waitUntil(() => session.calls.length === 2);
      await show({ volume: 0 });
      finish();
      await waitUntil(() => maybeButton(element, 'Unmute') !== undefined);
      button(element, 'Unmute').click();
      await waitUntil(() => session.calls.length === 3);
      expect(session.calls.map(([, level]) => level)).to.deep.equal([0.4, 0, 0.8]);
    });

    it('gives the level back from which a key that is held down took it to 0', async () => {
      const { element, session, show } = await scene({ volume: 0.1 });
      for (const [level, repeat] of [[0.05, false], [0, true]] as const) {
        press(volume(element), 'ArrowDown', { repeat });
        await waitUntil(() => session.calls.at(-1)?.[1] === level);
        await show({ volume: level });
      }
      volume(element).dispatchEvent(new KeyboardEvent('keyup', { key: 'ArrowDown' }));
      button(element, 'Unmute').click();
      await waitUntil(() => session.calls.at(-1)?.[1] === 0.1);
    });

    it('gives the level back at which the slider was let go', async () => {
      const { element, session, show } = await scene({ volume: 0.8 });
      drag(volume(element), 30);
      await show({ volume: 0.3 });
      drop(volume(element));
      await element.updateComplete;
      await show({ volume: 0 });
      button(element, 'Unmute').click();
      await waitUntil(() => session.calls.at(-1)?.[1] === 0.3);
    });

    it('gives some sound where no earlier level is known', async () => {
      const { element, session } = await scene({ volume: 0 });
      button(element, 'Unmute').click();
      expect(session.calls).to.deep.equal([['setVolume', 0.5]]);
    });

    it('shows and remembers what is told once the slider was taken out of the hand by a lost connection', async () => {
      const { element, session, show } = await scene();
      session.controls.setVolume = () => new Promise(() => undefined);
      drag(volume(element), 20);
      await element.updateComplete;
      expect(volume(element).value).to.equal('20');
      await show({ status: 'reconnecting' });
      expect(volume(element).value).to.equal('60');
      await show({ status: 'ready', volume: 0.7 });
      expect(volume(element).value).to.equal('70');
      await show({ volume: 0 });
      button(element, 'Unmute').click();
      await element.updateComplete;
      expect(volume(element).value).to.equal('70');
    });

    it('is not offered where a page cannot set it', async () => {
      const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume');
      Object.defineProperty(HTMLMediaElement.prototype, 'volume', { configurable: true, get: () => 1, set: () => undefined });
      try {
        const { element } = await scene();
        expect(maybe(element, 'input[aria-label="Volume"]')).to.equal(null);
        expect(buttonNames(element)).not.to.include('Mute');
      } finally {
        if (own) Object.defineProperty(HTMLMediaElement.prototype, 'volume', own);
      }
    });
  });

  describe('accessibility', () => {
    for (const [name, change] of Object.entries<Partial<PlayerSnapshot>>({
      playing: {},
      'paused, everything on': { paused: true, shuffle: true, repeat: 'track', volume: 0 },
      'nothing chosen': { track: null },
      'asked for': { pending: ['seek', 'pause', 'next'] },
      disallowed: { disallows: ['seeking', 'skipping-next', 'pausing'] },
    })) {
      it(`is accessible: ${name}`, async () => {
        const { element } = await scene(change);
        await expectAccessible(element);
      });
    }

    it('has targets of 24 px and more, and fits into 240 px', async () => {
      const { element } = await scene();
      element.style.setProperty('width', '240px');
      for (const control of all(element, 'button, input')) {
        const { width, height } = control.getBoundingClientRect();
        expect(Math.min(width, height)).to.be.at.least(24);
      }
      expect(element.scrollWidth).to.be.at.most(240);
    });
  });
});
