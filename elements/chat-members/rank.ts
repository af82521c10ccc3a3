import type { Member } from '../../src/chat/model.js';

/** Whether `me` may moderate `other`: moderators act on members, the owner on everybody but themselves. */
export function mayModerate(me: Member | null, other: Member): boolean {
  if (!me || me.id === other.id || other.role === 'owner') return false;
  return me.role === 'owner' || (me.role === 'moderator' && other.role === 'member');
}

/** Whether `member` may not write at the time `now`, in ms since the epoch. */
export const isMuted = ({ mutedUntil }: Member, now: number): boolean => mutedUntil !== null && mutedUntil > now;
