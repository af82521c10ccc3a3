import { html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { PlayerStrings } from '../../src/strings/player.js';
import { icons } from '../shared/icons.js';
import type { Listing } from './listing.js';

interface ListView<T> {
  readonly t: PlayerStrings;
  readonly listing: Listing<T>;
  /** What to show instead of what the listing holds. */
  readonly items?: readonly T[];
  readonly row: (item: T, index: number) => TemplateResult;
  /** The list's accessible name. */
  readonly label?: string;
  /** The button for the next page. */
  readonly more?: string;
  /** The page at Spotify that shows the same, and the words that lead there: metadata links back (spotify.md). */
  readonly source: { readonly href: string | null; readonly words: string };
}

/** What a listing shows below its status line: a way to try again, its rows, or the shape of what is coming. */
export function listView<T>({ t, listing, items = listing.state.items, row, label, more = t.showMore, source }: ListView<T>): TemplateResult {
  const { status, nextOffset } = listing.state;
  const loading = status === 'loading';
  return html`
    ${status === 'failed'
      ? html`<button class="retry" @click=${() => listing.retry()}>${t.remedies.retry}</button>`
      : nothing}
    ${items.length
      ? html`
          <ul class="results" part="results" role="list" aria-label=${label ?? nothing} aria-busy=${loading} ?data-loading=${loading}>
            ${items.map(row)}
            <li class="end">
              ${nextOffset === null
                ? nothing
                : html`<button class="more" part="more" @click=${() => listing.more()}>${more}</button>`}
              ${source.href
                ? html`<a href=${source.href} target="_blank" rel="noopener">${source.words}${icons.out}</a>`
                : nothing}
            </li>
          </ul>
        `
      : loading
        ? waiting
        : nothing}
  `;
}

/** The shape of what is coming. */
export const waiting = html`<div class="waiting" aria-hidden="true"><span></span><span></span><span></span></div>`;

/** The last page takes `more` away: who stood on it goes on at the first new row. */
export class MoreFocus implements ReactiveController {
  /** How many rows there were when the visitor stood on it; null when they stand elsewhere. */
  #after: number | null = null;

  constructor(private readonly host: ReactiveElement) {
    host.addController(this);
  }

  get #rows(): NodeListOf<HTMLElement> | [] {
    return this.host.shadowRoot?.querySelectorAll<HTMLElement>('.play') ?? [];
  }

  hostUpdate(): void {
    const standsOnMore = this.host.shadowRoot?.activeElement?.matches('.more') ?? false;
    this.#after = standsOnMore ? this.#rows.length : null;
  }

  hostUpdated(): void {
    if (this.#after !== null && !this.host.shadowRoot?.querySelector('.more')) this.#rows[this.#after]?.focus();
  }
}
