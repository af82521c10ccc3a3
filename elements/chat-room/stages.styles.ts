import { css } from 'lit';

/** What stands where the conversation is not: the door, why there is no room, an empty one, one that is being read. */
export const stagesStyles = css`
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
    max-inline-size: calc(26 * var(--_rem));
    margin-inline: auto;
    text-align: center;
    text-wrap: balance;
  }

  /* A sentence goes its own way where the page goes another. */
  .card p,
  .card .lead {
    unicode-bidi: plaintext;
  }

  .card p {
    margin: 0;
    color: var(--_muted);
  }

  .card .lead {
    margin: 0;
    color: var(--_text);
    font: 600 calc(1.375 * var(--_rem)) / 1.3 var(--_display);
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
    color: var(--_ink);
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
    inline-size: min(100cqi - 32px, calc(58 * var(--_rem)));
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

  @keyframes breathe {
    50% {
      opacity: 0.55;
    }
  }

  @media (forced-colors: active) {
    .skeleton i {
      border: 1px solid GrayText;
    }
  }
`;
