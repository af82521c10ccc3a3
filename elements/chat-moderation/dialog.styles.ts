import { css } from 'lit';

/** A dialog of the chat's: over the page, as wide as it needs, and never wider than the screen. */
export const dialogStyles = css`
  dialog {
    inline-size: min(var(--_dialog-inline-size, calc(26 * var(--_rem))), 100vw - 24px);
    max-inline-size: none;
    max-block-size: min(85dvh, 720px);
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow-wrap: anywhere;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }

  .top {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space);
    padding-block: calc(var(--_space) * 1.25);
    padding-inline: calc(var(--_space) * 2.25) var(--_space);
    border-block-end: 1px solid var(--_line);
  }

  .top h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font: 600 calc(1.1875 * var(--_rem)) / 1.3 var(--_display);
  }

  .inside {
    display: grid;
    gap: calc(var(--_space) * 1.5);
    padding: calc(var(--_space) * 2) calc(var(--_space) * 2.25) calc(var(--_space) * 2.25);
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .inside p {
    margin: 0;
    unicode-bidi: plaintext;
  }

  .quiet {
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .wrong {
    color: var(--_danger);
  }

  .field {
    display: grid;
    gap: 4px;
    font-size: 0.8667em;
    font-weight: 600;
  }

  .field :is(input, select, textarea) {
    font-weight: 400;
  }

  select {
    min-block-size: 40px;
    max-inline-size: 100%;
    margin: 0;
    padding-inline: calc(var(--_space) * 1.25);
    border: 1px solid color-mix(in oklab, var(--_muted) 70%, var(--_line));
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: max(16px, 1em);
  }

  textarea {
    min-block-size: 76px;
    resize: vertical;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    justify-content: end;
  }

  button.danger {
    border-color: color-mix(in oklab, var(--_danger) 45%, var(--_line));
    color: var(--_danger);
  }
`;
