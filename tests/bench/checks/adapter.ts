import '../../../elements/roomtone.ts';
import { stillRoom } from '../../../demo/states/fakes.ts';
import { nightBus } from '../../../demo/states/music.ts';
import { mia } from '../../../demo/states/people.ts';
import { player, plays } from '../../../demo/states/player-states.ts';
import { emptySnapshot, type ChatSnapshot } from '../../../src/chat/model.ts';
import type { ChatSession } from '../../../src/chat/session.ts';
import { knownMessage, type BenchMessage } from '../list/adapter.ts';

const artwork = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="teal" d="M0 0h1v1H0z"/></svg>';

let snapshot: ChatSnapshot = {
  ...emptySnapshot,
  status: 'ready',
  me: mia,
  members: [mia],
  hereCount: 1,
  room: { id: 'lobby', slug: 'lobby', title: 'Lobby', slowSeconds: 0, isPublic: true, allowsGuests: true },
};
const listeners = new Set<(now: ChatSnapshot) => void>();
const session: ChatSession = {
  ...stillRoom({}),
  get snapshot() {
    return snapshot;
  },
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** All of it: a room within a player that plays, as a page embeds them, over sessions that reach nobody. */
export async function mount(root: HTMLElement): Promise<void> {
  const room = document.createElement('chat-room');
  Object.assign(room, { room: 'lobby', supabaseUrl: '/supabase', supabaseKey: 'bench' });
  room.createSession = () => session;
  root.append(player(plays({ ...nightBus, artwork }), [room]));
  await room.updateComplete;
}

export function setMessages(messages: readonly BenchMessage[]): void {
  snapshot = { ...snapshot, messages: messages.map(knownMessage) };
  for (const listener of listeners) listener(snapshot);
}
