import { Piece } from '../shared/piece.js';

/** Spotify's side and the elements of the player: on their way as soon as there is a `<room-player>`. */
export const parts = new Piece(() => import('./parts.js'));
