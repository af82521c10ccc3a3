import { css } from 'lit';

export const chatGuestFormStyles = css`
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: calc(var(--_space) * 0.75) var(--_space);
    text-align: start;
  }

  label {
    grid-column: 1 / -1;
    font-size: 0.8667em;
    font-weight: 600;
  }

  input:not([type='range']) {
    min-block-size: 44px;
  }

  input[aria-invalid='true'] {
    border-color: var(--_danger);
    outline-color: var(--_danger);
  }

  button {
    min-block-size: 44px;
    padding-inline: calc(var(--_space) * 2.5);
  }

  .problem {
    grid-column: 1 / -1;
    justify-self: start;
    unicode-bidi: plaintext;
    margin: 0;
    color: var(--_danger);
    font-size: 0.8667em;
    text-wrap: pretty;
  }

  .problem:empty {
    display: none;
  }

  button[aria-disabled='true'] {
    cursor: default;
  }

  .spinner {
    inline-size: 16px;
    block-size: 16px;
    border: 2px solid color-mix(in oklab, currentColor 35%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`;
