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
    /* Named faces first: what Linux calls system-ui or sans-serif is often the widest face installed. */
    --_font: var(
      --roomtone-font,
      -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Roboto, Ubuntu, Cantarell, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif
    );
    /* For the few words that set the tone: a track's title, the first line of a state. */
    --_display: var(
      --roomtone-font-display,
      'Iowan Old Style', 'Palatino Linotype', Palatino, Charter, 'Noto Serif', Georgia, 'Times New Roman', serif
    );
    /* A page may set its root to 62.5 % and count from there; a visitor who set a larger type in the browser gets it. */
    --_size: var(--roomtone-font-size, max(15px, 0.9375rem));
    --_rem: calc(var(--_size) / 0.9375);
    --_radius: var(--roomtone-radius, 14px);
    --_space: var(--roomtone-space, 8px);
    --_tint: color-mix(in oklab, var(--_accent) 12%, var(--_surface));
    --_hover: color-mix(in oklab, var(--_text) 7%, transparent);
    --_glow: var(--roomtone-glow, light-dark(#f3b36a, #c4542a));
    --_ink: var(--_accent);
    --_focus: 2px solid var(--_ink);
    --_shadow: var(
      --roomtone-shadow,
      0 1px 2px light-dark(rgb(64 38 20 / 7%), rgb(0 0 0 / 30%)), 0 10px 28px -14px light-dark(rgb(64 38 20 / 22%), rgb(0 0 0 / 60%))
    );
    --_quick: 140ms ease-out;
  }

  /* What is said quietly elsewhere is said aloud, and every edge is seen: 3 to 1 and more, on any surface. */
  @media (prefers-contrast: more) {
    :host {
      --_muted: color-mix(in oklab, var(--_text) 80%, var(--_surface));
      --_line: color-mix(in oklab, var(--_text) 60%, var(--_surface));
      --_focus: 3px solid var(--_ink);
    }
  }

  /*
   * Whatever accent a page sets: as words and lines it keeps 4.5 to 1 on the surface of its theme, what stands on it is
   * black or white, and the light at the card's top is of its family.
   */
  @supports (color: oklch(from red l c calc(h + 30))) {
    :host {
      --_ink: light-dark(oklch(from var(--_accent) min(l, 0.51) c h), oklch(from var(--_accent) max(l, 0.73) c h));
      /* By luminance, which contrast goes by: at 0.179 black and white are equal, either at 4.58 to 1 (WCAG 2). */
      --_on-accent: var(
        --roomtone-on-accent,
        color(
          from var(--_accent) xyz clamp(0, (0.179 - y) * 1000, 0.9505) clamp(0, (0.179 - y) * 1000, 1) clamp(0, (0.179 - y) * 1000, 1.089)
        )
      );
      --_glow: var(
        --roomtone-glow,
        light-dark(oklch(from var(--_accent) 0.82 0.12 calc(h + 30)), oklch(from var(--_accent) 0.58 0.15 h))
      );
    }
  }
`;
