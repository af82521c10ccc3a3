import { css } from 'lit';

export const playerActionsStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    min-inline-size: 0;
  }

  .status {
    flex-basis: 100%;
    margin: 0;
    color: var(--_muted);
    font-size: 0.8125em;
    overflow-wrap: anywhere;
  }

  /* Asked for, not yet answered (I8). */
  [data-pending] {
    animation: asked 1.1s 300ms ease-in-out infinite alternate;
  }

  @keyframes asked {
    to {
      opacity: 0.55;
    }
  }
`;
