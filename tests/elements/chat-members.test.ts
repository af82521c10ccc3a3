import { expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-members/define.js';
import type { ChatMembers } from '../../elements/chat-members/chat-members.js';
import type { Member } from '../../src/chat/model.js';
import { expectAccessible, settled } from './support/chat-page.js';
import { ann, bob } from './support/chat-session.js';
import { all, find, words } from './support/shadow.js';

async function shown(members: readonly Member[], height = 300): Promise<ChatMembers> {
  const box = await fixture<HTMLElement>(html`<div><chat-members .members=${members} .me=${'ann'}></chat-members></div>`);
  const element = box.querySelector('chat-members');
  if (!element) throw new Error('not rendered');
  box.style.setProperty('inline-size', '220px');
  element.style.setProperty('block-size', `${height}px`);
  await settled(element);
  return element;
}

const many = Array.from({ length: 30 }, (_, index): Member => ({ id: `m${index}`, name: `Member ${index}`, role: 'member', listening: null }));
const long: Member = { id: 'long', name: 'A name of forty characters, to the last!', role: 'member', listening: null };

describe('<chat-members>', () => {
  it('lists who is here and says how many', async () => {
    const element = await shown([ann, bob]);
    const list = find(element, 'ul');
    expect(list.getAttribute('role')).to.equal('list');
    expect(list.getAttribute('aria-label')).to.equal('Members');
    expect(all(element, '[part="name"]').map(words)).to.deep.equal(['Ann', 'Bob']);
    expect(words(find(element, '[part="header"] .count'))).to.equal('2');
    await expectAccessible(element);
  });

  it('tells the visitor which one they are', async () => {
    const element = await shown([ann, bob]);
    expect(all(element, 'li').map(words)).to.deep.equal(['A Ann (you)', 'B Bob']);
  });

  it('keeps the item of a member while others come and go', async () => {
    const element = await shown([ann, bob]);
    const item = all(element, 'li')[1];
    element.members = [ann, long, bob];
    await settled(element);
    expect(all(element, 'li')[2]).to.equal(item);
  });

  it('shortens a long name, and shows it in full to who asks', async () => {
    const element = await shown([ann, long]);
    const name = all(element, '[part="name"]')[1];
    if (!name) throw new Error('no name');
    expect(name.title).to.equal(long.name);
    expect(name.scrollWidth).to.be.greaterThan(name.clientWidth);
    const list = find(element, 'ul');
    expect(list.tabIndex).to.equal(0);
    list.focus();
    if (list.matches(':focus-visible')) expect(name.scrollWidth).to.be.at.most(name.clientWidth + 1);
    await expectAccessible(element);
  });

  it('is reached by the keyboard where it scrolls, and only there', async () => {
    expect(find(await shown([ann, bob]), 'ul').hasAttribute('tabindex')).to.equal(false);
    const element = await shown(many);
    expect(find(element, 'ul').tabIndex).to.equal(0);
    await expectAccessible(element);
  });

  it('shows a hostile name as text within its width', async () => {
    const element = await shown([{ id: 'x', name: `<b>\u202e${'z\u0301\u0316'.repeat(40)}`, role: 'member', listening: null }]);
    expect(all(element, '[part="name"] *')).to.have.length(0);
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
  });
});
