import { createContext } from '@lit/context';
import type { PlayerControls } from '../player/controls.js';

/** The commands of the visitor's own player, for the player's own elements only (I1: the chat may not import this). */
export const playerControlsContext = createContext<PlayerControls>(Symbol.for('roomtone.player-controls'));
