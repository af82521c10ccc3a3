import { css } from 'lit';

/**
 * Lengths in px, not in the page's units: the icon is at least 21 px wide and half its height stays clear around it,
 * whatever the page sets (spotify.md, branding). Who places a mark leaves 12 px above and below it.
 */
export const spotifyMarkStyles = css`
  .spotify {
    display: inline-flex;
    flex: none;
    gap: 12px;
    align-items: center;
    min-block-size: 24px;
    max-inline-size: 100%;
    color: var(--_muted);
    font-size: calc(0.8125 * var(--_rem));
    line-height: 1.2;
    text-decoration-line: none;
    visibility: visible;
  }

  .spotify:is(:hover, :focus-visible) bdi {
    text-decoration-line: underline;
  }

  /* Black or white and nothing between: of two, the one that is nearer to the page's text. */
  .spotify svg {
    inline-size: 24px;
    block-size: 24px;
    color: light-dark(#000, #fff);
    fill: currentColor;
    stroke: none;
  }

  @supports (color: oklch(from red l 0 0)) {
    .spotify svg {
      color: oklch(from var(--_text) clamp(0, (l - 0.5) * 1000, 1) 0 0 / 1);
    }
  }

  @media (forced-colors: active) {
    .spotify svg {
      color: inherit;
    }
  }
`;
