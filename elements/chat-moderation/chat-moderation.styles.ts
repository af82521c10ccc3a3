import { css } from 'lit';

export const chatModerationStyles = css`
  :host {
    display: contents;
    --_dialog-inline-size: calc(34 * var(--_rem));
  }

  .told p {
    margin: 0;
    padding: var(--_space) calc(var(--_space) * 2.25);
    border-block-end: 1px solid var(--_line);
    unicode-bidi: plaintext;
  }

  .told p:empty {
    display: none;
  }

  section {
    display: grid;
    gap: var(--_space);
    padding-block-end: calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_line);
  }

  section:last-child {
    padding: 0;
    border: 0;
  }

  h3 {
    margin: 0;
    font: 600 var(--_rem) / 1.3 var(--_font);
  }

  ul {
    display: grid;
    gap: calc(var(--_space) * 1.5);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .report,
  .sure {
    display: grid;
    gap: 4px;
    padding: calc(var(--_space) * 1.25);
    border-radius: 10px;
    background: var(--_raised);
  }

  .author,
  .many {
    font-weight: 600;
  }

  blockquote {
    max-block-size: 7.5em;
    margin: 0;
    padding-inline-start: calc(var(--_space) * 1.25);
    overflow: hidden auto;
    border-inline-start: 3px solid var(--_line);
    white-space: pre-wrap;
  }

  /* Where several said something, what each of them said. */
  .several .said {
    padding: calc(var(--_space) * 0.75) calc(var(--_space) * 1.25);
    border: 1px solid var(--_line);
    border-radius: 8px;
  }

  .more {
    justify-self: start;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    margin-block-start: 4px;
  }

  .ban {
    display: flex;
    align-items: center;
    gap: var(--_space);
  }

  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }

  .ban button {
    flex: none;
  }

  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--_space);
  }

  .title .field {
    flex: 1 1 calc(12 * var(--_rem));
    min-inline-size: 0;
  }

  .title button {
    min-block-size: 40px;
  }

  .turn {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 1.25);
    min-block-size: 32px;
  }

  .turn input[type='checkbox'] {
    flex: none;
    inline-size: 20px;
    min-block-size: 20px;
    margin: 2px;
    accent-color: var(--_accent);
  }
`;
