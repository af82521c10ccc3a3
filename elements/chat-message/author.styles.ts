import { css } from 'lit';

/**
 * The colours of authors: even in lightness, so that each is readable (4.5 to 1 and more) on the surface of its theme.
 * Classes, because a strict CSP forbids `style=""`.
 */
export const authorStyles = css`
  .avatar {
    border-radius: 50%;
    background: color-mix(in oklab, var(--_hue) 16%, var(--_surface));
    color: var(--_hue);
    font-weight: 650;
    user-select: none;
  }

  .avatar:has(img) {
    position: relative;
  }

  .avatar img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
    background: var(--_surface);
    object-fit: cover;
  }

  .avatar img:not([data-loaded]) {
    opacity: 0;
  }

  .hue-0 {
    --_hue: light-dark(oklch(0.48 0.115 35), oklch(0.8 0.1 35));
  }

  .hue-1 {
    --_hue: light-dark(oklch(0.48 0.1 75), oklch(0.8 0.1 75));
  }

  .hue-2 {
    --_hue: light-dark(oklch(0.48 0.1 120), oklch(0.8 0.1 120));
  }

  .hue-3 {
    --_hue: light-dark(oklch(0.48 0.1 155), oklch(0.8 0.1 155));
  }

  .hue-4 {
    --_hue: light-dark(oklch(0.48 0.08 195), oklch(0.8 0.1 195));
  }

  .hue-5 {
    --_hue: light-dark(oklch(0.48 0.11 240), oklch(0.8 0.1 240));
  }

  .hue-6 {
    --_hue: light-dark(oklch(0.48 0.115 285), oklch(0.8 0.1 285));
  }

  .hue-7 {
    --_hue: light-dark(oklch(0.48 0.115 345), oklch(0.8 0.1 345));
  }

  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
  }
`;
