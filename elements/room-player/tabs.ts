import { html, type TemplateResult } from 'lit';
import type { PlayerStrings } from '../../src/strings/player.js';

export type Tab = 'search' | 'queue' | 'library';

const tabs: readonly Tab[] = ['search', 'queue', 'library'];

/** The row of tabs. Arrows move among them; a tab opens when it is pressed, for two of them ask Spotify something. */
export function tabRow(t: PlayerStrings, shown: Tab, choose: (tab: Tab) => void): TemplateResult {
  const names: Readonly<Record<Tab, string>> = { search: t.searchTab, queue: t.upNext, library: t.library };
  return html`
    <div class="tabs" part="tabs" role="tablist" aria-label=${t.views} @keydown=${onKey}>
      ${tabs.map(
        (tab) => html`
          <button
            part="tab"
            role="tab"
            id="tab-${tab}"
            aria-controls="panel-${tab}"
            aria-selected=${tab === shown}
            tabindex=${tab === shown ? 0 : -1}
            @click=${() => choose(tab)}
          >
            ${names[tab]}
          </button>
        `,
      )}
    </div>
  `;
}

function onKey(event: KeyboardEvent): void {
  const row = event.currentTarget as HTMLElement;
  const buttons = [...row.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = buttons.indexOf(event.target as HTMLElement);
  const forward = getComputedStyle(row).direction === 'rtl' ? -1 : 1;
  const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: buttons.length - 1 }[event.key];
  if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  buttons.at(to % buttons.length)?.focus();
}
