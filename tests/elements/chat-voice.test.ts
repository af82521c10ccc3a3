import { expect } from '@open-wc/testing';
import { roomInPage, type TestRoom } from './support/chat-page.js';
import { message } from './support/chat-session.js';
import { find, words } from './support/shadow.js';

type Said = [text: string, priority: string | undefined];

interface Notifying {
  ariaNotify?: (text: string, options?: { priority?: string }) => void;
}

/** A room in an engine that has `ariaNotify`. */
async function opened(attributes: Record<string, string> = {}): Promise<TestRoom & { readonly said: Said[] }> {
  const test = await roomInPage(attributes);
  const said: Said[] = [];
  const box: HTMLElement & Notifying = find(test.room, '#room');
  box.ariaNotify = (text, options) => void said.push([text, options?.priority]);
  test.session.open({ messages: [message()] });
  await test.shown();
  return Object.assign(Object.create(test, Object.getOwnPropertyDescriptors(test)) as TestRoom, { said });
}

const region = (test: TestRoom): string => words(find(test.room, '[role="status"]'));

async function arrives(test: TestRoom, body: string): Promise<void> {
  test.session.show({ messages: [...test.session.snapshot.messages, message({ body })] });
  test.clock.tick(1000);
  await test.shown();
}

describe('<chat-room> in an engine with ariaNotify', () => {
  const policy = Object.getOwnPropertyDescriptor(document, 'featurePolicy');
  const allow = (on: boolean): void => {
    const featurePolicy = { allowsFeature: (name: string) => on === (name === 'aria-notify') };
    Object.defineProperty(document, 'featurePolicy', { configurable: true, value: featurePolicy });
  };
  beforeEach(() => allow(true));
  afterEach(() => {
    Reflect.deleteProperty(document, 'featurePolicy');
    if (policy) Object.defineProperty(document, 'featurePolicy', policy);
  });

  it('says news by it, politely, and never by the live region as well', async () => {
    const test = await opened();
    await arrives(test, 'Hello');
    expect(test.said).to.deep.equal([['Bob: Hello', 'normal']]);
    expect(region(test)).to.equal('');
    test.clock.tick(4000);
    await test.shown();
    expect(test.said, 'nothing is said of the end of it').to.have.length(1);
  });

  it('keeps to the live region where the document may not use it', async () => {
    allow(false);
    const test = await opened();
    await arrives(test, 'Hello');
    expect(test.said).to.deep.equal([]);
    expect(region(test)).to.equal('Bob: Hello');
  });

  it('says nothing of a bubble that is closed', async () => {
    const test = await opened({ variant: 'bubble' });
    await arrives(test, 'Hello');
    expect(test.said).to.deep.equal([]);
  });
});
