import { css } from 'lit';

export const chatComposerStyles = css`
  form {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: end;
    gap: calc(var(--_space) * 0.75) var(--_space);
  }

  /* One line at first, six at most and fewer in a low window, then it scrolls. */
  textarea {
    display: block;
    box-sizing: border-box;
    min-block-size: 44px;
    max-block-size: clamp(44px, 30vh, 6 * 22px + 22px);
    padding: 10px 16px;
    overflow-y: auto;
    border-color: var(--_line);
    border-radius: 22px;
    background: var(--_raised);
    line-height: 22px;
    overflow-wrap: anywhere;
    resize: none;
    scrollbar-width: thin;
    transition: border-color var(--_quick), background-color var(--_quick);
    field-sizing: content;
  }

  textarea:hover:not(:disabled) {
    border-color: color-mix(in oklab, var(--_muted) 50%, var(--_line));
  }

  textarea:focus-visible {
    border-color: var(--_ink);
    outline: 1px solid var(--_ink);
    outline-offset: 0;
    background: var(--_surface);
  }

  textarea[aria-invalid='true'] {
    border-color: var(--_danger);
    outline-color: var(--_danger);
  }

  textarea:disabled {
    opacity: 0.6;
    cursor: default;
  }

  .side {
    display: flex;
    gap: 4px;
    align-items: center;
    min-block-size: 44px;
  }

  button.send {
    inline-size: 44px;
    min-block-size: 44px;
    padding: 0;
  }

  /* Nothing to send yet: it waits, but stays where one looks for it. */
  button.send.waiting:not(:hover, :focus-visible) {
    background: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
    color: var(--_ink);
  }

  .notes {
    grid-column: 1 / -1;
    display: flex;
    justify-content: space-between;
    gap: calc(var(--_space) * 2);
    padding-inline: 16px;
    color: var(--_muted);
    font-size: 0.8667em;
    line-height: 18px;
  }

  .notes:not(.filled) {
    position: absolute;
  }

  .note,
  .count,
  ::placeholder {
    unicode-bidi: plaintext;
  }

  .note {
    margin: 0;
  }

  .note.problem,
  .count.over {
    color: var(--_danger);
  }

  .count {
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    button.send {
      border-color: ButtonText;
    }
  }
`;
