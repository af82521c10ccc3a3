import { css } from 'lit';

export const playerLibraryStyles = css`
  .shelves {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 2px;
    list-style: none;
  }

  .shelves button {
    inline-size: 100%;
    min-block-size: 48px;
    justify-content: start;
    gap: calc(var(--_space) * 1.5);
    padding: 0 calc(var(--_space) * 1.25);
    border-color: transparent;
    border-radius: 10px;
    text-align: start;
  }

  .shelves svg {
    color: var(--_muted);
  }

  .shelves .name {
    flex: 1;
    min-inline-size: 0;
  }
`;
