import { ContextRoot } from '@lit/context';

let attached = false;

/**
 * Keeps the context requests that nobody could answer yet, so that a chat that upgrades before its player still finds
 * it. Called with the definitions; on the root element, for the body may not be there yet.
 */
export function attachContextRoot(): void {
  if (attached || !('document' in globalThis)) return;
  attached = true;
  new ContextRoot().attach(document.documentElement);
}
