import { css } from 'lit';

/**
 * The look, in one place. Public names are `--roomtone-…`; a host sets them on any ancestor. The private `--_…`
 * names carry the defaults, so that each element looks right alone and custom properties still inherit through.
 *
 * Colours follow the page's `color-scheme`: a host that sets `color-scheme: dark` gets dark elements.
 */
export const theme = css`
  :host {
    --_accent: var(--roomtone-accent, light-dark(#b23c17, #ff9c73));
    --_on-accent: var(--roomtone-on-accent, light-dark(#ffffff, #2a1007));
    --_surface: var(--roomtone-surface, light-dark(#fffdfa, #1b1714));
    --_raised: var(--roomtone-raised, light-dark(#f6f0e8, #27211c));
    --_text: var(--roomtone-text, light-dark(#241c16, #f4ece4));
    --_muted: var(--roomtone-muted, light-dark(#6a5d52, #b5a698));
    --_line: var(--roomtone-line, light-dark(#e6dccf, #3a322b));
    --_danger: var(--roomtone-danger, light-dark(#a8152a, #ff9a9f));
    --_success: var(--roomtone-success, light-dark(#2f6b3a, #8fd19a));
    --_font: var(--roomtone-font, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif);
    --_size: var(--roomtone-font-size, 0.9375rem);
    --_radius: var(--roomtone-radius, 14px);
    --_space: var(--roomtone-space, 8px);
    --_tint: color-mix(in oklab, var(--_accent) 12%, var(--_surface));
    --_hover: color-mix(in oklab, var(--_text) 7%, transparent);
    --_focus: 2px solid var(--_accent);
    --_quick: 140ms ease-out;
  }
`;
