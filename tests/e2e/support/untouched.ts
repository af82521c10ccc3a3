import { expect } from 'playwright/test';
import type { Simulator } from './spotify.ts';
import type { Account, Visitor } from './visitor.ts';

/** Positions are read at two moments and over a socket; an untouched track may be off by this much, in ms. */
const drift = 1_500;

/**
 * Runs `action` and asserts that `visitor` was not touched by it, three ways: what their page shows, what their SDK
 * says, and that not one command reached the simulator for their account meanwhile.
 */
export async function untouched(simulator: Simulator, visitor: Visitor, account: Account, action: () => Promise<void>): Promise<void> {
  const earlier = (await simulator.commands(account)).length;
  const [shown, state, at] = [await visitor.shown(), await visitor.sdkState(), Date.now()];

  await action();

  const [shownAfter, stateAfter, passed] = [await visitor.shown(), await visitor.sdkState(), Date.now() - at];
  expect(shownAfter, `what ${visitor.name} sees`).toBe(shown);
  if (!state || !stateAfter) {
    expect(stateAfter, `what ${visitor.name}'s SDK says`).toEqual(state);
  } else {
    const { position, ...rest } = state;
    const { position: positionAfter, ...restAfter } = stateAfter;
    expect(restAfter, `what ${visitor.name}'s SDK says`).toEqual(rest);
    const expected = state.paused ? position : position + passed;
    expect(Math.abs(positionAfter - expected), `${visitor.name}'s position moved only with time`).toBeLessThan(drift);
  }
  expect((await simulator.commands(account)).slice(earlier), `commands for ${visitor.name}`).toEqual([]);
}
