import type { TimelineMessage } from '../../src/chat/model.js';
import { continues } from './rows.js';

/** What of a row does not change with the rows above it. Messages are immutable: the same object costs the same. */
const known = new WeakMap<TimelineMessage, number>();

/** From about here on a text may be folded, and has a button. UTF-16 units. */
const longBody = 400;

/**
 * How many DOM nodes the row of `message` has: elements, text, comments and shadow roots. An estimate from the upper
 * side; a test holds it against real rows.
 */
export function nodesOf(message: TimelineMessage, previous: TimelineMessage | undefined): number {
  let nodes = known.get(message);
  if (nodes === undefined) known.set(message, (nodes = count(message)));
  return nodes - (continues(previous, message) ? 5 : 0);
}

function count({ body, track, state, replyTo, reactions, mentions, editedAt, changing, problem }: TimelineMessage): number {
  let nodes = 14;
  if (track) nodes += 40;
  // An address or a name is an element, its text, and the text that goes on behind it.
  else nodes += 3 * (body.split('://').length - 1 + mentions.length);
  if (body.length > longBody) nodes += 10;
  if (replyTo) nodes += 8;
  if (reactions.length) nodes += 4 + 4 * reactions.length;
  if (editedAt !== null) nodes += 3;
  if (state === 'sending' || changing) nodes += problem ? 10 : 6;
  if (state === 'failed') nodes += 26;
  return nodes;
}
