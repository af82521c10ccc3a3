import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { ChatMemberActions } from '../chat-moderation/chat-member-actions.js';
import type { ChatModeration } from '../chat-moderation/chat-moderation.js';
import { memberActionsParts, moderationParts, reportParts } from '../chat-moderation/parts.js';
import type { ChatReport } from '../chat-moderation/chat-report.js';
import type { ChatSnapshot, Member, TimelineMessage } from '../../src/chat/model.js';
import type { ChatSession } from '../../src/chat/session.js';

/** What the host gives to the dialogs. */
export interface DialogsHost {
  session(): ChatSession | null;
  snapshot(): ChatSnapshot;
  /** The dialogs could not be loaded. */
  failed(): void;
  /** A dialog was closed, and what opened it is not there any more. */
  lost(): void;
}

// A literal, and a module of the chat's own: it can be seen that no player is reached (I1).
// eslint-disable-next-line no-restricted-syntax
const load = (): Promise<unknown> => import('../chat-moderation/define.js');

/** Reporting and moderating: seldom needed, and so not loaded before the first time. */
export class Dialogs {
  #loaded = false;
  #member: Member | null = null;
  #message: TimelineMessage | null = null;

  constructor(
    private readonly element: LitElement,
    private readonly host: DialogsHost,
  ) {}

  /** What moderators look after. */
  openModeration = (): Promise<void> => this.#open(() => this.#find<ChatModeration>('chat-moderation')?.show());

  /** What can be done about somebody: a member who is here, or the author of a message, of whom no more is known yet. */
  openMember(member: Member): Promise<void> {
    this.#member = member;
    return this.#open(() => this.#find<ChatMemberActions>('chat-member-actions')?.show());
  }

  openReport(message: TimelineMessage): Promise<void> {
    this.#message = message;
    return this.#open(() => this.#find<ChatReport>('chat-report')?.show());
  }

  /** With what was half filled in. */
  close(): void {
    this.#loaded = false;
    this.#member = null;
    this.#message = null;
    this.element.requestUpdate();
  }

  #find<T extends Element>(name: string): T | null {
    return this.element.shadowRoot?.querySelector<T>(name) ?? null;
  }

  async #open(show: () => Promise<void> | undefined): Promise<void> {
    try {
      await load();
    } catch {
      // Offline, or the page's server has a newer version by now: nothing here can tell which.
      return this.host.failed();
    }
    this.#loaded = true;
    this.element.requestUpdate();
    await this.element.updateComplete;
    await show();
  }

  #closed = (): void => {
    if (!this.element.shadowRoot?.activeElement) this.host.lost();
  };

  render(): TemplateResult | typeof nothing {
    const session = this.host.session();
    if (!this.#loaded || !session) return nothing;
    const { moderation } = this.host.snapshot();
    return html`<chat-report
        exportparts=${reportParts}
        .message=${this.#message}
        .report=${(id: string, reason: string) => session.report(id, reason)}
        @close=${this.#closed}
      ></chat-report>
      ${moderation ? this.#moderating(session) : nothing}`;
  }

  /** Who is no moderator any more does not go on with an open panel. */
  #moderating(session: ChatSession): TemplateResult {
    const { room, me, members, moderation } = this.host.snapshot();
    const here = members.find(({ id }) => id === this.#member?.id);
    return html`<chat-member-actions
        exportparts=${memberActionsParts}
        .person=${here ?? this.#member}
        .absent=${!here}
        .owner=${me?.role === 'owner'}
        .acts=${session.moderate}
        @close=${this.#closed}
      ></chat-member-actions>
      <chat-moderation
        exportparts=${moderationParts}
        .room=${room}
        .me=${me}
        .members=${members}
        .moderation=${moderation}
        .acts=${session.moderate}
        .removeMessage=${(id: string) => session.remove(id)}
        @close=${this.#closed}
      ></chat-moderation>`;
  }
}
