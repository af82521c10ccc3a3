import { MemoryOutbox } from '../../../src/chat/outbox-store.js';
import { createChatSession } from '../../../src/chat/session.js';
import type { ChatSession, ChatSessionOptions } from '../../../src/chat/session.js';
import type { ChatSnapshot } from '../../../src/chat/model.js';
import { FakeClock, settled } from './fake-clock.js';
import { FakeGateway, FakeRoom } from './fake-gateway.js';

/** A session on fakes, with everything that a test turns. */
export interface Visitor {
  readonly database: FakeRoom;
  readonly gateway: FakeGateway;
  readonly clock: FakeClock;
  readonly session: ChatSession;
  /** Every snapshot that was told. */
  readonly told: ChatSnapshot[];
  /** Nobody can see the page any more, or somebody can again. */
  hide(now: boolean): void;
  /** The page came back to life. */
  wake(): void;
  /** The page goes away. */
  leavePage(): void;
}

let people = 0;

/** A session that has not started. @param slug of the room to look for */
export function visitor(
  database = new FakeRoom(),
  clock = new FakeClock(),
  slug = 'lobby',
  given: Partial<ChatSessionOptions> = {},
): Visitor {
  const person = ++people;
  let messages = 0;
  const wakers = new Set<() => void>();
  const watchers = new Set<() => void>();
  let hidden = false;
  const leavers = new Set<() => void>();
  const gateway = new FakeGateway(database);
  const session = createChatSession({
    gateway,
    slug,
    clock,
    random: () => 0.5,
    outbox: new MemoryOutbox(),
    newId: () => `p${person}-${++messages}`,
    wake: {
      subscribe(listener) {
        wakers.add(listener);
        return () => void wakers.delete(listener);
      },
    },
    visibility: {
      get hidden() {
        return hidden;
      },
      subscribe(listener) {
        watchers.add(listener);
        return () => void watchers.delete(listener);
      },
    },
    leave: {
      subscribe(listener) {
        leavers.add(listener);
        return () => void leavers.delete(listener);
      },
    },
    ...given,
  });
  const told: ChatSnapshot[] = [];
  session.subscribe((snapshot) => told.push(snapshot));
  return {
    database,
    gateway,
    clock,
    session,
    told,
    hide(now) {
      hidden = now;
      watchers.forEach((listener) => listener());
    },
    wake: () => wakers.forEach((listener) => listener()),
    leavePage: () => leavers.forEach((listener) => listener()),
  };
}

/** A visitor who is in the room, live. */
export async function inTheRoom(
  name = 'Ann',
  database = new FakeRoom(),
  clock = new FakeClock(),
  given: Partial<ChatSessionOptions> = {},
): Promise<Visitor> {
  const one = visitor(database, clock, 'lobby', given);
  one.session.start();
  await settled();
  await one.session.join(name);
  await settled();
  return one;
}

export function bodies({ session }: Visitor): string[] {
  return session.snapshot.messages.map((message) => message.body);
}

export function names({ session }: Visitor): string[] {
  return session.snapshot.members.map((member) => member.name);
}
