import type { Listening } from '../../../src/chat/model.js';
import { inTheRoom } from './visitor.js';
import type { Visitor } from './visitor.js';

/** One track for each letter. */
export function song(letter: string): Listening {
  const uri = `spotify:track:${letter.repeat(22)}`;
  return { uri, title: `Song ${letter}`, artists: 'Somebody', artwork: 'https://i.scdn.co/image/1' };
}

/** What `one` sees that `name` listens to. */
export function heard({ session }: Visitor, name: string): string | null {
  return session.snapshot.members.find((member) => member.name === name)?.listening?.title ?? null;
}

/** What was told of one's listening, in order. */
export function told({ gateway }: Visitor): (string | null)[] {
  const calls = gateway.calls.filter(({ method }) => method === 'shareListening');
  return calls.map(({ args }) => (args[1] as Listening | null)?.title ?? null);
}

/** Two who see each other. */
export async function couple(): Promise<{ ann: Visitor; bob: Visitor }> {
  const ann = await inTheRoom('Ann');
  const bob = await inTheRoom('Bob', ann.database, ann.clock);
  await ann.clock.advance(1000);
  return { ann, bob };
}
