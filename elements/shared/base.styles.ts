import { css } from 'lit';
import { theme } from './theme.styles.js';

/** What every element starts from: its own box, type and form controls, deaf to the host page's resets. */
const base = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font: 400 var(--_size) / 1.45 var(--_font);
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    -webkit-text-size-adjust: 100%;
  }

  :host([hidden]) {
    display: none;
  }

  /* own-box.ts: the page has taken this element's box. */
  :host(:state(boxless)) {
    display: block !important;
  }

  :host(:state(reverted)) {
    box-sizing: border-box !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  button,
  input,
  textarea {
    margin: 0;
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_space) * 0.75);
    min-block-size: 36px;
    padding: 0 calc(var(--_space) * 1.75);
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: transparent;
    font-weight: 550;
    line-height: 1.2;
    cursor: pointer;
    transition: background-color var(--_quick), border-color var(--_quick), transform var(--_quick);
  }

  button:hover:not(:disabled) {
    background: var(--_hover);
  }

  button:active:not(:disabled) {
    transform: scale(0.97);
  }

  button:disabled {
    opacity: 0.45;
    cursor: default;
  }

  button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button.primary:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  button.icon {
    inline-size: 36px;
    padding: 0;
    border-color: transparent;
    color: var(--_muted);
  }

  button.icon:hover:not(:disabled) {
    color: var(--_text);
  }

  button.icon[aria-pressed='true'],
  button.icon[aria-pressed='true']:hover:not(:disabled) {
    color: var(--_ink);
  }

  /* 16px or more: iOS zooms the page when a smaller field takes the focus. */
  input:not([type='range']),
  textarea {
    inline-size: 100%;
    min-block-size: 40px;
    padding: calc(var(--_space) * 1.125) calc(var(--_space) * 1.5);
    border: 1px solid color-mix(in oklab, var(--_muted) 70%, var(--_line));
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_surface);
    font-size: max(16px, 1em);
    line-height: 1.35;
  }

  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  :focus-visible {
    outline: var(--_focus);
    outline-offset: 2px;
  }

  a {
    color: inherit;
    text-decoration-color: color-mix(in oklab, currentColor 40%, transparent);
    text-underline-offset: 0.15em;
  }

  svg {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  svg[data-solid] {
    fill: currentColor;
  }

  svg[data-mirrored]:dir(rtl) {
    transform: scaleX(-1);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /*
   * A name or a title that does not fit: shortened, never broken out of its box. The full text is in its title.
   * With dir="auto" it is cut at its own end and still stands where the page's lines begin.
   */
  .shorten {
    min-inline-size: 0;
    overflow: hidden;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }

  /* What is on or chosen has another edge: an outline there would take the place of the ring of the focus. */
  @media (forced-colors: active) {
    button.icon:is([aria-pressed='true'], [aria-pressed='mixed']) {
      border: 2px solid Highlight;
    }
  }
`;

/**
 * For the elements that a page writes itself. Its rules for everything (`* { font: 40px serif }`) come before those of
 * `:host` and would go on by inheritance; what it wants it says by custom properties.
 */
export const ownText = css`
  :host {
    color: var(--_text) !important;
    font: 400 var(--_size) / 1.45 var(--_font) !important;
    letter-spacing: normal !important;
    text-align: start !important;
    text-indent: 0 !important;
    text-transform: none !important;
    white-space: normal !important;
    word-spacing: normal !important;
  }
`;

/** Put these first in an element's `static styles`. */
export const baseStyles = [theme, base];
