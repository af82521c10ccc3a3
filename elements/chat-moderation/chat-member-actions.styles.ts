import { css } from 'lit';

export const chatMemberActionsStyles = css`
  :host {
    display: contents;
    --_dialog-inline-size: calc(22 * var(--_rem));
  }

  .acts,
  .question {
    display: grid;
    gap: var(--_space);
  }

  .act {
    min-block-size: 40px;
  }

  p:empty {
    display: none;
  }
`;
