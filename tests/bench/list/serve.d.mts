export function serveList(): Promise<{ readonly url: string; close(): void }>;
export function tasksIn(trace: Buffer): number[];
export const traced: string[];
