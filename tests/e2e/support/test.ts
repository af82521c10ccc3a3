import { test as base } from 'playwright/test';
import { startDemo, type Demo } from './demo.ts';
import { Simulator } from './spotify.ts';
import { Visitor } from './visitor.ts';

interface Fixtures {
  readonly simulator: Simulator;
  /** A visitor who gave a name and is in the lobby; leaves when the test ends. */
  readonly join: (name: string) => Promise<Visitor>;
  /** A visitor who only opened the page. */
  readonly open: (name: string, path?: string) => Promise<Visitor>;
}

export const test = base.extend<Fixtures, { readonly demo: Demo }>({
  demo: [
    // Playwright wants the pattern, though nothing is asked for.
    async ({}, use, { parallelIndex }) => {
      const demo = await startDemo(parallelIndex);
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ demo }, use) => use(demo.url),
  simulator: async ({ request }, use) => {
    const simulator = new Simulator(request);
    await simulator.clear();
    await use(simulator);
  },
  open: async ({ browser }, use) => {
    const visitors: Visitor[] = [];
    await use(async (name, path) => {
      const visitor = await Visitor.open(browser, name, path);
      visitors.push(visitor);
      return visitor;
    });
    for (const visitor of visitors) await visitor.leave();
  },
  join: async ({ open }, use) => {
    await use(async (name) => {
      const visitor = await open(name);
      await visitor.join();
      return visitor;
    });
  },
});

export { expect } from 'playwright/test';
