import { css } from 'lit';
import { recordStyles } from './record.styles.js';

const layout = css`
  /* The element measures itself, not the window: it may stand in a narrow column of a wide page. */
  :host {
    container: room-player / inline-size;
    contain-intrinsic-inline-size: 360px;
  }

  :host(:state(reverted)) {
    container: room-player / inline-size !important;
  }

  .layout {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 2);
  }

  .room {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
  }

  /* Nothing stands beside the card, or what does is a bubble in the corner of the window. */
  .layout[data-alone] .room,
  /* The page lays its own parts out. */
  .layout[data-bare],
  .layout[data-bare] .room {
    display: contents;
  }

  @container room-player (min-width: 820px) {
    .layout:not([data-alone], [data-bare]) {
      grid-template-columns: clamp(340px, 30%, 360px) minmax(0, 1fr);
    }

    .layout:not([data-alone], [data-bare]) .room {
      position: relative;
      min-block-size: var(--roomtone-chat-block-size, clamp(320px, 85vh, 640px));
    }

    /* As tall as the card beside it. Taken out of the flow, for a long log must not decide the height of the row. */
    .layout:not([data-alone], [data-bare]) ::slotted(chat-room:only-child) {
      position: absolute;
      inset: 0;
      block-size: auto;
    }
  }
`;

const card = css`
  .card {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 1.75);
    min-inline-size: 0;
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background:
      radial-gradient(130% calc(26 * var(--_rem)) at 50% calc(-8 * var(--_rem)), color-mix(in oklab, var(--_glow) 26%, transparent), transparent 75%), var(--_surface);
    box-shadow: var(--_shadow);
  }

  .card:focus {
    outline: none;
  }

  .stage {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: calc(var(--_space) * 2);
    align-items: center;
    justify-content: center;
    padding: calc(var(--_space) * 1.5) var(--_space);
    text-align: center;
  }

  .stage:not([data-shown]) {
    display: contents;
  }

  .message {
    max-inline-size: calc(24 * var(--_rem));
  }

  .stage:not([data-shown]) .message {
    position: absolute;
  }

  .message p,
  .stage .wait {
    margin: 0;
    overflow-wrap: break-word;
    text-wrap: pretty;
  }

  .message .title {
    font: 600 calc(1.3125 * var(--_rem)) / 1.25 var(--_display);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  .message .text {
    margin-block-start: var(--_space);
    color: var(--_muted);
    text-wrap: balance;
  }

  .stage .primary {
    min-block-size: 46px;
    padding-inline: calc(var(--_space) * 3);
    font-size: 1.0625em;
    text-wrap: balance;
    box-shadow: 0 10px 22px -12px var(--_accent);
  }

  .stage .primary:disabled {
    box-shadow: none;
  }

  .notice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    column-gap: var(--_space);
    align-items: center;
  }

  .notice:not([data-shown]) {
    position: absolute;
  }

  .notice[data-shown] {
    padding-block: 4px;
    padding-inline: calc(var(--_space) * 1.5) 4px;
    border-radius: 10px;
    background: color-mix(in oklab, var(--_danger) 9%, var(--_surface));
    font-size: 0.9333em;
    line-height: 1.4;
  }

  .notice[data-calm] {
    background: var(--_raised);
  }

  .notice > svg {
    inline-size: 18px;
    block-size: 18px;
    color: var(--_danger);
  }

  .notice[data-calm] > svg {
    color: var(--_success);
  }

  .notice p {
    margin: 0;
    padding-block: 6px;
    overflow-wrap: break-word;
  }

  .notice:not([data-shown]) p {
    padding: 0;
  }

  .wait {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  .notice .wait {
    grid-column: 2;
    padding-block: 0 6px;
  }

  .small {
    grid-column: 2;
    justify-self: start;
    margin-block-end: 6px;
    min-block-size: 32px;
    background: var(--_surface);
    font-size: 0.9333em;
  }

  .notice .icon {
    grid-area: 1 / 3;
    align-self: start;
    inline-size: 32px;
    min-block-size: 32px;
  }

  .notice .icon svg {
    inline-size: 16px;
    block-size: 16px;
  }

  .aside {
    max-inline-size: calc(26 * var(--_rem));
    margin: 0;
    color: var(--_muted);
    font-size: 0.8667em;
    text-wrap: pretty;
  }

  .stage .aside {
    margin-block-start: calc(var(--_space) * -1);
    text-wrap: balance;
  }

  .pulse {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_accent);
    animation: breathe 900ms ease-in-out infinite alternate;
  }

  .quiet {
    min-block-size: 32px;
    border-color: transparent;
    color: var(--_muted);
    font-weight: 400;
    font-size: 0.8667em;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
  }

  .ways:not(:has(*)) {
    display: none;
  }

  .quiet[slot] {
    margin-inline-end: -12px;
    padding-inline: 12px;
  }

  .quiet:hover:not(:disabled) {
    color: var(--_text);
  }

  [data-pending] {
    animation: breathe 1s 300ms ease-in-out infinite alternate;
  }

  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }

  @media (forced-colors: active) {
    .quiet[slot] {
      margin: 0;
    }
  }
`;

/** Wide enough, the card has two columns: whatever stands in one is put there by name. */
const columns = css`
  @container room-player (min-width: 640px) {
    .card {
      display: grid;
      grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
      column-gap: calc(var(--_space) * 4);
      align-items: center;
    }

    .card > :not(now-playing, player-controls),
    .stage,
    .card ::slotted(*) {
      grid-column: 1 / -1;
    }
  }

  @container room-player (min-width: 820px) {
    .layout:not([data-alone]) .card {
      display: flex;
      align-items: stretch;
    }
  }
`;

export const roomPlayerStyles = [layout, card, columns, recordStyles];
