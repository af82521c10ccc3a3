import '../../../elements/room-player/define.js';
import { parts } from '../../../elements/room-player/pieces.js';
import type { RoomPlayer } from '../../../elements/room-player/room-player.js';
import type { PlayerSession, SessionOptions } from '../../../src/player/player-session.js';
import type { PlayerSnapshot } from '../../../src/player/snapshot.js';
import { FakeSession } from './fake-session.js';
import { ManualClock } from './manual-clock.js';

// A player on a fake session is there at once, and so has to be what it is made of.
await parts.load();

export interface PlayerScene {
  readonly player: RoomPlayer;
  /** The newest session that the player made. */
  readonly session: FakeSession;
  readonly sessions: readonly FakeSession[];
  /** What each of them was made with. */
  readonly options: readonly SessionOptions[];
  readonly clock: ManualClock;
  show(change: Partial<PlayerSnapshot>): Promise<void>;
}

/** A `<room-player>` on fake sessions, not yet in the page. */
export function playerScene(change: Partial<PlayerSnapshot> = {}): PlayerScene {
  const player = document.createElement('room-player');
  const clock = new ManualClock();
  const sessions: FakeSession[] = [];
  const options: SessionOptions[] = [];
  player.clock = clock;
  player.clientId = 'client';
  player.createSession = (given): PlayerSession => {
    options.push(given);
    const session = new FakeSession(change);
    sessions.push(session);
    return session;
  };
  const newest = (): FakeSession => {
    const session = sessions.at(-1);
    if (!session) throw new Error('The player made no session.');
    return session;
  };
  return {
    player,
    get session() {
      return newest();
    },
    sessions,
    options,
    clock,
    async show(next) {
      newest().show(next);
      await player.updateComplete;
    },
  };
}

/** As `playerScene`, in the page and rendered. */
export async function shownPlayer(change: Partial<PlayerSnapshot> = {}, children: readonly Node[] = []): Promise<PlayerScene> {
  const scene = playerScene(change);
  scene.player.append(...children);
  document.body.append(scene.player);
  await scene.player.updateComplete;
  return scene;
}

/** For `afterEach`. */
export function clearPlayers(): void {
  document.querySelectorAll('room-player').forEach((player) => player.remove());
}
