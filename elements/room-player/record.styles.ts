import { css } from 'lit';

/** A record drawn in gradients: what the card shows while there is no cover to show. */
export const recordStyles = css`
  .record {
    --_vinyl: light-dark(#2b221c, #0f0c0a);
    position: relative;
    flex: none;
    inline-size: 116px;
    block-size: 116px;
    border-radius: 50%;
    background:
      radial-gradient(circle, var(--_surface) 0 3px, transparent 3.5px),
      radial-gradient(circle, var(--_accent) 0 21px, transparent 21.5px),
      conic-gradient(
        from 20deg,
        transparent 0 8%,
        rgb(255 255 255 / 16%) 14%,
        transparent 22% 55%,
        rgb(255 255 255 / 12%) 64%,
        transparent 72%
      ),
      repeating-radial-gradient(circle, transparent 0 2.5px, rgb(255 255 255 / 7%) 3px 3.5px), var(--_vinyl);
    box-shadow: 0 14px 30px -14px light-dark(rgb(64 38 20 / 55%), rgb(0 0 0 / 80%));
  }

  /* The mark on the label: without it nobody could see it turn. */
  .record::after {
    position: absolute;
    inset-block-start: calc(50% - 15px);
    inset-inline-start: calc(50% - 1.5px);
    inline-size: 3px;
    block-size: 7px;
    border-radius: 2px;
    background: color-mix(in oklab, var(--_on-accent) 75%, transparent);
    content: '';
  }

  .record[data-turning] {
    animation: turn 2.4s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media (forced-colors: active) {
    .record {
      forced-color-adjust: none;
      border: 2px solid CanvasText;
    }
  }
`;
