import { afterEach, expect, it, vi } from 'vitest';
import { pageWake } from '../../../src/chat/wake.js';

afterEach(() => vi.unstubAllGlobals());

it('tells when the page is online, shown again or visible, and not when it is hidden', () => {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', document);
  const woken = vi.fn();
  const end = pageWake.subscribe(woken);
  window.dispatchEvent(new Event('online'));
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(woken).toHaveBeenCalledTimes(3);
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(woken).toHaveBeenCalledTimes(3);
  end();
  document.visibilityState = 'visible';
  window.dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(woken).toHaveBeenCalledTimes(3);
});

it('is silent where there is no page', () => {
  expect(() => pageWake.subscribe(() => {})()).not.toThrow();
});
