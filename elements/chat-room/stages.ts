import { html, nothing, type TemplateResult } from 'lit';
import type { ChatProblem, ChatStatus, Progress, Room } from '../../src/chat/model.js';
import type { GuestJoinEvent } from '../../src/chat-events.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import { icons } from '../shared/icons.js';

/** Where a conversation will be: its shape, without a word. */
export const skeleton = html`<div class="skeleton" part="skeleton" aria-hidden="true">
  <i class="face"></i><span><i class="short"></i><i class="line"></i></span> <i class="face"></i
  ><span><i class="short"></i><i class="line long"></i><i class="line"></i></span> <i></i
  ><span class="own"><i class="line"></i></span> <i class="face"></i><span><i class="short"></i><i class="line long"></i></span>
</div>`;

/** A room in which nobody has written. */
export const emptyRoom = (strings: ChatStrings): TemplateResult =>
  html`<div class="card" part="empty">
    <span class="emblem" part="emblem">${icons.note}</span>
    <p class="lead" part="lead">${strings.emptyRoom}</p>
    <p part="text">${strings.emptyRoomNext}</p>
  </div>`;

/** The door: asks for a name. */
export const welcome = (
  strings: ChatStrings,
  { room, problem, busy, joined }: {
    readonly room: Room | null;
    readonly problem: ChatProblem | null;
    readonly busy: boolean;
    readonly joined: (event: GuestJoinEvent) => void;
  },
): TemplateResult =>
  html`<div class="stage" part="welcome">
    <div class="card">
      <span class="emblem" part="emblem">${icons.note}</span>
      <h3 class="lead" part="lead" dir="auto">${strings.welcome(room?.title ?? strings.chatRoom)}</h3>
      <p part="text">${strings.welcomeNext}</p>
      <chat-guest-form
        exportparts="form: guest-form, label: guest-label, input: guest-input, join, problem: guest-problem"
        .problem=${problem}
        ?busy=${busy}
        @guest-join=${joined}
      ></chat-guest-form>
    </div>
  </div>`;

/** Why there is no room, and what helps. */
export const failure = (strings: ChatStrings, problem: ChatProblem, again: (() => void) | null): TemplateResult =>
  html`<div class="stage" part="failure">
    <div class="card">
      <span class="emblem sad" part="emblem">${icons.warning}</span>
      <p part="text">${strings.problem(problem)}</p>
      ${again ? html`<button class="primary" part="try-again" type="button" @click=${again}>${strings.tryAgain}</button>` : nothing}
    </div>
  </div>`;

/** A line above the conversation while something is not as it should be. */
export const bar = (
  strings: ChatStrings,
  status: ChatStatus,
  problem: ChatProblem | null,
  again: (() => void) | null,
): TemplateResult | typeof nothing => {
  const reconnecting = problem?.code === 'server' ? strings.serverTrouble : strings.reconnecting;
  const text = status === 'reconnecting' ? reconnecting : problem && strings.problem(problem);
  if (!text) return nothing;
  return html`<div class="bar ${status}" part="bar">
    ${status === 'reconnecting' ? html`<span class="spinner"></span>` : icons.warning}<span>${text}</span>
    ${status === 'failed' && again ? html`<button part="try-again" type="button" @click=${again}>${strings.tryAgain}</button>` : nothing}
  </div>`;
};

/** What is read that takes long. @param stop gives it up; null: it goes on until it is done */
export const progressBar = (
  strings: ChatStrings,
  { to, done, of }: Progress,
  stop: (() => void) | null,
): TemplateResult => {
  const text = strings.reading[to];
  return html`<div class="bar" part="bar">
    <span>${text}</span>
    <progress aria-label=${text} max=${of} value=${done}></progress>
    ${stop ? html`<button part="stop" type="button" @click=${stop}>${strings.cancel}</button>` : nothing}
  </div>`;
};

/** Why a track was not shared, or a message is not shown. */
export const refusal = (strings: ChatStrings, problem: ChatProblem, dismiss: () => void): TemplateResult =>
  html`<div class="bar" part="bar">
    ${icons.warning}<span>${strings.problem(problem)}</span>
    <button class="icon" part="dismiss" type="button" aria-label=${strings.dismiss} title=${strings.dismiss} @click=${dismiss}>
      ${icons.close}
    </button>
  </div>`;
