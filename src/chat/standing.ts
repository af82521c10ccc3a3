import type { Clock } from '../clock.js';
import { Alarm, longestTimer } from './alarm.js';
import { withMe } from './log.js';
import type { Moderator } from './moderation.js';
import type { Member, Room } from './model.js';
import type { Replica } from './replica.js';
import type { SlowMode } from './slow-mode.js';

export interface StandingOptions {
  readonly clock: Clock;
  readonly replica: Replica;
  readonly moderator: Moderator;
  readonly slow: SlowMode;
}

/** What the visitor is in this room, which decides what they are offered. A mute ends by itself. */
export class Standing {
  readonly #muteEnds: Alarm;

  constructor(private readonly options: StandingOptions) {
    this.#muteEnds = new Alarm(options.clock);
  }

  /** The room, or who the visitor is in it, may have changed. */
  look(room: Room, me: Member): void {
    const { clock, replica, moderator, slow } = this.options;
    const left = (me.mutedUntil ?? 0) - clock.now();
    this.#muteEnds.cancel();
    if (left > 0) this.#muteEnds.set(Math.min(left, longestTimer), () => this.look(room, me));
    const now = left > 0 || me.mutedUntil === null ? me : { ...me, mutedUntil: null };
    moderator.allow(me.role !== 'member');
    slow.set(room, me);
    replica.update((log) => (log.me === now ? log : withMe(log, now)));
  }

  dispose(): void {
    this.#muteEnds.end();
  }
}
