import type { Plugin } from 'vite';

export interface Rule {
  readonly calls: Readonly<Record<string, readonly string[]>>;
  readonly without?: readonly string[];
  readonly known?: Readonly<Record<string, unknown>>;
  readonly gone?: readonly string[];
  readonly never?: readonly string[];
  readonly quiet?: readonly string[];
  readonly spread?: string;
}

export function withoutUnused(): Plugin[];
export const classes: readonly Rule[];
export function asSet(code: string, rule: Rule): { readonly code: string };
export function onlyCalled(code: string, rule: Rule, besides?: Iterable<string>): { readonly code: string };
