import { expect } from '@open-wc/testing';
import type { AvatarSource } from '../../elements/chat-message/avatar.js';
import { recordWarnings, roomInPage, rows, soon, type TestRoom } from './support/chat-page.js';
import { conversation, message } from './support/chat-session.js';
import { expectAccessible } from './support/schemes.js';
import { all, find, maybe } from './support/shadow.js';

const dot =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="8" height="8"%3E%3Crect width="8" height="8" fill="teal"/%3E%3C/svg%3E';

async function shown(avatar: AvatarSource | null): Promise<TestRoom> {
  const test = await roomInPage({}, 760);
  test.room.avatar = avatar;
  test.session.open({ messages: conversation(4) });
  await test.shown();
  await soon(() => maybe(test.room, 'chat-members'));
  await test.shown();
  return test;
}

const pictures = ({ room, timeline }: TestRoom): HTMLImageElement[] => [
  ...rows(timeline).flatMap((row) => all<HTMLImageElement>(row, '[part="avatar"] img')),
  ...all<HTMLImageElement>(find(room, 'chat-members'), '[part="avatar"] img'),
];

describe('avatars', () => {
  it('are initials, and nothing is loaded, where the page gives none', async () => {
    expect(pictures(await shown(null))).to.have.length(0);
    expect(pictures(await shown(() => null))).to.have.length(0);
  });

  it('are the page’s own, by id and name, beside messages and members', async () => {
    const asked = new Map<string, string>();
    const test = await shown(({ id, name }) => {
      asked.set(id, name);
      return id === 'bob' ? dot : null;
    });
    await soon(() => pictures(test).length === 2);
    expect([...asked].sort()).to.deep.equal([['ann', 'Ann'], ['bob', 'Bob']]);
    const found = pictures(test);
    await soon(() => found.every((image) => image.hasAttribute('data-loaded')));
    for (const image of found) {
      const circle = image.parentElement?.getBoundingClientRect();
      expect(image.getBoundingClientRect().width).to.be.closeTo(circle?.width ?? 0, 2.1);
      expect(getComputedStyle(image).opacity).to.equal('1');
    }
    await expectAccessible(test.room);
  });

  it('change with the function, and go with it', async () => {
    const test = await shown(() => dot);
    // Two authors, and the two of them who are here.
    await soon(() => pictures(test).length === 4);
    test.room.avatar = () => `${dot}#2`;
    await soon(() => pictures(test).every((image) => image.getAttribute('src') === `${dot}#2`));
    expect(pictures(test)).to.have.length(4);
    test.room.avatar = null;
    await soon(() => pictures(test).length === 0);
  });

  it('leave the initial where a picture does not come', async () => {
    const test = await shown(() => 'data:image/png;base64,AAAA');
    await soon(() => pictures(test).length > 0);
    const [image] = pictures(test);
    await soon(() => image?.complete);
    expect(image && getComputedStyle(image).opacity).to.equal('0');
    expect(image?.parentElement?.dataset.initial).to.equal('B');
  });

  it('a function that fails warns once, and takes no message away', async () => {
    const log = recordWarnings();
    try {
      const test = await shown(() => {
        throw new Error('no such table');
      });
      test.session.write(message());
      await test.shown();
      expect(rows(test.timeline)).to.have.length(5);
      expect(log.warnings.filter((words) => words.includes('avatar'))).to.have.length(1);
    } finally {
      log.restore();
    }
  });
});
