import type { Plugin } from 'vite';

export function withoutVersions(code: string): string;
export function noGlobals(): Plugin;
