import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Room, RoomSettings } from '../../src/chat/model.js';
import type { ModerationStrings } from '../../src/strings/moderation.js';

/** In s. */
const slowChoices = [0, 5, 30, 60, 300, 900, 3600, 21_600];

export interface SettingsHandlers {
  readonly busy: boolean;
  change(settings: RoomSettings): void;
}

/** How the room is: slow mode for those who look after it, the rest for its owner. */
export function settingsSection(
  strings: ModerationStrings,
  room: Room,
  { owner, busy, change }: SettingsHandlers & { readonly owner: boolean },
): TemplateResult {
  const choices = slowChoices.includes(room.slowSeconds) ? slowChoices : [...slowChoices, room.slowSeconds].sort((a, b) => a - b);
  const slowChosen = (event: Event): void => change({ slowSeconds: Number((event.target as HTMLSelectElement).value) });
  return html`<section aria-labelledby="settings" part="settings">
    <h3 id="settings" part="dialog-heading">${strings.room}</h3>
    <label class="field" part="dialog-label"
      >${strings.slowMode}
      <select part="dialog-input" ?disabled=${busy} @change=${slowChosen} .value=${live(String(room.slowSeconds))}>
        ${choices.map((seconds) => html`<option value=${seconds} ?selected=${seconds === room.slowSeconds}>${strings.slowSeconds(seconds)}</option>`)}
      </select>
    </label>
    ${owner ? ownerSettings(strings, room, { busy, change }) : nothing}
  </section>`;
}

function ownerSettings(strings: ModerationStrings, room: Room, { busy, change }: SettingsHandlers): TemplateResult {
  const titled = (event: SubmitEvent): void => {
    event.preventDefault();
    const title = new FormData(event.target as HTMLFormElement).get('title');
    if (typeof title === 'string' && title.trim() && title.trim() !== room.title) change({ title: title.trim() });
  };
  const turn = (label: string, on: boolean, settings: (on: boolean) => RoomSettings): TemplateResult =>
    html`<label class="turn" part="dialog-label">
      <input
        part="dialog-input"
        type="checkbox"
        .checked=${live(on)}
        ?disabled=${busy}
        @change=${(event: Event) => change(settings((event.target as HTMLInputElement).checked))}
      />${label}
    </label>`;
  return html`<form class="title" part="dialog-form" @submit=${titled}>
      <label class="field" part="dialog-label">${strings.roomTitle}<input part="dialog-input" name="title" type="text" maxlength="80" required autocomplete="off" .value=${room.title} /></label>
      <button part="dialog-button" type="submit" ?disabled=${busy}>${strings.saveTitle}</button>
    </form>
    ${turn(strings.isPublic, room.isPublic, (isPublic) => ({ isPublic }))}
    ${turn(strings.allowsGuests, room.allowsGuests, (allowsGuests) => ({ allowsGuests }))}`;
}
