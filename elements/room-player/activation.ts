/**
 * The browser's word on whether the visitor clicks or presses a key just now; undefined where it gives none (Firefox
 * before 120, Safari before 16.4). https://html.spec.whatwg.org/multipage/interaction.html#the-useractivation-interface
 */
export const activation = (): { readonly isActive: boolean } | undefined =>
  (navigator as { readonly userActivation?: { readonly isActive: boolean } }).userActivation;
