import { afterEach, describe, expect, it, vi } from 'vitest';
import { pageLeave } from '../../../src/chat/page-leave.js';

afterEach(() => vi.unstubAllGlobals());

describe('a page that goes away', () => {
  it('tells, until nobody listens', () => {
    const window = new EventTarget();
    vi.stubGlobal('window', window);
    const left = vi.fn();
    const end = pageLeave.subscribe(left);
    window.dispatchEvent(new Event('pagehide'));
    expect(left).toHaveBeenCalledTimes(1);
    end();
    window.dispatchEvent(new Event('pagehide'));
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('is silent where there is no page', () => {
    vi.stubGlobal('window', undefined);
    expect(() => pageLeave.subscribe(() => {})()).not.toThrow();
  });
});
