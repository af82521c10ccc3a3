import type { RoomGateway } from './gateway.js';
import { characters, limits } from './model.js';
import type { ChatProblem, Member, Moderation, RoomSettings } from './model.js';
import { problemOf } from './problem.js';
import type { ModerationActs } from './session.js';

const none: Moderation = Object.freeze({
  reports: Object.freeze({ list: Object.freeze([]), messages: 0, reports: 0 }),
  bans: Object.freeze([]),
  loading: false,
});

export interface ModeratorOptions {
  readonly gateway: RoomGateway;
  readonly roomId: string;
  /** Who somebody is by now: a guest may have become a member while one looked at them. */
  living(userId: string): string;
  limited<T>(promise: Promise<T>): Promise<T>;
  changed(): void;
}

/** What moderators and owners see and do. The database decides who may; this reads again what an act changed. */
export class Moderator implements ModerationActs {
  #shown: Moderation = none;
  #on = false;
  #reading = false;
  #again = false;
  /** So many reported messages are listed. */
  #most: number = limits.reports;

  constructor(private readonly options: ModeratorOptions) {}

  /** null unless the visitor moderates. */
  get shown(): Moderation | null {
    return this.#on ? this.#shown : null;
  }

  /** Whether the visitor moderates the room now. */
  allow(on: boolean): void {
    if (on === this.#on) return;
    this.#on = on;
    this.#shown = none;
    this.#most = limits.reports;
    if (on) void this.refresh();
  }

  readonly mute = (userId: string, untilMs: number): Promise<ChatProblem | null> =>
    this.#act(({ gateway, roomId, living }) => gateway.mute(roomId, living(userId), untilMs));

  readonly unmute = (userId: string): Promise<ChatProblem | null> =>
    this.#act(({ gateway, roomId, living }) => gateway.mute(roomId, living(userId), null));

  readonly ban = (userId: string, untilMs: number, reason = ''): Promise<ChatProblem | null> =>
    this.#act(({ gateway, roomId, living }) => gateway.ban(roomId, living(userId), untilMs, cut(reason)));

  readonly unban = (userId: string): Promise<ChatProblem | null> =>
    // A guest's ban is theirs, beside the account's: both are listed.
    this.#act(({ gateway, roomId }) => gateway.ban(roomId, userId, null));

  readonly setRole: ModerationActs['setRole'] = (userId, role) =>
    this.#act(({ gateway, roomId, living }) => gateway.setRole(roomId, living(userId), role));

  readonly setRoom = (settings: RoomSettings): Promise<ChatProblem | null> =>
    this.#act(({ gateway, roomId }) => gateway.setRoom(roomId, settings));

  readonly revokeInvitations = (): Promise<ChatProblem | null> =>
    this.#act(({ gateway, roomId }) => gateway.revokeInvitations(roomId));

  readonly resolve = (messageId: string): Promise<ChatProblem | null> =>
    this.#act(({ gateway, roomId }) => gateway.resolve(roomId, messageId));

  readonly moreReports = (): Promise<void> => {
    this.#most += limits.reports;
    return this.refresh();
  };

  readonly member = async (userId: string): Promise<Member | null> => {
    const { gateway, roomId, limited } = this.options;
    try {
      return (await limited(gateway.members(roomId, [userId])))[0] ?? null;
    } catch {
      // What can be done about them is offered without it, and the database decides.
      return null;
    }
  };

  readonly invite: ModerationActs['invite'] = async (lastsSeconds, uses) => {
    const { gateway, roomId, limited } = this.options;
    try {
      return { token: await limited(gateway.invite(roomId, lastsSeconds, uses)) };
    } catch (error) {
      return problemOf(error);
    }
  };

  readonly refresh = async (): Promise<void> => {
    this.#again = true;
    if (!this.#on || this.#reading) return;
    this.#reading = true;
    while (this.#on && this.#again) {
      this.#again = false;
      this.#show({ ...this.#shown, loading: true });
      await this.#read();
    }
    this.#reading = false;
  };

  async #read(): Promise<void> {
    const { gateway, roomId, limited } = this.options;
    try {
      const [reports, bans] = await limited(Promise.all([gateway.reports(roomId, this.#most), gateway.bans(roomId)]));
      this.#show({ reports, bans, loading: false });
    } catch {
      // What was read before stays; the slow check reads again.
      this.#show({ ...this.#shown, loading: false });
    }
  }

  async #act(act: (options: ModeratorOptions) => Promise<void>): Promise<ChatProblem | null> {
    try {
      await this.options.limited(act(this.options));
      void this.refresh();
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  #show(shown: Moderation): void {
    this.#shown = Object.freeze(shown);
    this.options.changed();
  }
}

/** A reason as the database takes it. */
export function cut(reason: string): string {
  const words = reason.trim();
  return characters(words) <= limits.reason ? words : [...words].slice(0, limits.reason).join('').trim();
}
