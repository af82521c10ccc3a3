import { css } from 'lit';

export const trackSearchStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }

  .field {
    position: relative;
    flex: none;
  }

  .field > svg {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 13px;
    z-index: 1;
    inline-size: 18px;
    block-size: 18px;
    margin-block: auto;
    color: var(--_muted);
    pointer-events: none;
  }

  input[type='search'] {
    appearance: none;
    border-radius: 999px;
    padding-inline: 40px;
    background: var(--_raised);
    transition: background-color var(--_quick);
  }

  input[type='search']:focus {
    background: var(--_surface);
  }

  /* WebKit's own cross cannot be reached by keyboard; ours can. */
  input::-webkit-search-cancel-button {
    display: none;
  }

  .clear {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 4px;
    inline-size: 32px;
    min-block-size: 32px;
    margin-block: auto;
  }

  .clear svg {
    inline-size: 16px;
    block-size: 16px;
  }

  .found {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  :host([open]) .found {
    border-block-end: 1px solid var(--_line);
  }

  .results {
    transition: opacity var(--_quick);
  }

  .found[data-searching] .results {
    opacity: 0.6;
  }

  .status {
    flex: none;
    margin: 0;
    color: var(--_muted);
    font-size: 0.8125em;
    overflow-wrap: anywhere;
  }

  :host([open]) .status {
    padding: var(--_space) 6px calc(var(--_space) * 0.5);
  }

  :host([open]) .status:last-child {
    padding-block-end: calc(var(--_space) * 1.5);
  }

  .retry {
    align-self: start;
    margin-block: 4px calc(var(--_space) * 1.5);
  }

  .results {
    flex: 1;
    min-block-size: 0;
    margin: 0;
    padding: 2px;
    overflow-y: auto;
    overscroll-behavior: contain;
    list-style: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
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

  .play:active:not(:disabled) {
    background: var(--_hover);
    transform: none;
  }

  .cover,
  .words,
  .duration {
    pointer-events: none;
  }

  .add {
    position: relative;
    margin-inline-start: -6px;
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
    color: var(--_accent);
  }

  .end {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: center;
    justify-content: space-between;
    padding: var(--_space) 6px 4px;
  }

  .end a {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    min-block-size: 24px;
    color: var(--_muted);
    font-size: 0.8125em;
    text-decoration-line: none;
  }

  .end a:is(:hover, :focus-visible) {
    text-decoration-line: underline;
  }

  .end svg {
    inline-size: 14px;
    block-size: 14px;
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
