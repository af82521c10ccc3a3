import { css } from 'lit';

/** The panel that shows a list. */
const browsing = css`:is(track-search[open], player-queue, player-library):not([hidden])`;

/** What stands in the card only once there is a player; it comes with it. */
export const playerStyles = css`
  now-playing {
    --now-playing-artwork: 104px;
    --now-playing-title: calc(1.1875 * var(--_rem));
  }

  .tabs {
    display: flex;
    gap: 2px;
    padding: 3px;
    border-radius: 999px;
    background: var(--_raised);
  }

  .tabs button {
    flex: auto;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    min-block-size: 34px;
    padding: 0 4px;
    border-color: transparent;
    color: var(--_muted);
    font-size: 0.9333em;
    white-space: nowrap;
  }

  .tabs button[aria-selected='true'] {
    background: light-dark(var(--_surface), color-mix(in oklab, var(--_text) 14%, var(--_raised)));
    color: var(--_text);
    box-shadow: 0 1px 3px light-dark(rgb(64 38 20 / 16%), rgb(0 0 0 / 45%));
  }

  @media (forced-colors: active) {
    .tabs button[aria-selected='true'] {
      border: 2px solid Highlight;
    }
  }

  /* What to search for is no question once something was found. */
  :host(:not([status='elsewhere'])) .card:has(${browsing}) .stage {
    display: none;
  }

  .card:has(${browsing}) now-playing {
    --now-playing-artwork: 64px;
    --now-playing-title: calc(1.0625 * var(--_rem));
  }

  /* A narrow page scrolls as a whole; results that fill the screen would hide the way back to the player. */
  ${browsing} {
    max-block-size: min(calc(26 * var(--_rem)), 60vh);
  }

  /* As under the search: here the list ends, and what plays begins. */
  :is(player-queue, player-library):not([hidden]) {
    border-block-end: 1px solid var(--_line);
  }

  @container room-player (min-width: 640px) {
    .card:not(:has(now-playing)) player-controls {
      grid-column: 1 / -1;
    }

    now-playing {
      --now-playing-artwork: 132px;
    }
  }

  @container room-player (min-width: 820px) {
    .layout:not([data-alone]) now-playing {
      --now-playing-direction: column;
      --now-playing-artwork: 100%;
      --now-playing-title: calc(1.375 * var(--_rem));
    }

    /* While the visitor looks for something the cover steps back, so that the card keeps its height. */
    .layout:not([data-alone]) .card:has(${browsing}) now-playing {
      --now-playing-direction: row;
      --now-playing-artwork: 64px;
      --now-playing-title: calc(1.0625 * var(--_rem));
    }

    .layout:not([data-alone]) ${browsing} {
      flex: 1 1 calc(23 * var(--_rem));
      max-block-size: none;
      min-block-size: calc(14 * var(--_rem));
    }
  }
`;
