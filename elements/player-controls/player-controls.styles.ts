import { css } from 'lit';

export const playerControlsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 0.75);
    min-inline-size: 0;
  }

  .timeline {
    display: grid;
    grid-template-columns: 1fr auto;
  }

  .seek {
    grid-column: 1 / -1;
  }

  .time {
    color: var(--_muted);
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
    line-height: 1.2;
  }

  .transport {
    display: flex;
    align-items: center;
    justify-content: space-between;
    max-inline-size: calc(22 * var(--_rem));
    inline-size: 100%;
    margin-inline: auto;
    /* Backward stays left and forward right, as on every tape deck, whichever way the page is read. */
    direction: ltr;
  }

  .transport button {
    position: relative;
  }

  /* Where nothing can be skipped, Play stands alone. */
  .transport > :only-child {
    margin-inline: auto;
  }

  .transport .skip {
    inline-size: 44px;
    min-block-size: 44px;
    color: var(--_text);
  }

  .skip svg {
    inline-size: 22px;
    block-size: 22px;
  }

  .transport .play,
  .transport .play:hover:not(:disabled) {
    inline-size: 56px;
    min-block-size: 56px;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: 0 6px 16px -8px var(--_accent);
  }

  .transport .play:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  .transport .play:disabled {
    background: var(--_muted);
    color: var(--_surface);
    box-shadow: none;
  }

  .play svg {
    inline-size: 26px;
    block-size: 26px;
  }

  /* A dot says what the colour says: this is on. */
  button[aria-pressed='true']::after,
  button[aria-pressed='mixed']::after {
    position: absolute;
    inset-block-end: 2px;
    inline-size: 4px;
    block-size: 4px;
    border-radius: 50%;
    background: currentColor;
    content: '';
  }

  button[aria-pressed='mixed'],
  button[aria-pressed='mixed']:hover:not(:disabled) {
    color: var(--_ink);
  }

  .loudness {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.5);
    align-items: center;
    justify-content: end;
  }

  /* The sign stands where the seek slider begins. */
  .loudness > button {
    margin-inline-start: -8px;
  }

  slot[name='end']::slotted(*) {
    flex: none;
  }

  .loudness input {
    flex: 1 0 56px;
    inline-size: 56px;
  }

  /* Asked for, not yet reported (I8). It waits a moment before it shows: most answers come at once. */
  [data-pending] {
    animation: asked 1.1s 300ms ease-in-out infinite alternate;
  }

  @keyframes asked {
    to {
      opacity: 0.55;
    }
  }

  @media (forced-colors: active) {
    /* Every button has its border here: none may stand out over the edge. */
    .loudness > button {
      margin: 0;
    }

    button[aria-pressed='true']::after,
    button[aria-pressed='mixed']::after {
      forced-color-adjust: none;
      background: ButtonText;
    }
  }
`;
