import { css } from 'lit';

export const messageActionsStyles = css`
  :host {
    line-height: 1.2;
  }

  .bar {
    display: flex;
    padding: 1px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    box-shadow: 0 1px 3px rgb(60 30 10 / 10%);
  }

  .bar button.icon {
    inline-size: 30px;
    min-block-size: 28px;
  }

  .bar svg {
    inline-size: 17px;
    block-size: 17px;
  }

  .bar button[aria-expanded='true'] {
    background: var(--_hover);
    color: var(--_text);
  }

  .bar :focus-visible {
    outline-offset: -2px;
  }

  .popup {
    position: fixed;
    inset: auto;
    max-inline-size: calc(100vw - 16px);
    max-block-size: calc(100vh - 16px);
    margin: 0;
    padding: 6px;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 400;
    box-shadow: var(--_shadow);
  }

  .menu {
    display: grid;
    min-inline-size: calc(11 * var(--_rem));
  }

  .menu button {
    justify-content: start;
    gap: 10px;
    min-block-size: 40px;
    padding-inline: 10px 16px;
    border: 0;
    border-radius: calc(var(--_radius) - 6px);
    font-weight: 450;
  }

  .menu button:focus-visible {
    outline-offset: -2px;
    background: var(--_hover);
  }

  .menu svg {
    inline-size: 18px;
    block-size: 18px;
    color: var(--_muted);
  }

  .picker {
    display: grid;
    gap: 6px;
    inline-size: calc(15.5 * var(--_rem));
    max-inline-size: 100%;
  }

  .emoji {
    display: grid;
    grid-template-columns: repeat(6, 1fr);
    gap: 2px;
    min-block-size: 40px;
  }

  .emoji button {
    min-block-size: 40px;
    padding: 0;
    border-color: transparent;
    border-radius: calc(var(--_radius) - 6px);
    font-size: 20px;
  }

  .picker input:focus-visible {
    outline-offset: -1px;
  }

  .found {
    margin: 0;
    padding-inline: 8px;
    color: var(--_muted);
    font-size: 0.8667em;
    unicode-bidi: plaintext;
  }

  .found:empty {
    display: none;
  }

  .question {
    max-inline-size: calc(19 * var(--_rem));
    padding: 8px 10px;
  }

  .question p {
    margin: 0 0 4px;
    unicode-bidi: plaintext;
  }

  #question {
    font: 600 calc(1.0625 * var(--_rem)) / 1.3 var(--_display);
  }

  #means {
    color: var(--_muted);
  }

  .question .answers {
    display: flex;
    justify-content: end;
    gap: 8px;
    margin-block-start: 12px;
  }

  button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }

  @media (forced-colors: active) {
    .bar button[aria-expanded='true'] {
      border: 2px solid Highlight;
    }
  }
`;
