const merged = new WeakMap<object, { readonly base: object; readonly both: object }>();

/** `base` with what `own` says otherwise; one and the same object for the same two. */
export function merge<S extends object>(base: S, own: object | null): S {
  if (!own) return base;
  const known = merged.get(own);
  if (known?.base === base) return known.both as S;
  const both = deep(base, own, '');
  merged.set(own, { base, both });
  return both;
}

function deep<S extends object>(base: S, own: object, within: string): S {
  const result = { ...base } as Record<string, unknown>;
  for (const [key, value] of Object.entries(own)) {
    const before = result[key];
    if (value === undefined || value === null) continue;
    if (isObject(before) && isObject(value)) result[key] = deep(before, value, `${within}${key}.`);
    // A string where numbers or names are to be filled in would throw while rendering.
    else if (Object.hasOwn(result, key) && typeof value === typeof before) result[key] = value;
    else console.warn(`“${within}${key}” among the strings given is no ${typeof before === 'function' ? 'function' : 'sentence'} of Roomtone’s.`);
  }
  return result as S;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
