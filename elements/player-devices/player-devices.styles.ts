import { css } from 'lit';

export const playerDevicesStyles = css`
  :host {
    display: inline-block;
  }

  .open[aria-expanded='true'] {
    background: var(--_hover);
    color: var(--_text);
  }

  .box {
    position: absolute;
    inset: auto;
    max-block-size: min(calc(22 * var(--_rem)), 60vh);
    margin: 0;
    padding: var(--_space);
    overflow-y: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }

  p {
    margin: 0;
    padding: 4px 8px;
    overflow-wrap: anywhere;
  }

  .heading {
    font: 600 calc(1.0625 * var(--_rem)) / 1.25 var(--_display);
  }

  .status {
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .status:has(bdi:empty) {
    padding: 0;
  }

  .wait {
    color: var(--_muted);
    font-size: 0.8667em;
    font-variant-numeric: tabular-nums;
  }

  .retry {
    margin: 4px 8px 8px;
  }

  ul {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .device {
    display: flex;
    gap: calc(var(--_space) * 1.25);
    align-items: center;
    justify-content: start;
    inline-size: 100%;
    min-block-size: 46px;
    padding: 4px 8px;
    border: 0;
    border-radius: 10px;
    text-align: start;
  }

  .device > svg {
    color: var(--_muted);
  }

  .device[data-active],
  .device[data-active] > svg {
    color: var(--_ink);
  }

  .words {
    display: grid;
    min-inline-size: 0;
    font-weight: 550;
    line-height: 1.3;
  }

  .notes {
    color: var(--_muted);
    font-weight: 400;
    font-size: 0.8667em;
  }
`;
