import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Device } from '../../src/player/library.js';
import { playerPart } from '../../src/strings/player.js';
import { Listing, onePage, problemOf } from '../player-lists/listing.js';
import { PlayerLink } from '../player-lists/player-link.js';
import { baseStyles } from '../shared/base.styles.js';
import { Countdown } from '../shared/countdown.js';
import { icons } from '../shared/icons.js';
import { KeptFocus } from '../shared/kept-focus.js';
import { Localized } from '../shared/localized.js';
import { mustWait, retryWait } from '../shared/retry-wait.js';
import type { PlayerErrorCode } from '../../src/player/snapshot.js';
import { playerDevicesStyles } from './player-devices.styles.js';

const pictures: Readonly<Record<string, TemplateResult>> = {
  computer: icons.computer,
  smartphone: icons.phone,
  tablet: icons.phone,
};

/**
 * Where the visitor's Spotify can play, as a button that opens a list. It works inside a `<room-player>` only, and asks
 * for the devices each time that the visitor opens it.
 *
 * @element player-devices
 * @csspart button - the button that opens the list
 * @csspart list - the box that opens
 * @csspart heading - its title
 * @csspart status - that it is looked for, or why there are none
 * @csspart retry - the button that asks again
 * @csspart wait - how long to wait before that
 * @csspart devices - the list in it
 * @csspart device - one row of it
 * @csspart device-button - the button that the row is
 * @csspart device-name - the device's name
 * @csspart device-notes - whether it is this page, and whether it plays
 */
export class PlayerDevices extends LitElement {
  static override styles = [...baseStyles, playerDevicesStyles];

  readonly #language = new Localized(this, playerPart);
  readonly #link = new PlayerLink(this);
  readonly #listing = new Listing<Device>(() => this.requestUpdate());

  readonly #wait = new Countdown(this, () => this.#listing.state.retryAt);

  @state() private open = false;
  /** Why the last choice came to nothing. */
  @state() private problem: PlayerErrorCode | null = null;

  @query('[popover]') private box?: HTMLElement;
  @query('.open') private button?: HTMLElement;

  constructor() {
    super();
    new KeptFocus(this, () => () => this.box?.querySelector<HTMLElement>('button:enabled') ?? this.box?.querySelector<HTMLElement>('.status'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#onClose();
  }

  protected override updated(): void {
    // The button that it belongs to no longer answers.
    if (this.open && !this.#link.usable) this.box?.hidePopover();
  }

  readonly #onToggle = (event: ToggleEvent): void => {
    if (event.newState === 'open') return this.#onOpen();
    // Before the list goes: a popover gives the focus back only where it finds it in itself.
    if (this.box?.matches(':focus-within')) this.button?.focus();
    this.#onClose();
  };

  #onOpen(): void {
    const { controls } = this.#link;
    this.open = true;
    this.#place();
    if (controls) this.#listing.open(async (_, signal) => onePage(await controls.library.devices({ signal })));
  }

  #onClose(): void {
    this.open = false;
    this.problem = null;
    this.#listing.clear();
  }

  /** Beside its button, within the window. By hand: not every engine can anchor a box to another yet. */
  #place(): void {
    if (!this.box || !this.button) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const button = this.button.getBoundingClientRect();
    const width = Math.min(288, clientWidth - 24);
    const left = Math.min(Math.max(12, button.right - width), clientWidth - width - 12);
    const above = button.top > clientHeight - button.bottom;
    const { style } = this.box;
    style.setProperty('inline-size', `${width}px`);
    style.setProperty('left', `${left + window.scrollX}px`);
    // From the edge that it stands on, so that it grows away from the button while the list comes.
    style.setProperty('top', above ? 'auto' : `${button.bottom + 8 + window.scrollY}px`);
    style.setProperty('bottom', above ? `${clientHeight - button.top + 8 - window.scrollY}px` : 'auto');
  }

  async #choose(device: Device): Promise<void> {
    const { controls } = this.#link;
    if (!controls) return;
    this.problem = null;
    try {
      // To this page by the command that may start sound, which is allowed within the click only.
      await (device.here ? controls.bringHere() : controls.library.transferTo(device.key));
      if (this.open) this.box?.hidePopover();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#link.can('devices')) return nothing;
    const t = this.#language.strings;
    const { status, items, problem } = this.#listing.state;
    return html`
      <button
        class="icon open"
        part="button"
        popovertarget="list"
        aria-label=${t.devices}
        aria-expanded=${this.open}
        title=${t.devices}
        ?disabled=${!this.#link.usable}
      >
        ${icons.device}
      </button>
      <div class="box" id="list" part="list" popover role="group" aria-label=${t.devices} @beforetoggle=${this.#onToggle}>
        <p class="heading" part="heading" aria-hidden="true">${t.devices}</p>
        <p class="status" part="status" role="status" tabindex="-1"><bdi>${this.#status()}</bdi></p>
        ${status === 'failed'
          ? html`
              <button class="retry" part="retry" ?disabled=${mustWait(problem, this.#wait.seconds)} @click=${() => this.#listing.retry()}>${t.remedies.retry}</button>
              ${retryWait(t, this.#wait.seconds)}
            `
          : nothing}
        ${items.length ? html`<ul part="devices" role="list" aria-label=${t.devices}>${items.map((device) => this.#device(device))}</ul>` : nothing}
      </div>
    `;
  }

  #status(): string {
    const { status, items, problem } = this.#listing.state;
    const wrong = this.problem ?? problem;
    const t = this.#language.strings;
    if (wrong) return !this.problem && this.#wait.seconds === 0 ? t.retryNow : t.problems[wrong];
    if (status === 'loading' && !items.length) return t.lookingForDevices;
    return status === 'shown' && !items.some(({ here }) => !here) ? t.noDevices : '';
  }

  #device(device: Device): TemplateResult {
    const { name, kind, active, here } = device;
    const t = this.#language.strings;
    const notes = [...(here ? [t.thisPage] : []), ...(active ? [t.playsThere] : [])].join(' · ');
    const words = html`
      ${pictures[kind.toLowerCase()] ?? icons.device}
      <span class="words">
        <span class="name shorten" part="device-name" dir="auto">${name}</span>
        ${notes ? html`<span class="notes" part="device-notes">${notes}</span>` : nothing}
      </span>
    `;
    return html`
      <li part="device">
        ${active
          ? html`<div class="device" part="device-button" data-active aria-current="true">${words}</div>`
          : html`
              <button class="device" part="device-button" aria-label=${t.playOn(name)} title=${t.playOn(name)} @click=${() => this.#choose(device)}>
                ${words}
              </button>
            `}
      </li>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'player-devices': PlayerDevices;
  }
}
