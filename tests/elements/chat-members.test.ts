import { expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-members/define.js';
import { coverAddress } from '../../elements/chat-members/artwork.js';
import type { ChatMembers } from '../../elements/chat-members/chat-members.js';
import { plainMember } from '../../src/chat/model.js';
import type { Member } from '../../src/chat/model.js';
import { listening, ownCover, platformNine, requestsAt, wrongUris } from './support/chat-music.js';
import { recordWarnings, settled } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { ann, bob } from './support/chat-session.js';
import { all, button, buttonNames, find, maybe, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

async function shown(members: readonly Member[], height = 300): Promise<ChatMembers> {
  const box = await fixture<HTMLElement>(html`<div><chat-members .members=${members} .me=${ann}></chat-members></div>`);
  const element = box.querySelector('chat-members');
  if (!element) throw new Error('not rendered');
  box.style.setProperty('inline-size', '220px');
  element.style.setProperty('block-size', `${height}px`);
  await settled(element);
  return element;
}

const many = Array.from({ length: 30 }, (_, index): Member => ({ ...plainMember, id: `m${index}`, name: `Member ${index}` }));
const long: Member = { ...plainMember, id: 'long', name: 'A name of forty characters, to the last!' };

const crowd = Array.from({ length: 1000 }, (_, index): Member => ({ ...plainMember, id: `c${index}`, name: `Visitor ${index}` }));
const items = (element: ChatMembers): string[] => all(element, 'li').map(words);

async function search(element: ChatMembers, query: string): Promise<void> {
  const box = find<HTMLInputElement>(element, 'input');
  box.value = query;
  box.dispatchEvent(new InputEvent('input'));
  await settled(element);
}

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
    const element = await shown([{ ...plainMember, id: 'x', name: `<b>\u202e${'z\u0301\u0316'.repeat(40)}` }]);
    expect(all(element, '[part="name"] *')).to.have.length(0);
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
  });

  describe('and what they listen to', () => {
    const hears = (given: Parameters<typeof listening>[0] = {}): Member => ({ ...bob, listening: listening(given) });

    it('stands under the name, and leads back to Spotify', async () => {
      const element = await shown([ann, hears()]);
      const link = find<HTMLAnchorElement>(element, 'a');
      expect(words(link)).to.equal('listening to Platform Nine – Paper Lanterns, Marta Vale');
      expect(link.title).to.equal('Platform Nine – Paper Lanterns, Marta Vale');
      expect(link.href).to.equal('https://open.spotify.com/track/aaaaaaaaaaaaaaaaaaaaaa');
      expect(link.closest('li')).to.equal(all(element, 'li')[1]);
      expect(words(find(element, '.source'))).to.equal('Listening on Spotify');
      await expectAccessible(element);
    });

    it('goes when they show it no more', async () => {
      const element = await shown([ann, hears()]);
      element.members = [ann, bob];
      await settled(element);
      expect(all(element, 'a, button, [part="artwork"], .source')).to.have.length(0);
    });

    it('is asked for on the reader’s own click', async () => {
      const element = await shown([ann, hears()]);
      const asked = requestsAt(document.body);
      expect(asked).to.deep.equal([]);
      button(element, 'Play Platform Nine for me').click();
      expect(asked).to.deep.equal([platformNine.uri]);
      const { width, height } = find(element, '[part="play"]').getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
    });

    it('is not offered to who listens to it, and not without a player', async () => {
      const element = await shown([{ ...ann, listening: listening() }, hears()]);
      expect(buttonNames(element)).to.have.length(1);
      element.canPlay = false;
      await settled(element);
      expect(buttonNames(element)).to.deep.equal([]);
    });

    it('has a cover only for who has connected a player', async () => {
      const element = await shown([ann, hears({ artwork: ownCover })]);
      expect(all(element, 'img')).to.have.length(0);
      element.withArtwork = true;
      await settled(element);
      const cover = find<HTMLImageElement>(element, 'img');
      expect(cover.src).to.equal(ownCover);
      expect(cover.referrerPolicy).to.equal('no-referrer');
      expect(getComputedStyle(cover).objectFit).to.equal('contain');
      await expectAccessible(element);
    });

    for (const artwork of [
      'https://evil.example/cover.jpg',
      'http://i.scdn.co/image/x',
      'https://i.scdn.co.evil.example/image/x',
      'https://evilspotifycdn.com/image/x',
      'https://i.scdn.co:8443/image/x',
      'https://me@i.scdn.co/image/x',
      'javascript:alert(1)',
      'data:image/svg+xml,<svg/>',
      '//evil.example/x.png',
      `${location.origin}/logout`,
      `${location.origin}/logout?picture=x.png`,
    ]) {
      it(`asks nobody for the cover ${artwork}`, async () => {
        const element = await shown([ann, hears({ artwork })]);
        element.withArtwork = true;
        await settled(element);
        expect(all(element, 'img')).to.have.length(0);
        expect(all(element, '[part="artwork"]')).to.have.length(1);
      });
    }

    for (const uri of wrongUris) {
      it(`offers and links nothing for ${JSON.stringify(uri)}`, async () => {
        const element = await shown([ann, hears({ uri })]);
        expect(all(element, 'a, button')).to.have.length(0);
        expect(words(find(element, '[part="listening"]'))).to.contain('Platform Nine');
      });
    }

    it('takes covers from where Spotify keeps them', () => {
      for (const address of [
        'https://i.scdn.co/image/ab67616d',
        'https://mosaic.scdn.co/640/ab67616d',
        'https://image-cdn-ak.spotifycdn.com/image/ab67706c',
        `${location.origin}/spotify/art/one.svg?size=640`,
      ]) {
        expect(coverAddress(address)).to.equal(address);
      }
    });

    it('leaves room for the name, however long both are', async () => {
      const element = await shown([ann, { ...long, listening: listening({ title: 'x'.repeat(300), artists: 'y'.repeat(300) }) }]);
      expect(find(element, 'ul').scrollWidth).to.be.at.most(find(element, 'ul').clientWidth);
      expect(all(element, '[part="name"]')[1]?.getBoundingClientRect().width).to.be.greaterThan(60);
      const link = find(element, 'a');
      link.focus();
      expect(find(element, 'ul').scrollWidth).to.be.at.most(find(element, 'ul').clientWidth);
    });
  });

  describe('with marks beside the names', () => {
    it('tells owner, moderator, guest, away and muted', async () => {
      const element = await shown([
        { ...ann, role: 'owner' },
        { ...bob, role: 'moderator', away: true },
        { ...bob, id: 'cleo', name: 'Cleo', isGuest: true, mutedUntil: Infinity },
      ]);
      expect(items(element)).to.deep.equal(['A Ann (you) owner', 'B Bob moderator away', 'C Cleo muted guest']);
      await expectAccessible(element);
    });

    it('says nothing of a mute that is over', async () => {
      const element = await shown([ann, { ...bob, mutedUntil: Date.now() - 1 }]);
      expect(items(element)[1]).to.equal('B Bob');
    });

    it('leaves the name its room in a narrow list', async () => {
      const element = await shown([{ ...ann, role: 'owner' }, { ...long, role: 'moderator', isGuest: true, away: true, mutedUntil: Infinity }]);
      expect(find(element, 'ul').scrollWidth).to.be.at.most(find(element, 'ul').clientWidth);
    });
  });

  describe('for who may moderate', () => {
    const everybody: Member[] = [ann, bob, { ...bob, id: 'mo', name: 'Mo', role: 'moderator' }, { ...bob, id: 'olga', name: 'Olga', role: 'owner' }];
    const offered = async (me: Member): Promise<string[]> => {
      const element = await shown(everybody);
      element.me = me;
      await settled(element);
      return buttonNames(element);
    };

    it('offers a member nothing', async () => expect(await offered(ann)).to.deep.equal([]));

    it('offers a moderator the members', async () =>
      expect(await offered({ ...ann, role: 'moderator' })).to.deep.equal(['Moderate Bob']));

    it('offers the owner everybody else', async () =>
      expect(await offered({ ...ann, role: 'owner' })).to.deep.equal(['Moderate Bob', 'Moderate Mo']));

    it('says which one was chosen', async () => {
      const element = await shown(everybody);
      element.me = { ...ann, role: 'owner' };
      await settled(element);
      let chosen = '';
      element.addEventListener('member-moderate', ({ id }) => (chosen = id));
      button(element, 'Moderate Mo').click();
      expect(chosen).to.equal('mo');
      const { width, height } = button(element, 'Moderate Mo').getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
      await expectAccessible(element);
    });
  });

  describe('with a thousand', function () {
    // axe looks at each row twice; on a busy machine that alone takes some seconds.
    this.timeout(60_000);

    it('shows the count, and keeps but a part of them in the page', async () => {
      const element = await shown(crowd);
      element.count = 1234;
      await settled(element);
      expect(words(find(element, '.count'))).to.equal('1,234');
      expect(all(element, '*').length).to.be.lessThan(400);
      expect(find(element, 'li').getAttribute('aria-setsize')).to.equal('1000');
      await expectAccessible(element);
    });

    it('brings each of them into view by scrolling', async () => {
      const element = await shown(crowd);
      const list = find(element, 'ul');
      list.scrollTop = list.scrollHeight / 2;
      await waitUntil(() => items(element).includes('V Visitor 500'));
      const middle = all(element, 'li').find((item) => words(item) === 'V Visitor 500');
      expect(middle?.getAttribute('aria-posinset')).to.equal('501');
      list.scrollTop = list.scrollHeight;
      await waitUntil(() => items(element).at(-1) === 'V Visitor 999');
      expect(all(element, '*').length).to.be.lessThan(400);
      const last = all(element, 'li').at(-1);
      expect(last?.getBoundingClientRect().bottom).to.be.at.most(list.getBoundingClientRect().bottom + 1);
    });

    it('stays where one reads while the rows come and go', async () => {
      const element = await shown(crowd.map((member, index) => (index % 3 ? member : { ...member, listening: listening() })));
      const list = find(element, 'ul');
      await settled(element);
      list.scrollTop = 12_000;
      await settled(element);
      const seen = all(element, 'li').find((item) => item.getBoundingClientRect().top >= list.getBoundingClientRect().top);
      const before = seen?.getBoundingClientRect().top ?? 0;
      list.scrollTop = 12_300;
      await settled(element);
      expect(seen?.isConnected).to.equal(true);
      expect(Math.abs((seen?.getBoundingClientRect().top ?? 0) - (before - 300))).to.be.lessThan(3);
    });

    it('finds by a part of the name, whatever its case and its marks', async () => {
      const element = await shown([...crowd, { ...bob, name: 'José Ángel' }]);
      await search(element, 'jose ANG');
      expect(items(element)).to.deep.equal(['J José Ángel']);
      await search(element, 'nobody at all');
      expect(items(element)).to.deep.equal([]);
      expect(words(find(element, '.none'))).to.equal('Nobody of that name is here.');
      await expectAccessible(element);
      await search(element, '');
      expect(items(element)[0]).to.equal('V Visitor 0');
    });

    it('shows the end of a list that has become shorter than where one was', async () => {
      const element = await shown(crowd);
      const list = find(element, 'ul');
      list.scrollTop = list.scrollHeight;
      await waitUntil(() => items(element).at(-1) === 'V Visitor 999');
      element.members = crowd.slice(0, 20);
      await settled(element);
      expect(items(element)).to.have.length(20);
      expect(list.scrollHeight).to.be.lessThan(1500);
    });

    it('hands the keyboard to the list when who had it has left', async () => {
      const element = await shown(crowd.slice(0, 20));
      element.me = { ...ann, role: 'owner' };
      await settled(element);
      button(element, 'Moderate Visitor 3').focus();
      element.members = crowd.slice(10, 30);
      await settled(element);
      expect(element.shadowRoot?.activeElement).to.equal(find(element, 'ul'));
    });
  });

  it('has a box to search them only where they are many', async () => {
    const element = await shown(crowd.slice(0, 12));
    expect(maybe(element, 'input')).to.equal(null);
    element.members = crowd.slice(0, 13);
    await settled(element);
    expect(find(element, 'input').getAttribute('aria-label')).to.equal('Search members');
  });

  it('asks for no second update of its own accord', async () => {
    const recorded = recordWarnings();
    const element = await shown(many);
    element.members = [long, ...many];
    await settled(element);
    recorded.restore();
    expect(recorded.warnings.filter((text) => text.includes('change-in-update'))).to.deep.equal([]);
  });
});
