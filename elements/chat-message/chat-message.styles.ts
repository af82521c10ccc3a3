import { css } from 'lit';

/** Heights come out in whole pixels: the timeline puts the reader back by scrollTop, which browsers round. */
export const chatMessageStyles = css`
  :host {
    display: grid;
    grid-template-columns: 32px fit-content(calc(36 * var(--_rem))) minmax(clamp(0px, 8% - 10px, 34px), 1fr);
    column-gap: 10px;
    padding-block-start: 16px;
    line-height: 22px;
    line-height: round(1.45em, 1px);
  }

  :host([grouped]) {
    padding-block-start: 3px;
  }

  :host([mine]) {
    grid-template-columns: minmax(44px, 1fr) fit-content(calc(36 * var(--_rem)));
  }

  .avatar {
    grid-row: 1 / span 2;
    display: grid;
    place-content: center;
    inline-size: 32px;
    block-size: 32px;
    font-size: 14px;
    line-height: 32px;
  }

  .avatar::before {
    content: attr(data-initial);
  }

  .by {
    grid-area: 1 / 2 / auto / -1;
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-inline-size: 0;
    padding-block-end: 4px;
    line-height: 18px;
    line-height: round(1.2em, 1px);
  }

  .author {
    color: var(--_hue);
    font-size: 0.8667em;
    font-weight: 650;
  }

  time {
    color: var(--_muted);
    font-size: 0.7333em;
    font-variant-numeric: tabular-nums;
    unicode-bidi: plaintext;
    white-space: nowrap;
  }

  :host([mine]) .by {
    grid-column: 1 / -1;
    justify-self: end;
  }

  /* Within a group the hour is a whisper in the margin, there for who points at the message and for screen readers. */
  :host([grouped]) time {
    grid-area: 2 / 1;
    align-self: end;
    justify-self: end;
    margin-block-end: 8px;
    opacity: 0;
    transition: opacity var(--_quick);
  }

  :host([grouped]:not([mine])) time {
    margin-inline-end: -5px;
    letter-spacing: -0.03em;
  }

  :host([grouped]:hover) time {
    opacity: 1;
  }

  /* Each paragraph goes its own direction: dir="auto" would turn the bubble too. */
  .bubble {
    grid-area: 2 / 2;
    justify-self: start;
    min-inline-size: 0;
    max-inline-size: 100%;
    padding: 7px 13px 8px;
    border: 1px solid transparent;
    border-radius: 18px;
    border-start-start-radius: 6px;
    background: var(--_raised);
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
    white-space: pre-wrap;
  }

  /* Not every bubble: each that clips is painted by itself, which takes longer than all the rest of a row. */
  .stacked,
  .bubble:is(.track, .folded) {
    overflow: clip;
  }

  :host([grouped]) .bubble {
    border-end-start-radius: 6px;
  }

  :host([mine]) .bubble {
    justify-self: end;
    border-radius: 18px;
    border-end-end-radius: 6px;
    background: color-mix(in oklab, var(--_accent) 17%, var(--_surface));
  }

  :host([mine][grouped]) .bubble {
    border-start-end-radius: 6px;
  }

  .bubble:is(.sending, .failed, .deleted) {
    border-style: dashed;
  }

  .bubble.sending {
    border-color: color-mix(in oklab, var(--_accent) 45%, var(--_surface));
    color: color-mix(in oklab, var(--_text) 70%, var(--_surface));
  }

  .bubble.failed {
    border-color: var(--_danger);
  }

  .sending-mark {
    grid-area: 2 / 1;
    justify-self: end;
    align-self: end;
    inline-size: 14px;
    block-size: 14px;
    margin-block-end: 13px;
    border: 2px solid var(--_line);
    border-block-start-color: var(--_ink);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }

  /* One mark at a time in the margin. */
  :host([grouped]) time:is(.sending, .changing) {
    visibility: hidden;
  }

  .waiting {
    grid-area: 5 / 1 / auto / -1;
    justify-self: end;
    margin: 4px 0 6px;
    text-align: end;
    text-wrap: balance;
    unicode-bidi: plaintext;
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .problem {
    grid-area: 5 / 1 / auto / -1;
    justify-self: end;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 4px 8px;
    margin: 4px 0 6px;
    text-wrap: balance;
    color: var(--_danger);
    font-size: 0.8667em;
  }

  .problem span {
    text-align: end;
    unicode-bidi: plaintext;
  }

  .problem .unsaved {
    flex-basis: 100%;
    max-block-size: 12em;
    overflow-y: auto;
    color: var(--_text);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    text-wrap: wrap;
  }

  .unsaved b {
    font-weight: 600;
  }

  /* Words in another script than the sentence's begin a line of their own. */
  .unsaved q {
    display: block;
    text-align: match-parent;
  }

  .answers {
    display: flex;
    gap: 8px;
  }

  .problem svg {
    inline-size: 16px;
    block-size: 16px;
    margin-inline-end: 4px;
    vertical-align: -3px;
  }

  .problem button {
    min-block-size: 28px;
    padding-inline: 12px;
    color: var(--_text);
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media (forced-colors: active) {
    .bubble {
      border-color: CanvasText;
    }

    :host([mine]) .bubble {
      border-color: Highlight;
    }
  }

  @media (prefers-contrast: more) {
    .bubble {
      border-color: var(--_muted);
    }

    :host([mine]) .bubble {
      border-color: var(--_ink);
    }

    :host([grouped]) time {
      opacity: 1;
    }
  }
`;
