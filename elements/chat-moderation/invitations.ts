import { html, nothing, type TemplateResult } from 'lit';
import type { ModerationStrings } from '../../src/strings/moderation.js';

/** For how long an invitation can be good, in hours. */
const choices = [1, 24, 7 * 24, 30 * 24];
/** For how many people; null for any number. */
const uses = [null, 1, 5, 10, 25, 100];

export interface InvitationHandlers {
  readonly busy: boolean;
  /** The address that was made last, or null. */
  readonly link: string | null;
  /** @param uses of so many people, or null for any number */
  create(seconds: number, uses: number | null): void;
  copy(field: HTMLInputElement): void;
  /** Whether it is asked once more if all of them are to end. */
  readonly revoking: boolean;
  /** Asks that, or ceases to. */
  ask(asked: boolean): void;
  revoke(): void;
}

/** Makes a link into the room. Its token is told once: it is shown here, and kept nowhere. */
export function invitationSection(strings: ModerationStrings, handlers: InvitationHandlers): TemplateResult {
  const { busy, link, create, copy } = handlers;
  const asked = (event: SubmitEvent): void => {
    event.preventDefault();
    const chosen = new FormData(event.target as HTMLFormElement);
    create(Number(chosen.get('hours')) * 3600, Number(chosen.get('uses')) || null);
  };
  const copied = (event: Event): void => {
    const field = (event.currentTarget as HTMLElement).parentElement?.querySelector('input');
    if (field) copy(field);
  };
  return html`<section aria-labelledby="invitations" part="invitation">
    <h3 id="invitations" part="dialog-heading">${strings.invitations}</h3>
    <p class="quiet" part="dialog-note">${strings.invitationsNext}</p>
    <form class="title" part="dialog-form" @submit=${asked}>
      <label class="field" part="dialog-label"
        >${strings.lasts}
        <select part="dialog-input" name="hours">
          ${choices.map((hours) => html`<option value=${hours} ?selected=${hours === 24}>${strings.hours(hours)}</option>`)}
        </select>
      </label>
      <label class="field" part="dialog-label"
        >${strings.uses}
        <select part="dialog-input" name="uses">
          ${uses.map((count) => html`<option value=${count ?? ''}>${strings.people(count)}</option>`)}
        </select>
      </label>
      <button part="dialog-button" type="submit" ?disabled=${busy}>${strings.createLink}</button>
    </form>
    ${link
      ? html`<div class="title">
          <label class="field" part="dialog-label">${strings.link}<input part="dialog-input" type="text" readonly dir="ltr" .value=${link} @focus=${selectAll} /></label>
          <button part="dialog-button" type="button" @click=${copied}>${strings.copy}</button>
        </div>`
      : nothing}
    ${revocation(strings, handlers)}
  </section>`;
}

/** No link can be told from another any more: they end all at once. */
function revocation(strings: ModerationStrings, { busy, revoking, ask, revoke }: InvitationHandlers): TemplateResult {
  if (!revoking) {
    return html`<button class="more" id="revoke" part="dialog-button" type="button" ?disabled=${busy} @click=${() => ask(true)}>${strings.revoke}</button>`;
  }
  return html`<div class="sure" role="group" aria-labelledby="revoke-question" aria-describedby="revoke-means">
    <p id="revoke-question" part="dialog-question"><b>${strings.revokeQuestion}</b></p>
    <p id="revoke-means" part="dialog-note">${strings.revokeMeans}</p>
    <div class="buttons">
      <button id="revoke-cancel" part="dialog-button" type="button" @click=${() => ask(false)}>${strings.cancel}</button>
      <button class="danger" part="dialog-button" type="button" ?disabled=${busy} @click=${revoke}>${strings.confirmRevoke}</button>
    </div>
  </div>`;
}

const selectAll = (event: Event): void => (event.target as HTMLInputElement).select();
