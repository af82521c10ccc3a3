import type { Plugin } from 'vite';

export function noGlobals(): Plugin;
