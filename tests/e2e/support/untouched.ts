import { expect } from 'playwright/test';
import type { Simulator } from './spotify.ts';
import { onAccount, type Listener } from './listener.ts';
import type { Account, Visitor } from './visitor.ts';

/** Positions are read at two moments and over a socket; an untouched track may be off by this much, in ms. */
const drift = 1_500;

/**
 * Runs `action` and asserts that `visitor` was not touched by it, three ways: what their page shows, what the SDK or the
 * embed in it says, and that not one command reached the simulator for them meanwhile.
 */
export async function leftAlone(simulator: Simulator, visitor: Listener, action: () => Promise<void>): Promise<void> {
  const name = await visitor.account();
  const earlier = (await simulator.commands(name)).length;
  const [shown, state, at] = [await visitor.shown(), await visitor.state(), Date.now()];

  await action();

  const [shownAfter, stateAfter, passed] = [await visitor.shown(), await visitor.state(), Date.now() - at];
  expect(shownAfter, `what ${visitor.name} sees`).toBe(shown);
  if (!state || !stateAfter) {
    expect(stateAfter, `what ${visitor.name}'s player says`).toEqual(state);
  } else {
    const { position, ...rest } = state;
    const { position: positionAfter, ...restAfter } = stateAfter;
    expect(restAfter, `what ${visitor.name}'s player says`).toEqual(rest);
    const expected = state.paused ? position : position + passed;
    expect(Math.abs(positionAfter - expected), `${visitor.name}'s position moved only with time`).toBeLessThan(drift);
  }
  expect((await simulator.commands(name)).slice(earlier), `commands for ${visitor.name}`).toEqual([]);
}

/** As `leftAlone`, of a visitor on an account. */
export function untouched(simulator: Simulator, visitor: Visitor, account: Account, action: () => Promise<void>): Promise<void> {
  return leftAlone(simulator, onAccount(visitor, account), action);
}
