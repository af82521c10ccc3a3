import type { Simulator } from '../../../demo/services/spotify/simulator.js';
import { createEmbedEngine } from '../../../src/player/embed-engine.js';
import { createHostSignIn } from '../../../src/player/host-sign-in.js';
import { createMemory } from '../../../src/player/memory.js';
import { PlayerError } from '../../../src/player/engine.js';
import { claimPage } from '../../../src/player/page-claim.js';
import type { PlayerSession } from '../../../src/player/player-session.js';
import type { PlayerSnapshot } from '../../../src/player/snapshot.js';
import { createPlayerSession } from '../../../src/player/session.js';
import type { SharedClock } from '../sdk-over-simulator/clock.js';
import { EmbedPage } from './embed.js';

/** One tab whose visitor listens without signing in: the production code, put together as `embed-session.ts` does it. */
export class EmbedTab {
  readonly page: EmbedPage;
  readonly session: PlayerSession;
  readonly memory = createMemory(null, '');
  /** Whether the iFrame API's script gets through. */
  isBlocked = false;
  /** Whether oEmbed answers. */
  isDescribed = true;
  /** What was asked of oEmbed. */
  readonly asked: string[] = [];

  constructor(simulator: Simulator, clock: SharedClock, listener: { readonly name: string; readonly isLoggedIn: boolean }, uris: readonly string[] = []) {
    const page = (this.page = new EmbedPage(simulator, listener));
    const engine = createEmbedEngine({
      load: () => (this.isBlocked ? Promise.reject(new PlayerError('sdk-blocked')) : Promise.resolve(page.api)),
      place: page,
      describe: (uri) => {
        this.asked.push(uri);
        const title = simulator.catalogue.item(uri)?.name ?? simulator.catalogue.context(uri)?.name;
        return Promise.resolve(title && this.isDescribed ? { title, artwork: null } : null);
      },
      uris,
      claim: () => claimPage(this),
      clock,
    });
    this.session = createPlayerSession({ engine, signIn: createHostSignIn(), memory: this.memory, clock });
  }

  get controls(): PlayerSession['controls'] {
    return this.session.controls;
  }

  get snapshot(): PlayerSnapshot {
    return this.session.snapshot;
  }
}
