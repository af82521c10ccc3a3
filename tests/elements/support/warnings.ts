/** Console warnings while a test runs. @returns what ends the recording */
export function recordWarnings(): { readonly warnings: string[]; restore(): void } {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
  return { warnings, restore: () => (console.warn = warn) };
}
