import { css } from 'lit';

export const nowPlayingStyles = css`
  :host {
    min-inline-size: 0;
  }

  .sleeve {
    display: flex;
    flex-direction: var(--now-playing-direction, row);
    gap: calc(var(--_space) * 1.75);
    align-items: stretch;
  }

  /* Sized here and not by the picture: nothing moves when a cover arrives. */
  .artwork {
    container-type: inline-size;
    flex: none;
    align-self: start;
    inline-size: var(--now-playing-artwork, 96px);
    min-inline-size: 40px !important;
    max-inline-size: 100%;
    aspect-ratio: 1 !important;
    overflow: visible !important;
    clip-path: none !important;
    mask: none !important;
  }

  /* Within a shadow tree !important wins over the page's: no playback without its metadata (spotify.md). */
  .artwork,
  .title,
  .artists {
    display: block !important;
  }

  .artwork,
  .title,
  .artists,
  .title a,
  .artists a {
    visibility: visible !important;
    opacity: 1 !important;
  }

  /* Where a page asks for it: cut by the line and not by the letter. The tooltip and who reads by ear have all of it. */
  .title > * {
    display: -webkit-box !important;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: var(--now-playing-lines, none);
  }

  .title > :focus-visible {
    -webkit-line-clamp: none;
  }

  .artwork a {
    display: block;
    block-size: 100%;
  }

  /* Spotify's rule: uncropped, nothing over it, corners of 4 px, of 8 px when large (spotify.md). */
  img,
  .blank {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 4px;
    object-fit: contain;
  }

  img {
    filter: drop-shadow(0 6px 14px light-dark(rgb(64 38 20 / 22%), rgb(0 0 0 / 45%)));
  }

  .blank {
    display: grid;
    place-items: center;
    background: var(--_raised);
    color: var(--_muted);
  }

  .blank svg {
    inline-size: 34%;
    block-size: 34%;
    stroke-width: 1.25;
  }

  @container (min-width: 150px) {
    img,
    .blank {
      border-radius: 8px;
    }
  }

  .words {
    display: grid;
    flex: 1;
    grid-template-columns: var(--now-playing-columns, minmax(0, 1fr));
    gap: var(--now-playing-gap, 2px);
    align-content: center;
    min-inline-size: 0;
  }

  p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  a {
    text-decoration-line: none;
  }

  a:hover,
  a:focus-visible {
    text-decoration-line: underline;
  }

  /* Beside a mark that is higher than both lines they stay together. */
  .title {
    align-self: end;
    font: 600 var(--now-playing-title, calc(1.125 * var(--_rem))) / var(--now-playing-leading, 1.25) var(--_display);
    letter-spacing: -0.005em;
    text-wrap: pretty;
  }

  .title[data-long] {
    font-size: max(1em, var(--now-playing-title, calc(1.125 * var(--_rem))) * 0.8);
    line-height: var(--now-playing-leading, 1.3);
  }

  /* The names read on in their own direction, and stand where the page's lines begin. */
  .artists {
    color: var(--_muted);
    line-height: var(--now-playing-leading, inherit);
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  /* As high as its line, not as its letters: so large is what a finger has to hit. */
  .artists a {
    display: inline-block !important;
  }

  /* Each name by itself: none turns the comma beside it. */
  .artists span {
    unicode-bidi: plaintext;
  }

  /* With the mark in its middle: 12 px of clear space above it, and below. */
  .foot {
    display: flex;
    grid-area: var(--now-playing-foot, auto);
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: center;
    justify-content: space-between;
    min-block-size: 36px;
    margin-block: 6px;
    container-type: inline-size;
  }

  /* The words give way to the actions beside them; the link keeps them as its name. */
  @container (max-width: 199px) {
    .spotify bdi {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }

  /* Signs stand in line with the words, not their boxes. */
  ::slotted([slot='actions']) {
    margin-inline: -8px;
  }

  /* There one sees the boxes. */
  @media (forced-colors: active) {
    ::slotted([slot='actions']) {
      margin-inline: 0;
    }
  }
`;
