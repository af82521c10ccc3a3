const margin = 8;

/**
 * Keeps a box beside its button, within the window. By hand: not every engine can anchor a box to another yet. In each
 * frame, for the list scrolls below it.
 * @returns what ends it
 */
export function keepBeside(box: HTMLElement, button: HTMLElement): () => void {
  let frame = 0;
  let [left, top] = [NaN, NaN];
  const place = (): void => {
    frame = requestAnimationFrame(place);
    const { clientWidth, clientHeight } = document.documentElement;
    const from = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = from.bottom + 6;
    const fits = below + height <= clientHeight - margin || from.top < clientHeight - from.bottom;
    const start = getComputedStyle(button).direction === 'rtl' ? from.left : from.right - width;
    const x = Math.round(Math.max(margin, Math.min(start, clientWidth - width - margin)));
    const y = Math.round(Math.max(margin, fits ? Math.min(below, clientHeight - height - margin) : from.top - 6 - height));
    if (x !== left) box.style.setProperty('left', `${(left = x)}px`);
    if (y !== top) box.style.setProperty('top', `${(top = y)}px`);
  };
  place();
  return () => cancelAnimationFrame(frame);
}
