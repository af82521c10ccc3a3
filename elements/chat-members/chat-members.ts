import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Member } from '../../src/chat/model.js';
import { chatStrings } from '../../src/strings/chat.js';
import { authorStyles } from '../chat-message/author.styles.js';
import { hueOf, initialOf } from '../chat-message/author.js';
import { baseStyles } from '../shared/base.styles.js';
import { chatMembersStyles } from './chat-members.styles.js';

/**
 * Who is in the room now. A view: properties in.
 *
 * @csspart header - The heading with the count.
 * @csspart list - The list `Members`.
 * @csspart member - One of them.
 * @csspart avatar - The circle with the initial.
 * @csspart name - The name.
 */
export class ChatMembers extends LitElement {
  static override styles = [...baseStyles, authorStyles, chatMembersStyles];

  #resized: ResizeObserver | null = null;

  @query('ul') private readonly _list!: HTMLElement;
  /** Whether some of it is out of sight: then the keyboard must reach it. */
  @state() private _cut = false;

  /** In the order to show. */
  @property({ attribute: false }) members: readonly Member[] = [];

  /** The visitor's own id, to tell them which one they are. */
  @property({ attribute: false }) me: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized ??= new ResizeObserver(() => this.#measure());
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
  }

  protected override updated(): void {
    this.#measure();
  }

  #measure(): void {
    const list = this._list;
    // With the focus in it names are shown in full: measured then, the list would lose its focus for having it.
    if (!list || this.shadowRoot?.activeElement === list) return;
    const names = [...list.querySelectorAll('.name')];
    this._cut = list.scrollHeight > list.clientHeight || names.some((name) => name.scrollWidth > name.clientWidth);
  }

  #member(member: Member): TemplateResult {
    const mine = member.id === this.me;
    return html`<li part="member">
      <span class="avatar ${hueOf(member.id)}" part="avatar" aria-hidden="true">${initialOf(member.name)}</span>
      <span class="name shorten" part="name" dir="auto" title=${member.name}>${member.name}</span>
      ${mine ? html`<span class="you">(${chatStrings().you})</span>` : nothing}
    </li>`;
  }

  protected override render(): TemplateResult {
    const strings = chatStrings();
    // The role is said again: Safari takes it from lists without bullets.
    return html`
      <div class="head" part="header">${strings.members}<span class="count">${this.members.length}</span></div>
      <ul part="list" role="list" aria-label=${strings.members} tabindex=${this._cut ? 0 : nothing}>
        ${repeat(this.members, ({ id }) => id, (member) => this.#member(member))}
      </ul>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-members': ChatMembers;
  }
}
