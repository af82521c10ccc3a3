import { css } from 'lit';

/**
 * A slider of our own drawing over the native one. The element sets `--_fill` (0–1) by CSSOM on each
 * `<input type="range">`; the filled part then ends under the middle of the thumb in every engine.
 */
export const rangeStyles = css`
  input[type='range'] {
    --_thumb: 14px;
    --_groove: 5px;
    --_end: calc(var(--_fill, 0) * (100% - var(--_thumb)) + var(--_thumb) / 2);
    --_rest: color-mix(in oklab, var(--_muted) 26%, var(--_line));
    --_to: right;
    appearance: none;
    display: block;
    inline-size: 100%;
    min-inline-size: 0;
    block-size: 24px;
    border-radius: 6px;
    background: transparent;
    cursor: pointer;
  }

  input[type='range']:dir(rtl) {
    --_to: left;
  }

  input[type='range']::-webkit-slider-runnable-track {
    block-size: var(--_groove);
    border-radius: 999px;
    background: linear-gradient(to var(--_to), var(--_ink) var(--_end), var(--_rest) var(--_end));
  }

  input[type='range']::-moz-range-track {
    block-size: var(--_groove);
    border-radius: 999px;
    background: linear-gradient(to var(--_to), var(--_ink) var(--_end), var(--_rest) var(--_end));
  }

  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    box-sizing: border-box;
    inline-size: var(--_thumb);
    block-size: var(--_thumb);
    margin-block-start: calc((var(--_groove) - var(--_thumb)) / 2);
    border: 3px solid var(--_ink);
    border-radius: 50%;
    background: var(--_surface);
    transition: transform var(--_quick);
  }

  input[type='range']::-moz-range-thumb {
    box-sizing: border-box;
    inline-size: var(--_thumb);
    block-size: var(--_thumb);
    border: 3px solid var(--_ink);
    border-radius: 50%;
    background: var(--_surface);
    transition: transform var(--_quick);
  }

  input[type='range']:is(:hover, :focus-visible, :active):not(:disabled)::-webkit-slider-thumb {
    transform: scale(1.2);
  }

  input[type='range']:is(:hover, :focus-visible, :active):not(:disabled)::-moz-range-thumb {
    transform: scale(1.2);
  }

  input[type='range']:disabled {
    --_ink: var(--_muted);
    opacity: 0.5;
    cursor: default;
  }

  @media (prefers-reduced-motion: reduce) {
    input[type='range']::-webkit-slider-thumb {
      transition: none;
    }

    input[type='range']::-moz-range-thumb {
      transition: none;
    }
  }

  /* Here the system paints: its own slider is the one that keeps its contrast. */
  @media (forced-colors: active) {
    input[type='range'],
    input[type='range']::-webkit-slider-thumb {
      appearance: auto;
    }
  }
`;
