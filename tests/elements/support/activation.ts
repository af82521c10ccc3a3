/** A visitor who clicks or presses a key just now, or does not, as far as the browser tells; `undefined` in one that does not. */
export function setActivation(isActive: boolean | undefined): void {
  Object.defineProperty(navigator, 'userActivation', { configurable: true, value: isActive === undefined ? undefined : { isActive } });
}

/** For `afterEach`: the browser's own word again. */
export function restoreActivation(): void {
  Reflect.deleteProperty(navigator, 'userActivation');
}
