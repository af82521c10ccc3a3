import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Member, Moderation, ReportedMessage, Room, RoomSettings } from '../../src/chat/model.js';
import type { ModerationActs } from '../../src/chat/session.js';
import { chatPart } from '../../src/strings/chat.js';
import { moderationPart } from '../../src/strings/moderation.js';
import { invitationLink } from '../chat-room/invitation.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { KeptFocus, type NextFocus } from '../shared/kept-focus.js';
import { Localized } from '../shared/localized.js';
import type { ChatMemberActions, Person } from './chat-member-actions.js';
import { chatModerationStyles } from './chat-moderation.styles.js';
import { Desk } from './desk.js';
import { dialogStyles } from './dialog.styles.js';
import { invitationSection } from './invitations.js';
import { memberActionsParts } from './parts.js';
import { bansSection, reportsSection } from './reports.js';
import { settingsSection } from './settings.js';

/** A report is answered, perhaps by somebody else, or its message goes: on it, as long as it is there, then where they are listed. */
const nextInDesk: NextFocus = (focused) => {
  const report = focused.closest<HTMLElement>('.report');
  const heading = focused.closest('section')?.querySelector<HTMLElement>('h3[tabindex]');
  return () => (report?.isConnected ? report : heading);
};

/** Where a new link stands. */
const linkField = 'input[readonly]';

/**
 * What moderators and owners look after: reports, bans, how the room is, invitations. A dialog; loaded when it is first
 * opened.
 *
 * @fires close - The dialog was closed. It does not bubble.
 *
 * @csspart dialog - The dialog.
 * @csspart dialog-header - The line with its title.
 * @csspart dialog-title - The title.
 * @csspart dialog-close - The button `Close` in that line.
 * @csspart dialog-body - What is below it.
 * @csspart dialog-heading - A section's title.
 * @csspart dialog-form - What holds a field and its button.
 * @csspart dialog-label - A field's label.
 * @csspart dialog-input - A field.
 * @csspart dialog-button - A button.
 * @csspart dialog-question - What it asks before all links are revoked.
 * @csspart dialog-note - A sentence that explains.
 * @csspart dialog-problem - The sentence that says what went wrong.
 * @csspart reports - What members told of.
 * @csspart report - A message that was reported.
 * @csspart reported-author - Whose it is.
 * @csspart reported - Its text.
 * @csspart reporters - How many told of it.
 * @csspart reason - Why somebody did.
 * @csspart bans - Who may not come in.
 * @csspart ban - One of them.
 * @csspart settings - How the room is.
 * @csspart invitation - Where links into the room are made.
 */
export class ChatModeration extends LitElement {
  static override styles = [...baseStyles, dialogStyles, chatModerationStyles];

  readonly #language = new Localized(this, chatPart);
  readonly #moderation = new Localized(this, moderationPart);
  readonly #desk = new Desk(this);

  @query('dialog') private readonly _dialog!: HTMLDialogElement;
  @query('chat-member-actions') private readonly _actions!: ChatMemberActions;
  @state() private _link: string | null = null;
  /** Whether it is asked once more if all invitations are to end. */
  @state() private _revoking = false;
  /** What was asked for and the room has not told yet: shown at once, or a box would jump back for a moment. */
  @state() private _asked: RoomSettings = {};
  /** Whose message was reported, while something is to be done about them. */
  @state() private _person: Person | null = null;

  /** The room that is looked after. */
  @property({ attribute: false }) room: Room | null = null;

  /** The visitor, whose role says what they may do. */
  @property({ attribute: false }) me: Member | null = null;

  /** Who is here: of others no more is known than their name. */
  @property({ attribute: false }) members: readonly Member[] = [];

  /** Reports and bans; null for who may not see them. */
  @property({ attribute: false }) moderation: Moderation | null = null;

  /** What can be done; nothing while it is null. */
  @property({ attribute: false }) acts: ModerationActs | null = null;

  /** Deletes a message. */
  @property({ attribute: false }) removeMessage: (id: string) => void = () => undefined;

  constructor() {
    super();
    new KeptFocus(this, nextInDesk);
  }

  /** Opens it, and reads anew what is in it. */
  async show(): Promise<void> {
    this.#desk.reset();
    this._link = null;
    this._revoking = false;
    this._asked = {};
    await this.updateComplete;
    if (!this.isConnected || this._dialog.open) return;
    this._dialog.showModal();
    void this.acts?.refresh();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('room')) this._asked = {};
  }

  /** Closes it. */
  close(): void {
    this._dialog.close();
  }

  #closed = (): void => {
    this._link = null;
    this.dispatchEvent(new Event('close'));
  };

  #run(act: (acts: ModerationActs) => ReturnType<ModerationActs['unban']>, then: string | null = null): void {
    const { acts } = this;
    if (!acts) return;
    void this.#desk.run(() => act(acts), this.#moderation.strings.done).then(async () => {
      await this.updateComplete;
      // What had the focus is gone, or was out of use for a moment: the keyboard goes on at the heading.
      if (then && (then === linkField || !this.shadowRoot?.activeElement)) this._dialog.querySelector<HTMLElement>(then)?.focus();
    });
  }

  #about({ authorId, authorName }: ReportedMessage, ban: boolean): void {
    if (authorId === null) return;
    this._person = { id: authorId, name: authorName, role: 'member', mutedUntil: null };
    void this.updateComplete.then(() => this._actions.show(ban));
  }

  #more = async (): Promise<void> => {
    const before = this.moderation?.reports.list.length ?? 0;
    await this.acts?.moreReports();
    await this.updateComplete;
    // The button may be gone with the last of them: the keyboard goes on at the first of the new ones.
    this._dialog.querySelectorAll<HTMLElement>('.report')[before]?.focus();
  };

  #askRevoke(asked: boolean): void {
    this.#desk.reset();
    this._revoking = asked;
    void this.updateComplete.then(() => this._dialog.querySelector<HTMLElement>(asked ? '#revoke-cancel' : '#revoke')?.focus());
  }

  #revoke = (): void => {
    this._link = null;
    this._revoking = false;
    this.#run((acts) => acts.revokeInvitations(), '#revoke');
  };

  #invite = (seconds: number, uses: number | null): void => {
    this._link = null;
    this.#run(async (acts) => {
      const answer = await acts.invite(seconds, uses);
      if ('code' in answer) return answer;
      this._link = invitationLink(answer.token, location.href);
      return null;
    }, linkField);
  };

  #change = (settings: RoomSettings): void => {
    this._asked = { ...this._asked, ...settings };
    this.#run(async (acts) => {
      const problem = await acts.setRoom(settings);
      if (problem) this._asked = {};
      return problem;
    });
  };

  #copy = (field: HTMLInputElement): void => {
    const strings = this.#moderation.strings;
    const selected = (): void => {
      field.focus();
      field.select();
      this.#desk.say(strings.copyYourself);
    };
    // Only https pages have a clipboard, and frames only where the page around allows it.
    if (!('clipboard' in navigator)) return selected();
    navigator.clipboard.writeText(field.value).then(() => this.#desk.say(strings.copied), selected);
  };

  #sections(room: Room, moderation: Moderation): TemplateResult {
    const { strings, tag } = this.#moderation;
    const { busy } = this.#desk;
    return html`${reportsSection(strings, moderation, {
      busy,
      tag,
      remove: ({ messageId }) => this.removeMessage(messageId),
      mute: (report) => this.#about(report, false),
      ban: (report) => this.#about(report, true),
      dismiss: ({ messageId }) => this.#run((acts) => acts.resolve(messageId), '#reports'),
      more: () => void this.#more(),
    })}
    ${bansSection(strings, moderation, { busy, tag, unban: ({ userId }) => this.#run((acts) => acts.unban(userId), '#bans') })}
    ${settingsSection(strings, { ...room, ...this._asked }, {
      owner: this.me?.role === 'owner',
      busy,
      change: this.#change,
    })}
    ${invitationSection(strings, {
      busy,
      link: this._link,
      create: this.#invite,
      copy: this.#copy,
      revoking: this._revoking,
      ask: (asked) => this.#askRevoke(asked),
      revoke: this.#revoke,
    })}`;
  }

  protected override render(): TemplateResult {
    const { room, moderation } = this;
    const strings = this.#moderation.strings;
    const { problem, said } = this.#desk;
    const here = this.members.find(({ id }) => id === this._person?.id);
    return html`<dialog part="dialog" aria-labelledby="title" @close=${this.#closed}>
        <div class="top" part="dialog-header">
          <h2 id="title" part="dialog-title">${strings.title}</h2>
          <button class="icon" part="dialog-close" type="button" aria-label=${strings.close} title=${strings.close} @click=${() => this.close()}>${icons.close}</button>
        </div>
        <div class="told">
          <p class="wrong" part="dialog-problem" role="alert">${problem ? this.#language.strings.problem(problem) : ''}</p>
          <p class="quiet" part="dialog-note" role="status">${said}</p>
        </div>
        <div class="inside" part="dialog-body">${room && moderation ? this.#sections(room, moderation) : nothing}</div>
      </dialog>
      <chat-member-actions
        exportparts=${memberActionsParts}
        .person=${here ?? this._person}
        .absent=${!here}
        .owner=${this.me?.role === 'owner'}
        .acts=${this.acts}
        @close=${() => void this.acts?.refresh()}
      ></chat-member-actions>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-moderation': ChatModeration;
  }
}
