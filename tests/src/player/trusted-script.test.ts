import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let trustedScriptUrl: (url: string) => string;

/** A page's Trusted Types, which let in the policies of these names. */
function enforce(...allowed: string[]): ReturnType<typeof vi.fn> {
  const createPolicy = vi.fn((name: string, rules: { createScriptURL(url: string): string }) => {
    if (!allowed.includes(name)) throw new TypeError(`Policy "${name}" disallowed.`);
    return { createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }) };
  });
  vi.stubGlobal('trustedTypes', { createPolicy });
  return createPolicy;
}

beforeEach(async () => {
  vi.resetModules();
  ({ trustedScriptUrl } = await import('../../../src/player/trusted-script.js'));
});
afterEach(() => vi.unstubAllGlobals());

describe("a vendor's script", () => {
  it('has a plain address where there are no Trusted Types', () => {
    expect(trustedScriptUrl('https://sdk.example/a.js')).toBe('https://sdk.example/a.js');
  });

  it('has one of the policy `roomtone`, which is made once and when it is needed', () => {
    const createPolicy = enforce('roomtone');
    expect(trustedScriptUrl('https://sdk.example/a.js')).toEqual({ trusted: 'https://sdk.example/a.js' });
    expect(trustedScriptUrl('https://sdk.example/b.js')).toEqual({ trusted: 'https://sdk.example/b.js' });
    expect(createPolicy).toHaveBeenCalledTimes(1);
  });

  it('has a plain address where the page does not list the policy: the page refuses it, and the player says so', () => {
    const createPolicy = enforce('lit-html');
    expect(trustedScriptUrl('https://sdk.example/a.js')).toBe('https://sdk.example/a.js');
    expect(trustedScriptUrl('https://sdk.example/a.js')).toBe('https://sdk.example/a.js');
    expect(createPolicy).toHaveBeenCalledTimes(1);
  });
});
