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

  /* What to look for, as one control of three parts. */
  .kinds {
    display: flex;
    gap: 2px;
    margin-block-start: var(--_space);
    padding: 3px;
    border-radius: 999px;
    background: var(--_raised);
  }

  .kinds button {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 30px;
    padding: 0 var(--_space);
    border-color: transparent;
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .kinds button[aria-pressed='true'] {
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 1px 3px light-dark(rgb(64 38 20 / 16%), rgb(0 0 0 / 45%));
  }

  .kinds + .found .head {
    margin-block-start: var(--_space);
  }
`;
