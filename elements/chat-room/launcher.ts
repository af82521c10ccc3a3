import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ChatStrings } from '../../src/strings/chat.js';

export { adopt } from '../shared/adopt.js';
export { launcherStyles } from './launcher.styles.js';
export { keepWithinSeen } from './seen-window.js';

/** From here on it is not counted any more (limits.unread). */
const many = 100;

interface LauncherOptions {
  readonly title: string;
  readonly unread: number;
  readonly open: boolean;
  readonly show: () => void;
}

/** The button in the corner: named by the room and by what is new in it. */
export const launcher = (strings: ChatStrings, { title, unread, open, show }: LauncherOptions): TemplateResult =>
  html`<button class="launcher" part="launcher" type="button" title=${title} aria-expanded=${open} aria-controls="room" ?hidden=${open} @click=${show}>
    <slot name="launcher"
      ><svg viewBox="0 0 24 24" aria-hidden="true">
        ${svg`<path d="M12 4c4.7 0 8.5 3 8.5 7s-3.8 7-8.5 7c-1 0-2-.1-2.9-.4L4.5 20l1.2-3.9C4.3 14.8 3.5 13 3.5 11c0-4 3.8-7 8.5-7zM8.5 11v.1M12 11v.1M15.5 11v.1"></path>`}
      </svg></slot
    ><span class="visually-hidden">${title}</span>
    ${unread
      ? html`<span class="badge unread" part="launcher-badge" aria-hidden="true">${strings.count(Math.min(unread, many - 1))}${unread < many ? '' : '+'}</span
          ><span class="visually-hidden">${strings.newMessages(unread)}</span>`
      : nothing}
  </button>`;
