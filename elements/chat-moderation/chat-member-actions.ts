import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { limits, type Member } from '../../src/chat/model.js';
import type { ModerationActs } from '../../src/chat/session.js';
import { chatPart } from '../../src/strings/chat.js';
import { moderationPart, type MemberActStrings } from '../../src/strings/moderation.js';
import { isMuted } from '../chat-members/rank.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { Localized } from '../shared/localized.js';
import { chatMemberActionsStyles } from './chat-member-actions.styles.js';
import { Desk } from './desk.js';
import { dialogStyles } from './dialog.styles.js';
import { untilMoment } from './moment.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Who it is about. Of somebody who has left the room no more is known than this. */
export type Person = Pick<Member, 'id' | 'name' | 'role' | 'mutedUntil'>;

/**
 * A dialog with what a moderator or an owner can do about one member. What cannot be taken back as easily as it is done,
 * a ban, is asked for once more.
 *
 * @fires close - The dialog was closed. It does not bubble.
 *
 * @csspart dialog - The dialog.
 * @csspart dialog-header - The line with the member's name.
 * @csspart dialog-title - The name.
 * @csspart dialog-close - The button `Close` in that line.
 * @csspart dialog-body - What is below it.
 * @csspart act - The button of something that can be done.
 * @csspart dialog-form - What asks once more before a ban.
 * @csspart dialog-question - What it asks.
 * @csspart dialog-label - A field's label.
 * @csspart dialog-input - A field.
 * @csspart dialog-button - A button.
 * @csspart dialog-note - A sentence that explains.
 * @csspart dialog-problem - The sentence that says what went wrong.
 */
export class ChatMemberActions extends LitElement {
  static override styles = [...baseStyles, dialogStyles, chatMemberActionsStyles];

  readonly #language = new Localized(this, chatPart);
  readonly #moderation = new Localized(this, moderationPart);
  readonly #desk = new Desk(this);

  @query('dialog') private readonly _dialog!: HTMLDialogElement;
  /** The ban that is asked for once more: until when, in ms since the epoch. */
  @state() private _ban: 'day' | 'good' | null = null;
  /** What the database knows of who is not here. */
  @state() private _found: Person | null = null;

  /** Whom it is about. */
  @property({ attribute: false }) person: Person | null = null;

  /** Whether they are not here, so that no more is known of them than their name: they are looked up when it opens. */
  @property({ type: Boolean }) absent = false;

  /** Whether the reader is the owner, who also chooses the moderators. */
  @property({ type: Boolean }) owner = false;

  /** What can be done; nothing while it is null. */
  @property({ attribute: false }) acts: ModerationActs | null = null;

  /** Opens it. @param ban goes straight to the question whether to ban them */
  async show(ban = false): Promise<void> {
    this.#desk.reset();
    this._ban = ban ? 'day' : null;
    this._found = null;
    await this.updateComplete;
    if (this.isConnected && !this._dialog.open) this._dialog.showModal();
    if (this.absent && this.person) this._found = (await this.acts?.member(this.person.id)) ?? null;
  }

  get #about(): Person | null {
    return this.absent && this._found?.id === this.person?.id ? this._found : this.person;
  }

  #close = (): void => this._dialog.close();

  #closed = (): void => {
    this.dispatchEvent(new Event('close'));
  };

  async #do(act: (acts: ModerationActs, id: string) => ReturnType<ModerationActs['unmute']>): Promise<void> {
    const { acts } = this;
    const person = this.#about;
    if (acts && person && (await this.#desk.run(() => act(acts, person.id)))) this.#close();
  }

  #askBan(ban: 'day' | 'good' | null): void {
    this.#desk.reset();
    this._ban = ban;
    void this.updateComplete.then(() => this._dialog.querySelector<HTMLElement>(ban ? 'textarea' : '.act')?.focus());
  }

  #banned = (event: SubmitEvent): void => {
    event.preventDefault();
    const reason = this._dialog.querySelector('textarea')?.value.trim() ?? '';
    const until = this._ban === 'good' ? Infinity : Date.now() + day;
    void this.#do((acts, id) => acts.ban(id, until, reason));
  };

  #choices(person: Person, strings: MemberActStrings): TemplateResult {
    const act = (label: string, done: () => void, danger = false): TemplateResult =>
      html`<button class="act ${danger ? 'danger' : ''}" part="act" type="button" ?disabled=${this.#desk.busy} @click=${done}>${label}</button>`;
    const muted = isMuted({ ...person, listening: null, isGuest: false, away: false }, Date.now());
    const mute = (label: string, ms: number): TemplateResult =>
      act(label, () => void this.#do((acts, id) => acts.mute(id, Date.now() + ms)));
    return html`${muted ? html`<p class="quiet" part="dialog-note">${strings.mutedUntil(untilMoment(person.mutedUntil ?? Infinity, this.#moderation.tag))}</p>` : nothing}
      <div class="acts">
        ${muted ? act(strings.unmute, () => void this.#do((acts, id) => acts.unmute(id))) : nothing}
        ${mute(strings.muteTenMinutes, 10 * minute)} ${mute(strings.muteOneHour, 60 * minute)} ${mute(strings.muteForGood, Infinity)}
        ${act(strings.banOneDay, () => this.#askBan('day'), true)} ${act(strings.banForGood, () => this.#askBan('good'), true)}
        ${this.owner && person.role === 'member'
          ? act(strings.makeModerator, () => void this.#do((acts, id) => acts.setRole(id, 'moderator')))
          : nothing}
        ${this.owner && person.role === 'moderator'
          ? act(strings.makeMember, () => void this.#do((acts, id) => acts.setRole(id, 'member')))
          : nothing}
      </div>`;
  }

  #question(person: Person, strings: MemberActStrings): TemplateResult {
    return html`<form class="question" part="dialog-form" @submit=${this.#banned}>
      <p part="dialog-question"><b dir="auto">${strings.banQuestion(person.name, this._ban === 'good')}</b></p>
      <p part="dialog-note">${strings.banMeans}</p>
      <label class="field" part="dialog-label">${strings.reason}<textarea part="dialog-input" rows="2" maxlength=${limits.reason}></textarea></label>
      <div class="answers">
        <button part="dialog-button" type="button" @click=${() => this.#askBan(null)}>${this.#moderation.strings.cancel}</button>
        <button class="danger" part="dialog-button" type="submit" ?disabled=${this.#desk.busy}>${strings.confirmBan}</button>
      </div>
    </form>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const person = this.#about;
    const strings = this.#moderation.strings;
    const { problem } = this.#desk;
    return html`<dialog part="dialog" aria-labelledby="name" @close=${this.#closed}>
      <div class="top" part="dialog-header">
        <h2 class="shorten" id="name" part="dialog-title" dir="auto">${person?.name}</h2>
        <button class="icon" part="dialog-close" type="button" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>${icons.close}</button>
      </div>
      <div class="inside" part="dialog-body">
        ${person && (this._ban ? this.#question(person, strings.member) : this.#choices(person, strings.member))}
        <p class="wrong" part="dialog-problem" role="alert">${problem ? this.#language.strings.problem(problem) : ''}</p>
      </div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-member-actions': ChatMemberActions;
  }
}
