/** How far one key moves a slider, in the slider's own unit. */
export interface SliderSteps {
  readonly arrow: number;
  readonly page: number;
}

/**
 * Where `event` moves a slider that stands at `value`, or null for a key that does not. Arrows follow the way the
 * slider runs: in right-to-left pages the left one goes on.
 */
export function valueAfterKey(event: KeyboardEvent, slider: HTMLInputElement, value: number, steps: SliderSteps): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const min = Number(slider.min);
  const max = Number(slider.max);
  const forward = getComputedStyle(slider).direction === 'rtl' ? -1 : 1;
  const to = {
    ArrowRight: value + steps.arrow * forward,
    ArrowLeft: value - steps.arrow * forward,
    ArrowUp: value + steps.arrow,
    ArrowDown: value - steps.arrow,
    PageUp: value + steps.page,
    PageDown: value - steps.page,
    Home: min,
    End: max,
  }[event.key];
  return to === undefined ? null : Math.min(max, Math.max(min, to));
}
