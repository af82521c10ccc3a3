/** Names that somebody else had registered before, until they are reported; null from then on. */
let taken: string[] | null = [];

/**
 * Registers `element` as `<name>`. A page may load the script twice, or two versions of it: the first one stays and the
 * second only warns, once, for an exception here would stop the host page's other scripts (I7).
 */
export function define(name: string, element: CustomElementConstructor): void {
  // Importing on a server must not throw; there is nothing to define there, though Lit's build for servers brings a registry.
  if (!('document' in globalThis)) return;
  const known = customElements.get(name);
  if (!known) customElements.define(name, element);
  else if (known !== element && taken?.push(name) === 1) queueMicrotask(report);
}

/** In one line, and once: a script that is there twice would name every element, and again with each piece that it loads. */
function report(): void {
  const names = taken?.map((name) => `<${name}>`).join(', ');
  taken = null;
  console.warn(`${names}: already defined on this page; the first definition stays. Is Roomtone's script there twice, or in two versions?`);
}
