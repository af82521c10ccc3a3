import { expect } from '@open-wc/testing';
import '../../elements/player-devices/define.js';
import type { PlayerDevices } from '../../elements/player-devices/player-devices.js';
import { PlayerError } from '../../src/player/engine.js';
import type { Device } from '../../src/player/library.js';
import { FakeSession, playing } from './support/fake-session.js';
import { clearHosts, hosted, settled } from './support/player-host.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, buttonNames, find, focused, words } from './support/shadow.js';

const here: Device = { key: 1, name: 'Roomtone', kind: 'Computer', active: true, here: true };
const kitchen: Device = { key: 2, name: 'Kitchen', kind: 'Speaker', active: false, here: false };
const phone: Device = { key: 3, name: 'Ada’s phone', kind: 'Smartphone', active: false, here: false };

async function scene(found: readonly Device[] = [here, kitchen, phone]): Promise<{ element: PlayerDevices; session: FakeSession; open(): Promise<void> }> {
  const session = new FakeSession(playing());
  session.library.found = found;
  const element = document.createElement('player-devices');
  await hosted(element, session);
  return {
    element,
    session,
    async open() {
      button(element, 'Devices').click();
      await settled(element);
    },
  };
}

const box = (element: Element): HTMLElement => find(element, '[popover]');
const isOpen = (element: Element): boolean => box(element).matches(':popover-open');
const status = (element: Element): string => words(find(element, '[role="status"]'));

describe('<player-devices>', () => {
  afterEach(clearHosts);

  it('asks for the devices when it is opened, each time, and not before', async () => {
    const { element, session, open } = await scene();
    expect(session.library.asked).to.deep.equal([]);
    expect(button(element, 'Devices').getAttribute('aria-expanded')).to.equal('false');
    await open();
    expect(isOpen(element)).to.equal(true);
    expect(button(element, 'Devices').getAttribute('aria-expanded')).to.equal('true');
    expect(session.library.asked).to.deep.equal([['devices']]);
    await open();
    expect(isOpen(element)).to.equal(false);
    expect(all(element, '[part="device"]')).to.have.length(0);
    await open();
    expect(session.library.asked).to.have.length(2);
  });

  it('offers each device but the one that plays', async () => {
    const { element, open } = await scene();
    await open();
    expect(buttonNames(element)).to.deep.equal(['Devices', 'Play on Kitchen', 'Play on Ada’s phone']);
    expect(words(find(element, '[aria-current]'))).to.equal('Roomtone This page · Plays now');
  });

  it('moves playback to the one that was chosen, and closes', async () => {
    const { element, session, open } = await scene();
    await open();
    button(element, 'Play on Kitchen').click();
    await settled(element);
    expect(session.library.asked.at(-1)).to.deep.equal(['transferTo', 2]);
    expect(isOpen(element)).to.equal(false);
  });

  it('gives the keyboard back to its button', async () => {
    const { element, open } = await scene();
    await open();
    button(element, 'Play on Kitchen').focus();
    box(element).hidePopover();
    await settled(element);
    expect(focused(element)).to.equal('Devices');
  });

  it('brings playback to this page by the command that may start sound', async () => {
    const { element, session, open } = await scene([{ ...here, active: false }, { ...kitchen, active: true }]);
    session.show({ status: 'elsewhere' });
    await open();
    button(element, 'Play on Roomtone').click();
    await settled(element);
    expect(session.calls).to.deep.equal([['bringHere']]);
    expect(session.library.asked).to.deep.equal([['devices']]);
  });

  it('says when there is no other device', async () => {
    const { element, open } = await scene([here]);
    await open();
    expect(status(element)).to.contain('no other device');
  });

  it('says what went wrong, with the list and with a choice', async () => {
    const { element, session, open } = await scene();
    session.library.failure = new PlayerError('network');
    await open();
    expect(status(element)).to.contain('Spotify cannot be reached');
    session.library.failure = null;
    const again = button(element, 'Try again');
    again.focus();
    again.click();
    await settled(element);
    expect(focused(element), 'the button is gone').to.equal('Play on Kitchen');
    session.library.failure = new PlayerError('not-found');
    button(element, 'Play on Kitchen').click();
    await settled(element);
    expect(isOpen(element)).to.equal(true);
    expect(status(element)).to.contain('Spotify no longer has');
  });

  it('closes when the visitor disconnects, and cannot be opened', async () => {
    const { element, session, open } = await scene();
    await open();
    session.show({ status: 'signed-out' });
    await settled(element);
    expect(isOpen(element)).to.equal(false);
    expect(button(element, 'Devices').disabled).to.equal(true);
  });

  it('stays within a narrow window', async () => {
    const { element, open } = await scene([here, { ...kitchen, name: 'w'.repeat(80) }]);
    await open();
    const { left, right } = box(element).getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(document.documentElement.clientWidth);
    expect(box(element).scrollWidth).to.be.at.most(box(element).clientWidth);
  });

  it('is accessible, closed and open, in light and dark', async () => {
    const { element, open } = await scene();
    await expectAccessible(element);
    await open();
    await expectAccessible(element);
  });
});
