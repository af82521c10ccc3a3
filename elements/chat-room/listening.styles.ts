import { css } from 'lit';

/** What the visitor hears, and the switch that shows it to others. */
export const listeningStyles = css`
  .listening {
    display: grid;
    flex: none;
    gap: 4px calc(var(--_space) * 2);
    align-items: center;
    padding: var(--_space) calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_line);
    font-size: 0.8667em;
    --now-playing-artwork: 40px;
    --now-playing-title: calc(0.875 * var(--_rem));
    --now-playing-lines: 1;
    /* Two links, one below the other: each is a target of 24 px. The mark beside them takes as much. */
    --now-playing-leading: 24px;
    --now-playing-gap: 0;
    --now-playing-columns: minmax(0, 1fr) 24px;
    --now-playing-foot: 1 / 2 / span 2;
  }

  .listening now-playing {
    font-size: inherit;
    position: relative;
    line-height: 1.35;
  }

  .switch {
    --_groove: color-mix(in oklab, var(--_muted) 85%, var(--_surface));
    justify-content: start;
    justify-self: start;
    gap: 10px;
    min-inline-size: 0;
    min-block-size: 28px;
    margin-inline-start: -4px;
    padding: 2px 4px;
    border-color: transparent;
    font-weight: 400;
    text-align: start;
  }

  .switch .label {
    unicode-bidi: plaintext;
  }

  .switch:active:not(:disabled) {
    transform: none;
  }

  .groove {
    flex: none;
    inline-size: 32px;
    block-size: 18px;
    padding: 3px;
    border-radius: 999px;
    background: var(--_groove);
    transition: background-color var(--_quick);
  }

  .groove::before {
    display: block;
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    background: var(--_surface);
    content: '';
    transition: margin var(--_quick);
  }

  .switch[aria-checked='true'] .groove {
    background: var(--_accent);
  }

  .switch[aria-checked='true'] .groove::before {
    margin-inline-start: 14px;
  }

  @container (min-width: 440px) {
    .listening {
      --now-playing-columns: minmax(0, 1fr) calc(9.5 * var(--_rem));
    }
  }

  /* With a track the switch stands beside it. */
  @container (min-width: 600px) {
    .listening:has(now-playing) {
      grid-template-columns: minmax(0, 1fr) auto;
      --now-playing-columns: minmax(0, 1fr) 24px;
    }
  }

  @container (min-width: 900px) {
    .listening:has(now-playing) {
      --now-playing-columns: minmax(0, 1fr) calc(9.5 * var(--_rem));
    }
  }

  @media (forced-colors: active) {
    .groove {
      border: 1px solid ButtonText;
      padding: 2px;
    }

    .groove::before {
      background: ButtonText;
      forced-color-adjust: none;
    }

    .switch[aria-checked='true'] .groove {
      background: Highlight;
      forced-color-adjust: none;
    }

    .switch[aria-checked='true'] .groove::before {
      background: HighlightText;
    }
  }
`;
