import { createContext } from '@lit/context';
import type { PlayerSnapshot } from '../player/snapshot.js';

/**
 * What the visitor's own player does, as a frozen snapshot. All that the chat may know of a player (I1).
 * `Symbol.for`: two bundles on one page still meet.
 */
export const playerStateContext = createContext<PlayerSnapshot>(Symbol.for('roomtone.player-state'));
