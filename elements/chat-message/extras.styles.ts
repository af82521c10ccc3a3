import { css } from 'lit';

/** What only some messages have. */
export const extrasStyles = css`
  .mention {
    border-radius: 5px;
    background: color-mix(in oklab, var(--_accent) 13%, transparent);
    color: color-mix(in oklab, var(--_ink) 78%, var(--_text));
    font-weight: 600;
    unicode-bidi: plaintext;
  }

  /* Others' words to the visitor: seen while one scrolls by. */
  :host([mentions-me]) .bubble:not(.deleted) {
    border-inline-start: 3px solid var(--_ink);
    background: color-mix(in oklab, var(--_accent) 9%, var(--_raised));
  }

  .edited {
    margin-inline: 6px;
    color: color-mix(in oklab, var(--_text) 68%, var(--_surface));
    font-size: 0.7333em;
    unicode-bidi: plaintext;
    white-space: nowrap;
  }

  .bubble.deleted {
    border-color: var(--_line);
    background: none;
    color: var(--_muted);
    font-style: italic;
  }

  :host([mine]) .bubble.deleted {
    background: none;
  }

  .bubble.changing {
    color: color-mix(in oklab, var(--_text) 78%, var(--_surface));
  }

  button.quote {
    display: flex;
    justify-content: start;
    gap: 6px;
    inline-size: fit-content;
    max-inline-size: 100%;
    min-block-size: 26px;
    margin-block-end: 4px;
    padding: 0 8px;
    overflow: clip;
    border: 0;
    border-inline-start: 3px solid var(--_ink);
    border-radius: 4px;
    background: color-mix(in oklab, var(--_text) 5%, transparent);
    color: color-mix(in oklab, var(--_text) 78%, var(--_surface));
    font-size: 0.8667em;
    font-weight: 400;
    line-height: 22px;
    unicode-bidi: isolate;
  }

  .track .quote {
    margin-block-end: 8px;
  }

  .quote b {
    flex: none;
    max-inline-size: 45%;
    font-weight: 650;
    unicode-bidi: isolate;
  }

  .quote span {
    flex: 0 1 auto;
    unicode-bidi: isolate;
  }

  button.quote:disabled {
    border-color: var(--_line);
    font-style: italic;
    opacity: 1;
  }

  /* The words are cut already; this is for wide letters in a narrow room. */
  .bubble.folded {
    max-block-size: 500px;
  }

  .fold {
    grid-area: 3 / 2;
    justify-self: start;
    min-block-size: 28px;
    margin-block-start: 4px;
    padding-inline: 12px;
    font-size: 0.8667em;
    unicode-bidi: plaintext;
  }

  .reactions {
    grid-area: 4 / 2 / auto / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block: 4px 5px;
  }

  .reactions button {
    max-inline-size: calc(9 * var(--_rem));
    min-block-size: 28px;
    padding: 0 9px;
    overflow: clip;
    background: var(--_surface);
    font-size: 0.8667em;
    font-variant-numeric: tabular-nums;
    line-height: 24px;
    unicode-bidi: plaintext;
    white-space: nowrap;
  }

  .reactions button[aria-pressed='true'] {
    border-color: var(--_ink);
    background: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
  }

  .reactions button:disabled {
    opacity: 1;
  }

  :host([mine]) :is(.fold, .reactions) {
    justify-self: end;
  }

  :host([mine]) .reactions {
    grid-column: 1 / -1;
    justify-content: end;
  }

  /*
   * Beside the bubble where there is room, else over its corner: it lies in the space that the row has left, and leans
   * back into the bubble by as much as it does not fit. It takes no room of its own: rows must not move. And it is
   * placed from where it stands, so that the row itself needs no position: each positioned row would be painted apart.
   */
  chat-message-actions {
    position: relative;
    grid-area: 2 / 3;
    align-self: start;
    justify-self: start;
    block-size: 0;
    inset-block-start: -20px;
    inset-inline-start: min(0px, 100% - 98px);
    z-index: 1;
  }

  :host([mine]) chat-message-actions {
    grid-area: 2 / 1;
    justify-self: end;
    inset-inline: auto min(0px, 100% - 98px);
  }

  /* Most changes are confirmed before anybody would see it turn. */
  .sending-mark.later {
    animation: turn 900ms linear infinite, come 1ms 600ms backwards;
  }

  :host(:not([mine])) .sending-mark {
    grid-area: 2 / 3;
    justify-self: start;
  }

  :host(:focus-visible) {
    outline: none;
  }

  :host(:focus-visible) .bubble {
    outline: var(--_focus);
    outline-offset: 2px;
  }

  @keyframes come {
    from {
      opacity: 0;
    }
  }

  @media (forced-colors: active) {
    .mention {
      text-decoration: underline;
    }

    :host([mentions-me]) .bubble:not(.deleted) {
      border-color: Highlight;
    }

    .reactions button[aria-pressed='true'] {
      border: 2px solid Highlight;
    }
  }
`;
