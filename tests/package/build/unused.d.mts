import type { Plugin } from 'vite';

export function withoutUnused(): Plugin;
export const classes: readonly { readonly calls: Readonly<Record<string, readonly string[]>> }[];
export function onlyCalled(
  code: string,
  rule: { readonly calls: Readonly<Record<string, readonly string[]>>; readonly without?: readonly string[] },
  besides?: Iterable<string>,
): { readonly code: string };
