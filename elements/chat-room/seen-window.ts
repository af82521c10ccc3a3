/**
 * Keeps a panel of the window within what is seen of it. A phone's keyboard covers the end of the page and shrinks the
 * visual viewport alone (iOS; Chrome since 108), and what is `position: fixed` stays behind it.
 *
 * @param panel gets `--_above` and `--_covered`: what is not seen at either end, in px
 * @returns a function that ends it
 */
export function keepWithinSeen(panel: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const fit = (): void => {
    // Who has zoomed in looks at a part of the panel, and wants it to stay where it is.
    const zoomed = viewport.scale > 1.01;
    const above = zoomed ? 0 : Math.max(0, viewport.offsetTop);
    const covered = zoomed ? 0 : Math.max(0, document.documentElement.clientHeight - viewport.height - above);
    panel.style.setProperty('--_above', `${Math.round(above)}px`);
    panel.style.setProperty('--_covered', `${Math.round(covered)}px`);
  };
  fit();
  // The viewport is panned, too, while the keyboard comes.
  viewport.addEventListener('resize', fit);
  viewport.addEventListener('scroll', fit);
  return () => {
    viewport.removeEventListener('resize', fit);
    viewport.removeEventListener('scroll', fit);
    panel.style.removeProperty('--_above');
    panel.style.removeProperty('--_covered');
  };
}
