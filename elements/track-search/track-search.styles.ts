import { css } from 'lit';

export const trackSearchStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }

  .field {
    position: relative;
    flex: none;
  }

  .field > svg {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 13px;
    z-index: 1;
    inline-size: 18px;
    block-size: 18px;
    margin-block: auto;
    color: var(--_muted);
    pointer-events: none;
  }

  input[type='search'] {
    appearance: none;
    border-radius: 999px;
    padding-inline: 40px;
    background: var(--_raised);
    transition: background-color var(--_quick);
  }

  input[type='search']:focus {
    background: var(--_surface);
  }

  /* WebKit's own cross cannot be reached by keyboard; ours can. */
  input::-webkit-search-cancel-button {
    display: none;
  }

  .clear {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 4px;
    inline-size: 32px;
    min-block-size: 32px;
    margin-block: auto;
  }

  .clear svg {
    inline-size: 16px;
    block-size: 16px;
  }

  .found {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  :host([open]) .found {
    border-block-end: 1px solid var(--_line);
  }

  .kinds {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: var(--_space);
  }

  .kinds button {
    min-block-size: 30px;
    padding: 0 calc(var(--_space) * 1.5);
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .kinds button[aria-pressed='true'],
  .kinds button[aria-pressed='true']:hover:not(:disabled) {
    border-color: transparent;
    background: var(--_tint);
    color: var(--_ink);
  }

  .kinds + .found .head {
    margin-block-start: var(--_space);
  }

  @media (forced-colors: active) {
    .kinds button[aria-pressed='true'] {
      border: 2px solid Highlight;
    }
  }
`;
