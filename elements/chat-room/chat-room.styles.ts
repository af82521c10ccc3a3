import { css } from 'lit';

export const chatRoomStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    /* What it asks for where its box has no width of its own, as in a flex row. */
    contain-intrinsic-inline-size: 360px;
    block-size: var(--roomtone-chat-block-size, min(640px, 85vh));
    min-inline-size: 0;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  .room {
    display: flex;
    flex-direction: column;
    block-size: 100%;
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
    font: 600 1.1875rem / 1.3 var(--_display);
    letter-spacing: -0.005em;
  }

  .status {
    flex: none;
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .members-toggle {
    flex: none;
    margin-inline-start: auto;
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

  .bar {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space);
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

  .listening {
    display: grid;
    flex: none;
    gap: 4px calc(var(--_space) * 2);
    align-items: center;
    padding: var(--_space) calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_line);
    font-size: 0.8667em;
    --now-playing-artwork: 40px;
    --now-playing-title: 0.875rem;
  }

  .listening now-playing {
    font-size: inherit;
    line-height: 1.35;
  }

  .listening now-playing {
    position: relative;
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

  .body {
    position: relative;
    display: grid;
    flex: 1;
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
  }

  chat-composer {
    flex: none;
    inline-size: 100%;
    max-inline-size: 60rem;
    margin-inline: auto;
    padding: var(--_space) calc(var(--_space) * 2) calc(var(--_space) * 1.75);
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

  @container (min-width: 440px) {
    .listening now-playing::part(title),
    .listening now-playing::part(artists) {
      margin-inline-end: 9rem;
    }

    .listening now-playing::part(source) {
      position: absolute;
      inset-block-start: calc(50% - 12px);
      inset-inline-end: 0;
      margin: 0;
    }
  }

  /* With a track the switch stands beside it. */
  @container (min-width: 760px) {
    .listening:has(now-playing) {
      grid-template-columns: minmax(0, 1fr) auto;
    }
  }

  @container (min-width: 560px) {
    .body:has(> .members) {
      grid-template-columns: minmax(0, 1fr) clamp(168px, 26%, 260px);
    }

    .members {
      position: static;
      inline-size: auto;
      box-shadow: none;
      animation: none;
    }
  }

  .stage {
    display: grid;
    align-content: safe center;
    min-block-size: 0;
    padding: calc(var(--_space) * 3);
    overflow-y: auto;
  }

  .card {
    display: grid;
    justify-items: center;
    gap: calc(var(--_space) * 1.25);
    inline-size: 100%;
    max-inline-size: 26rem;
    margin-inline: auto;
    text-align: center;
    text-wrap: balance;
  }

  /* A sentence goes its own way where the page goes another. */
  .card p,
  .card .lead,
  .bar span:not(.spinner),
  .status {
    unicode-bidi: plaintext;
  }

  .card p {
    margin: 0;
    color: var(--_muted);
  }

  .card .lead {
    margin: 0;
    color: var(--_text);
    font: 600 1.375rem / 1.3 var(--_display);
    overflow-wrap: anywhere;
  }

  .card chat-guest-form {
    inline-size: 100%;
    margin-block-start: calc(var(--_space) * 1.5);
  }

  .card button {
    margin-block-start: var(--_space);
  }

  .emblem {
    display: grid;
    place-content: center;
    inline-size: 52px;
    block-size: 52px;
    border-radius: 50%;
    background: var(--_tint);
    color: var(--_accent);
  }

  .emblem svg {
    inline-size: 26px;
    block-size: 26px;
  }

  .emblem.sad {
    background: color-mix(in oklab, var(--_danger) 12%, var(--_surface));
    color: var(--_danger);
  }

  .waiting {
    margin-block-end: 0;
  }

  .skeleton {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 18px 10px;
    inline-size: min(100cqi - 32px, 58rem);
    animation: breathe 2.4s ease-in-out infinite;
  }

  .skeleton i {
    display: block;
    border-radius: 14px;
  }

  .skeleton span {
    display: grid;
    gap: 6px;
  }

  .skeleton .face {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
  }

  .skeleton .face,
  .skeleton .short,
  .skeleton .line {
    background: color-mix(in oklab, var(--_text) 7%, var(--_surface));
  }

  .skeleton .short {
    inline-size: 80px;
    block-size: 10px;
    margin-block: 4px;
  }

  .skeleton .line {
    inline-size: min(180px, 60%);
    block-size: 36px;
  }

  .skeleton .long {
    inline-size: min(320px, 85%);
  }

  .skeleton .own {
    justify-items: end;
  }

  .skeleton .own .line {
    background: var(--_tint);
  }

  .spinner {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid var(--_line);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @keyframes breathe {
    50% {
      opacity: 0.55;
    }
  }

  @keyframes enter {
    from {
      opacity: 0;
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

    .skeleton i {
      border: 1px solid GrayText;
    }
  }
`;
