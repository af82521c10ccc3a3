import type { PlayerSnapshot } from '../../src/player/snapshot.js';

/**
 * Whether no account is signed in: what was found belongs to the one that asked (metadata is kept for the moment only,
 * spotify.md). After a sign-in that was refused, the next one begins without `signed-out` between them.
 */
export const isNobody = ({ status }: PlayerSnapshot): boolean => status === 'signed-out' || status === 'signing-in';
