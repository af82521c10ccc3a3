import { css } from 'lit';

export const chatRoomStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    /* What it asks for where its box has no width of its own, as in a flex row. */
    contain-intrinsic-inline-size: 360px;
    block-size: var(--roomtone-chat-block-size, clamp(320px, 85vh, 640px));
    min-inline-size: 0;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  /* What it is made of lies in the top layer: here it takes no room, from the first moment on. */
  :host([variant='bubble']) {
    display: contents !important;
  }

  .dock:not([popover]) {
    display: contents;
  }

  :host(:state(reverted)) {
    container-type: inline-size !important;
    block-size: var(--roomtone-chat-block-size, clamp(320px, 85vh, 640px)) !important;
    overflow: clip !important;
    border: 1px solid var(--_line) !important;
    border-radius: var(--_radius) !important;
    background: var(--_surface) !important;
  }

  .room {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden auto;
    scrollbar-width: thin;
  }

  .head {
    display: flex;
    flex: none;
    align-items: center;
    gap: calc(var(--_space) * 1.25);
    min-block-size: 56px;
    padding-inline: calc(var(--_space) * 2) calc(var(--_space) * 1.25);
    border-block-end: 1px solid var(--_line);
  }

  .title {
    margin: 0;
    font: 600 calc(1.1875 * var(--_rem)) / 1.3 var(--_display);
    letter-spacing: -0.005em;
  }

  .status {
    flex: none;
    color: var(--_muted);
    font-size: 0.8667em;
    unicode-bidi: plaintext;
  }

  slot[name='header']::slotted(*) {
    min-inline-size: 0;
  }

  .tools {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    margin-inline-start: auto;
  }

  .tools button {
    min-block-size: 36px;
    padding-inline: 10px 12px;
    border-color: transparent;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  .members-toggle[aria-expanded='true'] {
    background: var(--_raised);
    color: var(--_text);
  }

  .badge {
    min-inline-size: 20px;
    padding-inline: 6px;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.8em;
    line-height: 20px;
    text-align: center;
  }

  /* In a window at 400 % (WCAG 1.4.10), or a low box of the page's: what stands above scrolls away, and this keeps room. */
  .body {
    position: relative;
    display: grid;
    flex: 1 0 200px;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }

  .talk {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }

  .talk[hidden] {
    display: none;
  }

  chat-timeline {
    flex: 1;
    min-block-size: 88px;
  }

  /* Its room is kept: the conversation must not move whenever somebody begins to write. */
  .typing {
    flex: none;
    inline-size: 100%;
    max-inline-size: calc(60 * var(--_rem));
    min-block-size: 20px;
    margin: 0 auto;
    padding-inline: calc(var(--_space) * 2);
    color: var(--_muted);
    font-size: 0.8em;
    line-height: 20px;
  }

  chat-composer {
    flex: none;
    inline-size: 100%;
    max-inline-size: calc(60 * var(--_rem));
    margin-inline: auto;
    padding: 0 calc(var(--_space) * 2) calc(var(--_space) * 1.75);
  }

  /* Their files are on the way: their places are as they will be. */
  chat-timeline:not(:defined) {
    display: grid;
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 2) calc(var(--_space) * 2);
  }

  chat-timeline:not(:defined) > * {
    margin: auto auto 0;
  }

  chat-composer:not(:defined)::before {
    display: block;
    block-size: 44px;
    margin-block-end: calc(var(--_space) * 0.75 + 18px); /* of the line that says why one cannot write yet */
    border-radius: 22px;
    background: var(--_raised);
    content: '';
  }

  /* Below 560px the members lie over the conversation, from there on they stand beside it. */
  .members {
    position: absolute;
    z-index: 1;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: min(280px, 100%);
    border-inline-start: 1px solid var(--_line);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    animation: enter 160ms ease-out;
  }

  @container (max-width: 380px) {
    .members {
      inline-size: 100%;
      border: 0;
    }
  }

  @container (min-width: 560px) {
    .body:has(> .members) {
      grid-template-columns: minmax(0, 1fr) clamp(184px, 28%, 260px);
    }

    .members {
      position: static;
      inline-size: auto;
      box-shadow: none;
      animation: none;
    }
  }

  @media (max-height: 400px) {
    .head {
      min-block-size: 44px;
    }
  }

  @keyframes enter {
    from {
      opacity: 0;
    }
  }
`;
