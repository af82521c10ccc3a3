import { momentOf } from '../chat-message/time.js';

/** A day and a time; null for good. @param at in ms since the epoch @param tag of the language, BCP 47 */
export const untilMoment = (at: number, tag: string): string | null => (Number.isFinite(at) ? momentOf(at, tag) : null);
