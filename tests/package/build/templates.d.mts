import type { Plugin } from 'vite';

export function shorterTemplates(): Plugin;
export function shorterStyles(parts: readonly string[]): readonly string[];
export function shorterMarkup(parts: readonly string[]): readonly string[];
