import { waitUntil as waitFor } from '@open-wc/testing';

/** Awaits a condition. The library gives up after one second, which a busy machine takes now and then; a test has ten. */
export const waitUntil: typeof waitFor = (condition, message, options) => waitFor(condition, message, { timeout: 9000, ...options });
