import { boxStates } from './box-states.ts';
import { chatStates } from './chat-states.ts';
import { playerStates } from './player-states.ts';
import type { State } from './state.ts';

/** Each element in each state: what demo/states.html shows, what the screenshots show, and what axe looks through. */
export const states: readonly State[] = [...playerStates, ...chatStates, ...boxStates];
