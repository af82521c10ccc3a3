import { ContextProvider } from '@lit/context';
import { playerStateContext } from '../../../src/contexts/player-state.js';
import type { PlayerSnapshot } from '../../../src/player/snapshot.js';

/** Makes `host` what a `<room-player>` is to a chat: the provider of a snapshot. */
export function providePlayer(host: HTMLElement, initialValue: PlayerSnapshot): ContextProvider<typeof playerStateContext> {
  const provider = new ContextProvider(host, { context: playerStateContext, initialValue });
  // A plain element has no life cycle to tell the provider that it is in the page.
  provider.hostConnected();
  return provider;
}
