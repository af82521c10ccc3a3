import { css } from 'lit';

/** A bubble in the corner of the window, and the panel that it opens. In a narrow window the panel fills it. */
export const launcherStyles = css`
  :host([variant='bubble'][hidden]) {
    display: none !important;
  }

  .dock:popover-open {
    position: fixed;
    inset: auto;
    inset-block-end: calc(var(--_edge) + var(--_covered, 0px));
    inset-inline-end: var(--_edge);
    display: grid;
    justify-items: end;
    /* A popover's own fit-content is the window's height in WebKitGTK 2.50. */
    block-size: auto;
    margin: 0;
    padding: 0;
    overflow: visible;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    --_edge: max(16px, env(safe-area-inset-bottom));
    /* Of the window, by a phone's keyboard: seen-window.ts. */
    --_hidden: calc(var(--_above, 0px) + var(--_covered, 0px));
  }

  .dock .room {
    container-type: inline-size;
    inline-size: min(var(--roomtone-bubble-inline-size, 400px), 100vw - 2 * var(--_edge));
    block-size: min(var(--roomtone-chat-block-size, 640px), 100dvh - 2 * var(--_edge) - var(--_hidden));
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow), 0 24px 60px -20px rgb(20 10 5 / 35%);
    transform-origin: 100% 100%;
    animation: open 180ms cubic-bezier(0.2, 0.8, 0.3, 1);
  }

  .dock .room:dir(rtl) {
    transform-origin: 0 100%;
  }

  .dock .room[hidden] {
    display: none;
  }

  .launcher {
    position: relative;
    inline-size: 60px;
    block-size: 60px;
    padding: 0;
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: 0 10px 26px -8px color-mix(in oklab, var(--_accent) 65%, #000);
  }

  .launcher:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  .launcher:focus-visible {
    outline-offset: 3px;
  }

  .launcher[hidden] {
    display: none;
  }

  .launcher svg {
    inline-size: 30px;
    block-size: 30px;
  }

  .unread {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    min-inline-size: 24px;
    border: 2px solid var(--_accent);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .tools .put-away {
    inline-size: 36px;
    padding: 0;
  }

  @keyframes open {
    from {
      opacity: 0;
      transform: translateY(12px) scale(0.97);
    }
  }

  @media (max-width: 480px) {
    .dock:popover-open:has(.launcher[hidden]) {
      inset: var(--_above, 0) 0 var(--_covered, 0);
    }

    .dock .room {
      inline-size: 100vw;
      block-size: calc(100dvh - var(--_hidden));
      border: 0;
      border-radius: 0;
    }
  }

  @media (forced-colors: active) {
    .launcher {
      border: 2px solid ButtonText;
    }
  }
`;
