import { css } from 'lit';

/** What stands in the card only where Spotify's embed plays; it comes with it. */
export const embedStyles = css`
  /*
   * Spotify's embed: never covered, cropped or faded (Spotify's terms), and as tall as it wants to be. Within a shadow
   * tree !important wins over the page's.
   */
  .embed {
    display: block !important;
    min-inline-size: min(100%, 200px) !important;
    min-block-size: 152px !important;
    overflow: visible !important;
    visibility: visible !important;
    opacity: 1 !important;
    transform: none !important;
    filter: none !important;
    clip-path: none !important;
    mask: none !important;
  }

  .embed:has([data-kind='list']) {
    min-block-size: 352px !important;
  }

  .embed:has(> [hidden]) {
    display: none !important;
  }

  .embed iframe {
    display: block;
    inline-size: 100%;
    block-size: 152px;
    border: 0;
    border-radius: 12px;
  }

  .embed [data-kind='list'] iframe {
    block-size: 352px;
  }

  .link {
    display: grid;
    gap: 4px;
  }

  .link label {
    font-size: 0.9333em;
  }

  .paste {
    display: flex;
    gap: 4px;
    align-items: center;
  }

  .paste input {
    flex: 1;
    min-inline-size: 0;
  }

  .wrong {
    margin: 0;
    color: var(--_danger);
    font-size: 0.9333em;
  }

  .wrong:has(bdi:empty) {
    position: absolute;
  }
`;
