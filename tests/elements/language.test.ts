import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { LitElement, type TemplateResult } from 'lit';
import { replacements } from '../../elements/shared/language-scope.js';
import { Localized } from '../../elements/shared/localized.js';
import { Languages } from '../../src/strings/languages.js';
import { playerPart } from '../../src/strings/player.js';
import { roomInPage } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { conversation } from './support/chat-session.js';
import { playing } from './support/fake-session.js';
import { clearPlayers, shownPlayer } from './support/player-scene.js';
import { all, find, maybe } from './support/shadow.js';
import { recordWarnings } from './support/warnings.js';
import { waitUntil } from './support/wait.js';

/** The smallest element that speaks. */
class Speaker extends LitElement {
  readonly language = new Localized(this, playerPart);
  protected override render(): TemplateResult {
    return html`<button>${this.language.strings.play}</button>`;
  }
}
customElements.define('test-speaker', Speaker);

const broken = new Languages({ de: () => Promise.reject(new TypeError('Failed to fetch')) });

class Cut extends LitElement {
  readonly language = new Localized(this, playerPart, () => {}, broken);
  protected override scheduleUpdate(): Promise<unknown> | undefined {
    return this.language.schedule(() => super.scheduleUpdate());
  }
  protected override render(): TemplateResult {
    return html`<button>${this.language.strings.play}</button>`;
  }
}
customElements.define('test-cut-off', Cut);

const said = (element: Element): string => element.shadowRoot?.querySelector('button')?.textContent ?? '';
const says = (element: Element, text: string): Promise<void> => waitUntil(() => said(element) === text, `says “${said(element)}”, not “${text}”`);
const speaker = (within: Element): Element => within.querySelector('test-speaker') ?? within;

describe('an element in a page of some language', () => {
  afterEach(() => {
    document.documentElement.lang = 'en';
  });

  it('speaks the language that it is marked with, or English where there are no sentences in it', async () => {
    await says(await fixture(html`<test-speaker lang="de-AT"></test-speaker>`), 'Abspielen');
    await says(await fixture(html`<test-speaker lang="sv"></test-speaker>`), 'Play');
  });

  it('takes the closest lang, across shadow roots up to the page', async () => {
    const outer = await fixture<HTMLElement>(html`<div lang="fr"><section></section></div>`);
    const root = outer.querySelector('section')?.attachShadow({ mode: 'open' });
    const inner = document.createElement('test-speaker');
    root?.append(inner);
    await says(inner, 'Lire');
    document.documentElement.lang = 'es';
    await says(await fixture(html`<test-speaker></test-speaker>`), 'Reproducir');
  });

  it('follows when a lang changes, comes closer or goes away', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="de"><p><test-speaker></test-speaker></p></div>`);
    await says(speaker(page), 'Abspielen');
    page.lang = 'ja';
    await says(speaker(page), '再生');
    page.querySelector('p')?.setAttribute('lang', 'pt');
    await says(speaker(page), 'Tocar');
    page.querySelector('p')?.removeAttribute('lang');
    await says(speaker(page), '再生');
    page.removeAttribute('lang');
    await says(speaker(page), 'Play');
  });

  it('follows within a shadow root, and after it was moved', async () => {
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    const box = document.createElement('div');
    outer.attachShadow({ mode: 'open' }).append(box);
    const inner = document.createElement('test-speaker');
    box.append(inner);
    box.lang = 'he';
    await says(inner, 'ניגון');
    const german = await fixture<HTMLElement>(html`<div lang="de"></div>`);
    german.append(inner);
    await says(inner, 'Abspielen');
    expect(inner.hasAttribute('dir')).to.equal(false);
  });

  it('turns to the direction of its language, and back', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="ar"><test-speaker></test-speaker></div>`);
    await says(speaker(page), 'تشغيل');
    expect(getComputedStyle(speaker(page)).direction).to.equal('rtl');
    expect(speaker(page).matches(':dir(rtl)')).to.equal(true);
    page.lang = 'de';
    await says(speaker(page), 'Abspielen');
    expect(speaker(page).hasAttribute('dir')).to.equal(false);
  });

  it('leaves the direction that the page set beside the language, or closer', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="ar" dir="rtl"><p dir="ltr"><test-speaker></test-speaker></p></div>`);
    await says(speaker(page), 'تشغيل');
    expect(speaker(page).hasAttribute('dir')).to.equal(false);
    expect(getComputedStyle(speaker(page)).direction).to.equal('ltr');
  });

  it('is read from the left again within a page that is not', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="ar" dir="rtl"><test-speaker lang="de"></test-speaker></div>`);
    await says(speaker(page), 'Abspielen');
    expect(getComputedStyle(speaker(page)).direction).to.equal('ltr');
  });

  it('shows nothing before its language is here or known to fail, then English, with one warning', async () => {
    const { warnings, restore } = recordWarnings();
    try {
      const page = await fixture<HTMLElement>(html`<div lang="de"><test-cut-off></test-cut-off><test-cut-off></test-cut-off></div>`);
      for (const cut of page.querySelectorAll('test-cut-off')) await says(cut, 'Play');
      expect(warnings.filter((text) => text.includes('“de”'))).to.have.lengthOf(1);
    } finally {
      restore();
    }
  });

  it('says what the page gave to it or to an element around it, the closest first', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="de"><test-speaker></test-speaker></div>`);
    await says(speaker(page), 'Abspielen');
    replacements.set(page, 'player', { play: 'Los' });
    await says(speaker(page), 'Los');
    replacements.set(speaker(page), 'player', { play: 'Auf geht’s' });
    await says(speaker(page), 'Auf geht’s');
    replacements.set(speaker(page), 'player', undefined);
    replacements.set(page, 'player', undefined);
    await says(speaker(page), 'Abspielen');
  });

  it('is watched no longer once it is out of the page', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="de"><test-speaker></test-speaker></div>`);
    const gone = speaker(page);
    await says(gone, 'Abspielen');
    gone.remove();
    page.lang = 'fr';
    await nextFrame();
    expect(said(gone)).to.equal('Abspielen');
    page.append(gone);
    await says(gone, 'Lire');
  });
});

describe('the player and the chat in another language', () => {
  afterEach(() => {
    clearPlayers();
    document.documentElement.lang = 'en';
  });

  const labels = (host: Element): string[] => all(host, '[aria-label]').map((element) => element.getAttribute('aria-label') ?? '');

  it('speak it in all their parts, and what the page gave in its place', async () => {
    const { player } = await shownPlayer(playing());
    player.lang = 'de';
    await waitUntil(() => find(player, 'section').getAttribute('aria-label') === 'Musikplayer');
    const controls = find(player, 'player-controls');
    await waitUntil(() => labels(controls).includes('Lautstärke'));
    expect(labels(find(player, 'track-search'))).to.include('Titel suchen');
    await expectAccessible(player);
    player.strings = { volume: 'Wie laut', player: 'Unser Radio' };
    await waitUntil(() => labels(controls).includes('Wie laut'));
    expect(find(player, 'section').getAttribute('aria-label')).to.equal('Unser Radio');
    expect(labels(controls)).to.include('Weiter');
    player.strings = undefined;
    await waitUntil(() => labels(controls).includes('Lautstärke'));
  });

  it('turn the room around in Arabic, down to the composer and the messages', async () => {
    const test = await roomInPage({ lang: 'ar' });
    test.session.open({ messages: conversation(4) });
    await test.shown();
    await waitUntil(() => find(test.room, 'chat-composer').shadowRoot?.querySelector('textarea')?.placeholder === 'اكتب رسالة…');
    expect(test.room.dir).to.equal('rtl');
    expect(getComputedStyle(find(test.timeline, 'chat-message')).direction).to.equal('rtl');
    expect(find(test.room, 'chat-composer').hasAttribute('dir')).to.equal(false);
    expect(maybe(test.timeline, '[role="log"]')?.getAttribute('aria-label')).to.equal('الرسائل');
    await expectAccessible(test.room);
  });

  it('let the page word the chat, its moderators’ dialogs too', async () => {
    const test = await roomInPage();
    test.room.strings = { send: 'Off it goes', moderationDialog: { title: 'Backstage' } };
    test.session.open({ messages: conversation(4) });
    await test.shown();
    const composer = find(test.room, 'chat-composer');
    await waitUntil(() => labels(composer).includes('Off it goes'));
    expect(replacements.for(composer, 'moderation')).to.deep.equal({ title: 'Backstage' });
  });
});
