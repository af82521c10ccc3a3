/**
 * Registers `element` as `<name>`. A page may load the script twice, or two versions of it: the first one stays and the
 * second only warns, for an exception here would stop the host page's other scripts (I7).
 */
export function define(name: string, element: CustomElementConstructor): void {
  // Importing on a server must not throw; there is nothing to define there.
  if (!('customElements' in globalThis)) return;
  const known = customElements.get(name);
  if (!known) customElements.define(name, element);
  else if (known !== element) console.warn(`<${name}> is already defined on this page; the first definition stays.`);
}
