import { html, nothing, type TemplateResult } from 'lit';
import type { ModerationStrings } from '../../src/strings/moderation.js';

/** For how long an invitation can be good, in hours. */
const choices = [1, 24, 7 * 24, 30 * 24];

export interface InvitationHandlers {
  readonly busy: boolean;
  /** The address that was made last, or null. */
  readonly link: string | null;
  create(seconds: number): void;
  copy(field: HTMLInputElement): void;
}

/** Makes a link into the room. Its token is told once: it is shown here, and kept nowhere. */
export function invitationSection(strings: ModerationStrings, { busy, link, create, copy }: InvitationHandlers): TemplateResult {
  const asked = (event: SubmitEvent): void => {
    event.preventDefault();
    create(Number(new FormData(event.target as HTMLFormElement).get('hours')) * 3600);
  };
  const copied = (event: Event): void => {
    const field = (event.currentTarget as HTMLElement).parentElement?.querySelector('input');
    if (field) copy(field);
  };
  return html`<section aria-labelledby="invitations" part="invitation">
    <h3 id="invitations">${strings.invitations}</h3>
    <p class="quiet">${strings.invitationsNext}</p>
    <form class="title" @submit=${asked}>
      <label class="field"
        >${strings.lasts}
        <select name="hours">
          ${choices.map((hours) => html`<option value=${hours} ?selected=${hours === 24}>${strings.hours(hours)}</option>`)}
        </select>
      </label>
      <button type="submit" ?disabled=${busy}>${strings.createLink}</button>
    </form>
    ${link
      ? html`<div class="title">
          <label class="field">${strings.link}<input type="text" readonly dir="ltr" .value=${link} @focus=${selectAll} /></label>
          <button type="button" @click=${copied}>${strings.copy}</button>
        </div>`
      : nothing}
  </section>`;
}

const selectAll = (event: Event): void => (event.target as HTMLInputElement).select();
