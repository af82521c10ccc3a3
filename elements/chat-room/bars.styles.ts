import { css } from 'lit';

/** The lines above the conversation that say what is not as it should be. */
export const barsStyles = css`
  .bar {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px var(--_space);
    min-block-size: 36px;
    padding: 6px calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_line);
    background: var(--_raised);
    font-size: 0.8667em;
    line-height: 18px;
  }

  .bar svg {
    inline-size: 16px;
    block-size: 16px;
    color: var(--_danger);
  }

  .bar button.icon {
    inline-size: 28px;
  }

  .bar button.icon svg {
    color: inherit;
  }

  .bar button {
    min-block-size: 28px;
    flex: none;
    margin-inline-start: auto;
    background: var(--_surface);
  }

  /* A sentence goes its own way where the page goes another. Where a button would squeeze it, that goes below. */
  .bar span:not(.spinner) {
    flex: 1 1 calc(9 * var(--_rem));
    unicode-bidi: plaintext;
  }

  .bar progress {
    flex: 0 1 96px;
    min-inline-size: 32px;
    block-size: 8px;
    accent-color: var(--_accent);
  }

  .spinner {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid var(--_line);
    border-block-start-color: var(--_ink);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`;
