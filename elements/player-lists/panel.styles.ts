import { css } from 'lit';

/** An element that is one list: its rows scroll where its place is limited. */
export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }

  .show {
    align-self: start;
    margin-block: calc(var(--_space) * 0.5);
  }
`;
