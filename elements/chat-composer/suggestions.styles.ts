import { css } from 'lit';

/** The list that completes, and the line above the box. */
export const suggestionsStyles = css`
  .options {
    position: absolute;
    inset-block-end: calc(100% + 4px);
    inset-inline-start: 0;
    z-index: 2;
    inline-size: min(calc(20 * var(--_rem)), 100%);
    margin: 0;
    padding: 6px;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    list-style: none;
  }

  .options[hidden] {
    display: none;
  }

  li {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: 36px;
    padding-inline: 10px;
    overflow: clip;
    border-radius: calc(var(--_radius) - 6px);
    line-height: 22px;
    cursor: pointer;
  }

  li:hover {
    background: var(--_hover);
  }

  li[aria-selected='true'] {
    background: var(--_tint);
  }

  .picture {
    flex: none;
    inline-size: 26px;
    font-size: 20px;
    text-align: center;
  }

  .label {
    unicode-bidi: isolate;
  }

  .context {
    grid-column: 1 / -1;
    display: flex;
    gap: 8px;
    align-items: center;
    min-inline-size: 0;
    padding-inline-start: 14px;
    font-size: 0.8667em;
  }

  .context > svg {
    inline-size: 18px;
    block-size: 18px;
    color: var(--_ink);
  }

  .about {
    display: flex;
    flex: 1;
    gap: 8px;
    min-inline-size: 0;
    margin: 0;
    overflow: clip;
    line-height: 20px;
  }

  .about b {
    flex: none;
    max-inline-size: 60%;
    font-weight: 600;
    unicode-bidi: isolate;
  }

  .about span {
    color: var(--_muted);
    unicode-bidi: isolate;
  }

  .context button.icon {
    inline-size: 30px;
    min-block-size: 30px;
  }

  @media (forced-colors: active) {
    li[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
