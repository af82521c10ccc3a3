import { it, expect } from 'vitest';
import { createSimulator } from '../../../demo/services/spotify/simulator.js';
import { SharedClock } from '../../support/sdk-over-simulator/clock.js';
import { Tab } from '../../support/sdk-over-simulator/page.js';
it('x', async () => {
  const t0 = performance.now();
  const clock = new SharedClock();
  const simulator = createSimulator({ clock, tokenFile: null, timing: {} });
  console.log('sim', performance.now() - t0);
  const tab = new Tab(simulator, clock);
  await tab.connect('alice');
  console.log(tab.snapshot.status, tab.snapshot.problem, performance.now() - t0);
  void tab.controls.play(simulator.catalogue.albums[0]!.uri);
  await clock.advance(2000);
  void tab.controls.seek(60000);
  await clock.advance(2000);
  console.log(tab.snapshot.track?.title, tab.snapshot.positionMs, simulator.log.entries, performance.now() - t0, clock.waiting);
});
