export interface Browsers {
  readonly chromium: string | null;
  readonly firefox: string | null;
  readonly webkit: string | null;
}
export const chromiumArgs: string[];
export function findBrowsers(): Promise<Browsers>;
export function installMissing(): Promise<(keyof Browsers)[]>;
export function startWebKitDriver(binary: string): Promise<{ port: number; binary: string }>;
