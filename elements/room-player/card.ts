import { html, nothing, type TemplateResult } from 'lit';
import { libraryParts, queueParts, searchParts } from '../player-lists/parts.js';
import { actionsParts, devicesParts } from './nested-parts.js';
import { tabRow, type Tab } from './tabs.js';
import { changeOver, showsLists, wayOut, type ViewContext } from './views.js';

export interface CardContext extends ViewContext {
  readonly tab: Tab;
  readonly choose: (tab: Tab) => void;
  /** Whether keys are answered. */
  readonly shortcuts: boolean;
}

/** The tabs and what they show: search, what comes next, library. */
export function panels({ t, tab, choose, snapshot }: CardContext): TemplateResult {
  const shown = showsLists(snapshot) ? tab : null;
  return html`
    ${shown ? tabRow(t, tab, choose) : nothing}
    <track-search
      part="search"
      exportparts=${searchParts}
      role="tabpanel"
      id="panel-search"
      aria-labelledby="tab-search"
      ?hidden=${shown !== 'search'}
    ></track-search>
    <player-queue
      part="queue"
      exportparts=${queueParts}
      role="tabpanel"
      id="panel-queue"
      aria-labelledby="tab-queue"
      ?hidden=${shown !== 'queue'}
      ?open=${shown === 'queue'}
    ></player-queue>
    <player-library
      part="library"
      exportparts=${libraryParts}
      role="tabpanel"
      id="panel-library"
      aria-labelledby="tab-library"
      ?hidden=${shown !== 'library'}
    ></player-library>
  `;
}

/** What plays, and the controls: they stay where they are whatever the tabs show. */
export function music(context: CardContext): TemplateResult {
  const { snapshot, tab, shortcuts } = context;
  return html`
    ${snapshot.track
      ? html`
          <now-playing part="now-playing" exportparts="artwork, title, artists, link: track-link">
            <player-actions part="actions" exportparts=${actionsParts} slot="actions" ?eager=${tab === 'library'}></player-actions>
          </now-playing>
        `
      : nothing}
    <player-controls
      part="controls"
      exportparts="timeline, seek, time, transport, button, play, loudness, volume"
      ?shortcuts=${shortcuts}
    >
      <player-devices part="devices" exportparts=${devicesParts} slot="end"></player-devices>${wayOut(context, 'end')}
    </player-controls>
    <div class="ways">${changeOver(context)}</div>
  `;
}
