import { css } from 'lit';

export const chatMembersStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }

  .head {
    display: flex;
    gap: 6px;
    padding: calc(var(--_space) * 1.75) calc(var(--_space) * 2) calc(var(--_space) * 0.75);
    color: var(--_muted);
    font-size: 0.8667em;
    font-weight: 600;
  }

  .count {
    font-variant-numeric: tabular-nums;
    font-weight: 400;
  }

  ul {
    flex: 1;
    min-block-size: 0;
    margin: 0;
    padding: 0 var(--_space) var(--_space);
    overflow: hidden auto;
    overflow-anchor: none;
    list-style: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--_muted) 45%, transparent) transparent;
  }

  /* What is scrolled away is room, and no rows. No padding: that would make the list itself as high. */
  ul::before,
  ul::after {
    display: block;
    block-size: var(--_above, 0);
    content: '';
  }

  ul::after {
    block-size: var(--_below, 0);
  }

  ul:focus-visible {
    outline-offset: -3px;
    border-radius: 10px;
  }

  li {
    display: grid;
    grid-template-columns: auto minmax(0, auto) minmax(max-content, 1fr) auto auto;
    align-items: center;
    /* No gaps between columns: those of buttons that are not there would be the name's room. */
    row-gap: 2px;
    padding: 5px var(--_space);
    border-radius: 10px;
  }

  .avatar {
    display: grid;
    place-content: center;
    inline-size: 28px;
    block-size: 28px;
    overflow: clip;
    font-size: 13px;
    line-height: 28px;
  }

  /* At the avatar and not at the name, which may run against the page. */
  .avatar {
    margin-inline-end: calc(var(--_space) * 1.25);
  }

  /* Who points at a name, or has the list under the keyboard, reads it in full. */
  li:hover .name,
  .listening:focus-visible > .shorten,
  ul:focus-visible .listening > .shorten,
  ul:focus-visible .name {
    overflow: clip;
    overflow-wrap: anywhere;
    white-space: normal;
  }

  .away .avatar,
  .away .name {
    opacity: 0.7;
  }

  .marks {
    display: flex;
    align-items: center;
    gap: 5px;
    margin-inline-start: 6px;
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .sign {
    display: inline-flex;
    color: var(--_ink);
  }

  .sign svg {
    inline-size: 15px;
    block-size: 15px;
  }

  button.moderate {
    grid-area: 1 / 5;
    inline-size: 28px;
    min-block-size: 28px;
    margin-inline-start: 4px;
  }

  .dots,
  .dots::before,
  .dots::after {
    inline-size: 4px;
    block-size: 4px;
    border-radius: 50%;
    background: currentColor;
  }

  .dots {
    position: relative;
  }

  .dots::before,
  .dots::after {
    position: absolute;
    inset-inline-start: -6px;
    content: '';
  }

  .dots::after {
    inset-inline-start: 6px;
  }

  .search {
    position: relative;
    flex: none;
    padding: 0 calc(var(--_space) * 1.5) var(--_space);
  }

  .search svg {
    position: absolute;
    inset-block-start: 11px;
    inset-inline-start: calc(var(--_space) * 1.5 + 11px);
    inline-size: 18px;
    block-size: 18px;
    color: var(--_muted);
    pointer-events: none;
  }

  .search input {
    padding-inline-start: 38px;
  }

  .none {
    flex: none;
    margin: 0;
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .none.filled {
    padding: calc(var(--_space) * 0.5) calc(var(--_space) * 2) var(--_space);
  }

  .artwork,
  .listening {
    grid-row: 2;
  }

  /* Spotify's rule: uncropped, nothing over it, corners of 4 px (spotify.md). */
  .artwork {
    display: grid;
    grid-column: 1;
    align-self: start;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    margin-block: 2px;
    color: var(--_muted);
  }

  .artwork svg {
    inline-size: 16px;
    block-size: 16px;
  }

  .artwork img {
    inline-size: 100%;
    block-size: 100%;
    border-radius: 4px;
    object-fit: contain;
  }

  .listening {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-column: 2 / 4;
    /* Its words ask for no width: the columns are the name's. */
    inline-size: 0;
    min-inline-size: 100%;
    min-block-size: 32px;
    align-content: center;
    color: var(--_muted);
    font-size: 0.8667em;
    line-height: 1.25;
    text-decoration-line: none;
  }

  /* 12 px of clear space around the mark (spotify.md, branding). */
  .source {
    flex: none;
    margin: 0;
    padding: 12px calc(var(--_space) * 2);
    color: var(--_muted);
    font-size: 0.8em;
  }

  .song {
    color: var(--_text);
  }

  a.listening:is(:hover, :focus-visible) .song {
    text-decoration-line: underline;
  }

  button.play {
    grid-area: 2 / 4 / auto / -1;
    justify-self: end;
    inline-size: 28px;
    min-block-size: 28px;
    color: var(--_ink);
  }

  .play svg {
    inline-size: 18px;
    block-size: 18px;
  }

  @media (forced-colors: active) {
    .dots,
    .dots::before,
    .dots::after {
      background: ButtonText;
      forced-color-adjust: none;
    }
  }
`;
