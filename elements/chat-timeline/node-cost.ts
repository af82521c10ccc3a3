import type { TimelineMessage } from '../../src/chat/model.js';
import { continues } from './rows.js';

/** What of a row does not change with the rows above it. Messages are immutable: the same object costs the same. */
const known = new WeakMap<TimelineMessage, number>();

/**
 * How many DOM nodes the row of `message` has: elements, text, comments and shadow roots. An estimate from the upper
 * side; a test holds it against real rows.
 */
export function nodesOf(message: TimelineMessage, previous: TimelineMessage | undefined): number {
  let nodes = known.get(message);
  if (nodes === undefined) known.set(message, (nodes = count(message)));
  return nodes - (continues(previous, message) ? 5 : 0);
}

function count({ body, track, state }: TimelineMessage): number {
  let nodes = 14;
  if (track) nodes += 20;
  // An address is an element, its text, and the text that goes on behind it.
  else nodes += 3 * (body.split('://').length - 1);
  if (state === 'sending') nodes += 2;
  if (state === 'failed') nodes += 26;
  return nodes;
}
