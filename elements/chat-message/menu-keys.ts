/**
 * Moves the focus among the items of a menu as the APG's menu button pattern has it: arrows go around, Home and End to
 * its ends, a letter to the next item that begins with it.
 * @returns whether the key was one of these
 */
export function moveInMenu({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, items: readonly HTMLElement[], at: Element | null): boolean {
  if (ctrlKey || metaKey || altKey || !items.length) return false;
  const index = items.findIndex((item) => item === at);
  const goal = goalOf(key, index, items);
  if (goal === undefined) return false;
  items[(goal + items.length) % items.length]?.focus();
  return true;
}

function goalOf(key: string, index: number, items: readonly HTMLElement[]): number | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index < 0 ? -1 : index - 1, Home: 0, End: -1 };
  if (key in steps) return steps[key];
  if ([...key].length !== 1 || key === ' ') return undefined;
  const begins = (item: HTMLElement): boolean => (item.textContent ?? '').trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase());
  const next = [...items.slice(index + 1), ...items.slice(0, index + 1)].find(begins);
  return next && items.indexOf(next);
}
