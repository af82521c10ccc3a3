/** ARIA 1.3, not in TypeScript's declarations yet. */
interface Notifying {
  ariaNotify?(announcement: string, options?: { readonly priority?: 'normal' | 'high' }): void;
}

/** Chromium's name for what a document may do; other engines do not tell. */
interface Governed {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}

/** Where the policy `aria-notify` forbids it, as in any frame of another origin by default, it fails without a word. */
function isAllowed(): boolean {
  const { featurePolicy } = document as Governed;
  return featurePolicy ? featurePolicy.allowsFeature('aria-notify') : window === window.top;
}

/**
 * Has a screen reader say a text after what it is saying, without a live region.
 * @returns false where the engine cannot, or may not here, and where the element is not shown: a live region is silent there too
 */
export function notified(element: (Element & Notifying) | null, text: string): boolean {
  if (!text || !element?.ariaNotify || !isAllowed() || !element.checkVisibility()) return false;
  element.ariaNotify(text, { priority: 'normal' });
  return true;
}
