import { css } from 'lit';

export const chatTimelineStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }

  /* Anchoring is done by ScrollAnchor, so that all engines behave alike. */
  .log {
    position: relative;
    min-block-size: 0;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--_muted) 45%, transparent) transparent;
  }

  .log:focus-visible {
    outline-offset: -3px;
    border-radius: 6px;
  }

  /* What scrolls out below fades instead of being cut. */
  :host::after {
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0 12px;
    block-size: 14px;
    background: linear-gradient(transparent, var(--_surface));
    content: '';
    pointer-events: none;
  }

  .content {
    min-block-size: 100%;
    max-inline-size: calc(60 * var(--_rem));
    margin-inline: auto;
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 2) calc(var(--_space) * 2);
    align-content: end;
  }

  /* It shows its focus around its bubble. */
  chat-message:focus-visible {
    outline: none;
  }

  /* What the reader was led to. It fades where things may move, and else goes with the focus. */
  chat-message[part~='revealed'] {
    border-radius: 6px;
    background: var(--_tint);
    box-shadow: 0 0 0 4px var(--_tint);
    animation: reveal 2400ms ease-in forwards;
  }

  .unread-line {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 1.5);
    padding-block-start: calc(var(--_space) * 1.5);
    color: var(--_ink);
    font-size: 0.8em;
    font-weight: 650;
    line-height: 18px;
    unicode-bidi: plaintext;
  }

  .unread-line::before,
  .unread-line::after {
    flex: 1;
    border-block-start: 1px solid currentColor;
    content: '';
  }

  /* All of it is for what stands in place of messages, none for the rows that are not there. */
  .empty {
    display: grid;
    grid-template-rows: 1fr;
    align-content: stretch;
  }

  ::slotted(*) {
    margin: auto;
  }

  .top {
    display: grid;
    place-items: center;
    min-block-size: 36px;
    margin-block-end: calc(var(--_space) * 0.5);
    color: var(--_muted);
    font-size: 0.8667em;
    text-align: center;
  }

  .top span,
  .top button {
    unicode-bidi: plaintext;
  }

  .top button {
    min-block-size: 32px;
    color: var(--_muted);
    font-size: inherit;
  }

  .top button[aria-disabled='true'] {
    cursor: default;
  }

  .spinner {
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid var(--_line);
    border-block-start-color: var(--_ink);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }

  .day {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 1.5);
    padding-block: calc(var(--_space) * 2.5) calc(var(--_space) * 0.5);
    color: var(--_muted);
    font-size: 0.8em;
    font-weight: 600;
    line-height: 18px;
  }

  .day time {
    unicode-bidi: plaintext;
  }

  .day::before,
  .day::after {
    flex: 1;
    border-block-start: 1px solid var(--_line);
    content: '';
  }

  .jump {
    position: absolute;
    inset-block-end: calc(var(--_space) * 1.5);
    inset-inline: 0;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }

  .pill {
    display: flex;
    align-items: center;
    padding-inline-end: 0;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    box-shadow: 0 2px 4px rgb(60 30 10 / 8%), 0 8px 24px rgb(60 30 10 / 16%);
    pointer-events: auto;
    animation: rise 160ms ease-out;
  }

  .pill button {
    border: 0;
    padding-inline: 12px 16px;
  }

  .pill svg {
    inline-size: 18px;
    block-size: 18px;
    color: var(--_ink);
  }

  .unread {
    min-inline-size: 24px;
    margin-inline-end: 6px;
    padding: 3px 9px;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
    font-weight: 650;
    line-height: 18px;
    white-space: nowrap;
  }

  .pill button:has(+ .unread) {
    padding-inline-end: 8px;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @keyframes reveal {
    from,
    40% {
      background: var(--_tint);
      box-shadow: 0 0 0 4px var(--_tint);
    }

    to {
      background: transparent;
      box-shadow: 0 0 0 4px transparent;
    }
  }

  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }

  @media (forced-colors: active) {
    .unread {
      border: 1px solid ButtonText;
    }
  }
`;
