import { css } from 'lit';

/** Lists of tracks and collections, alike wherever they stand. */
export const listStyles = css`
  .not-here {
    margin: 0;
    padding-block: var(--_space);
    color: var(--_muted);
  }

  .status {
    flex: none;
    margin: 0;
    color: var(--_muted);
    font-size: 0.8125em;
    overflow-wrap: anywhere;
  }

  /* What there is to say, and Spotify's mark with 12 px of clear space around it. */
  .line {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: center;
    padding-inline: 6px;
  }

  .line > .status {
    flex: 1 1 auto;
    min-inline-size: 0;
  }

  .line > .spotify {
    margin-block: 12px;
    margin-inline-start: auto;
  }

  .status > bdi:not(:empty) {
    display: block;
    padding-block: var(--_space) calc(var(--_space) * 0.5);
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .line:last-child > .status > bdi:not(:empty) {
    padding-block-end: calc(var(--_space) * 1.5);
  }

  .again {
    display: flex;
    flex-wrap: wrap;
    gap: 4px var(--_space);
    align-items: center;
    padding-inline: 6px;
    margin-block: 4px calc(var(--_space) * 1.5);
  }

  .wait {
    margin: 0;
    color: var(--_muted);
    font-size: 0.8667em;
    font-variant-numeric: tabular-nums;
  }

  .results {
    flex: 1;
    min-block-size: 0;
    margin: 0;
    padding: 2px;
    overflow-y: auto;
    overscroll-behavior: contain;
    container-type: inline-size;
    list-style: none;
    transition: opacity var(--_quick);
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }

  .results[data-loading] {
    opacity: 0.6;
  }

  .result {
    position: relative;
    display: flex;
    gap: calc(var(--_space) * 1.25);
    align-items: center;
    min-block-size: 52px;
    padding: 4px;
    border-radius: 10px;
    transition: background-color var(--_quick);
  }

  .result:hover {
    background: var(--_hover);
  }

  .play,
  .play:hover:not(:disabled) {
    position: absolute;
    inset: 0;
    padding: 0;
    border: 0;
    border-radius: inherit;
    background: none;
  }

  /* Within the row: the list cuts off what stands out. */
  .play:focus-visible {
    outline-offset: -2px;
  }

  /* On the row and not on the button, which lies over the cover: nothing may be laid over it (spotify.md). */
  .play:active:not(:disabled) {
    background: none;
    transform: none;
  }

  .result:has(.play:active) {
    background: var(--_hover);
  }

  .result > :is(.cover, .words, .duration) {
    pointer-events: none;
  }

  .act {
    position: relative;
    flex: none;
    margin-inline-start: -6px;
  }

  .act + .act {
    margin-inline-start: calc(var(--_space) * -1.25);
  }

  .onward {
    display: grid;
    flex: none;
    color: var(--_muted);
    pointer-events: none;
  }

  /* Where two buttons stand beside it, the length is what can be spared. */
  @container (max-width: 299px) {
    .duration:has(~ .act ~ .act) {
      display: none;
    }
  }

  .cover {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 4px;
    background: var(--_raised);
    color: var(--_muted);
  }

  .cover img {
    inline-size: 100%;
    block-size: 100%;
    border-radius: 4px;
    object-fit: contain;
  }

  .words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }

  /* Two lines; all of it in the tooltip, in the button's name and where the keyboard stands. */
  .title {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    font-weight: 550;
    line-height: 1.3;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .play:focus-visible ~ .words .title {
    -webkit-line-clamp: none;
    line-clamp: none;
  }

  .artists {
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .duration {
    flex: none;
    color: var(--_muted);
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
  }

  [data-current] .title,
  [data-done] {
    color: var(--_ink);
  }

  .end {
    padding: var(--_space) 6px 4px;
  }

  /* What was opened: the way back, its name, and all of it at once. */
  .head {
    display: flex;
    flex: none;
    gap: var(--_space);
    align-items: center;
    min-inline-size: 0;
  }

  .head .title {
    font: 600 calc(1.0625 * var(--_rem)) / 1.25 var(--_display);
  }

  .head .back {
    margin-inline-start: -6px;
  }

  .waiting {
    display: grid;
    gap: 8px;
    padding: calc(var(--_space) * 1.5) 8px;
  }

  .waiting span {
    block-size: 44px;
    border-radius: 8px;
    background: var(--_raised);
    animation: breathe 1s ease-in-out infinite alternate;
  }

  .waiting span:nth-child(2) {
    animation-delay: 120ms;
  }

  .waiting span:nth-child(3) {
    animation-delay: 240ms;
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  @media (forced-colors: active) {
    .result[data-current] {
      outline: 1px solid Highlight;
    }
  }
`;
