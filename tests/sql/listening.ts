import { rooms, userId, type Caller, type Person, type World } from './support.js';

export const lanterns = {
  uri: 'spotify:track:0123456789abcdefghijkL',
  title: 'Lanterns on the Lake',
  artists: 'The Quiet Hours, Ada Bright',
  artwork: 'https://images.example/lanterns.jpg',
};

const parameters = (value: unknown, room: string) => [room, value === null ? null : JSON.stringify(value)];

export const share = (world: World, who: Person, value: unknown = lanterns, room: string = rooms.open) =>
  world.call(who, 'share_listening($1, $2)', parameters(value, room));

export const refused = (world: World, who: Person | Caller, value: unknown = lanterns, room: string = rooms.open) =>
  world.refused(who, 'share_listening($1, $2)', parameters(value, room));

/** What a guest, who is in the rooms as everybody is, reads of somebody. */
export const shown = async (world: World, person: Person, room: string = rooms.open, reader: Person = 'guest') =>
  (
    await world.as(
      reader,
      'select uri, title, artists, artwork from room_listening where room_id = $1 and user_id = $2',
      [room, userId(person)],
    )
  ).rows;

export const stored = async (world: World): Promise<number> => (await world.sql('select from room_listening')).length;

/** As though what a person shows had been said so many seconds earlier. */
export const age = async (world: World, person: Person, seconds: number): Promise<void> => {
  // Nothing is said by it: an announcement would be the test's own.
  await world.run('alter table room_listening disable trigger announce_listening');
  await world.sql('update room_listening set updated_at = updated_at - make_interval(secs => $2) where user_id = $1', [
    userId(person),
    seconds,
  ]);
  await world.run('alter table room_listening enable trigger announce_listening');
};

export interface Announcement {
  readonly topic: string;
  readonly user_id: string;
  readonly listening: unknown;
}

/** What was announced since it was last asked, in no order. */
export const heard = (world: World): Promise<Announcement[]> =>
  world.sql<Announcement>(
    `delete from realtime.messages where event = 'listening' and private and extension = 'broadcast'
     returning topic, payload ->> 'user_id' as user_id, payload -> 'listening' as listening`,
  );

const topicOf = (room: string) => `room:${room}:1`;
export const announcement = (person: Person, listening: unknown, room: string = rooms.open): Announcement => ({
  topic: topicOf(room),
  user_id: userId(person),
  listening,
});
