import { css } from 'lit';

export const chatReportStyles = css`
  :host {
    display: contents;
  }

  blockquote {
    max-block-size: 6em;
    margin: 0;
    padding-inline-start: calc(var(--_space) * 1.25);
    overflow: hidden auto;
    border-inline-start: 3px solid var(--_line);
    color: var(--_muted);
    white-space: pre-line;
  }

  p:empty {
    display: none;
  }
`;
