import { css } from 'lit';

export const trackCardStyles = css`
  .track {
    inline-size: min(100%, calc(21 * var(--_rem)));
    padding: 10px 12px 8px 14px;
    white-space: normal;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 10px;
    align-items: center;
  }

  .what {
    display: grid;
    justify-items: start;
    min-inline-size: 0;
  }

  /* Long ones are cut by the line and not by the letter; who points at them or follows them reads all. */
  .track-title,
  .artists {
    display: -webkit-box;
    overflow: hidden;
    max-inline-size: 100%;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    overflow-wrap: anywhere;
  }

  .artists {
    -webkit-line-clamp: 2;
    color: color-mix(in oklab, var(--_text) 78%, var(--_surface));
    font-size: 0.9333em;
  }

  .track:hover :is(.track-title, .artists),
  .track:has(:focus-visible) :is(.track-title, .artists) {
    -webkit-line-clamp: none;
  }

  .track-title {
    font: 600 calc(1.0625 * var(--_rem)) / 1.3 var(--_display);
  }

  a.track-title {
    text-decoration-line: none;
  }

  a.track-title:is(:hover, :focus-visible) {
    text-decoration-line: underline;
  }

  a.track-title:focus-visible {
    outline-offset: -2px;
  }

  .source {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    padding-block: 12px 6px;
    color: color-mix(in oklab, var(--_text) 78%, var(--_surface));
    font-size: 0.8667em;
  }

  .source .spotify {
    color: inherit;
  }

  button.play {
    inline-size: 40px;
    min-block-size: 40px;
    padding: 0;
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button.play:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  @media (forced-colors: active) {
    button.play {
      border-color: ButtonText;
    }
  }
`;
