import { describe, expect, it } from 'vitest';
import { chooseEngine, type EngineChoice, type HostGives } from '../../../src/player/choose-engine.js';
import type { EngineName, PlayerErrorCode } from '../../../src/player/snapshot.js';

const nothing: HostGives = { clientId: false, ownAccess: false };
const clientId: HostGives = { clientId: true, ownAccess: false };
const own: HostGives = { clientId: false, ownAccess: true };
const both: HostGives = { clientId: true, ownAccess: true };

/** As docs/engines.md has it. */
const table: readonly [HostGives, EngineName | null, PlayerErrorCode | null, EngineChoice][] = [
  [nothing, null, null, { engine: 'embed', offers: null }],
  [nothing, 'account', null, { engine: 'embed', offers: null }],
  [nothing, 'embed', 'sdk-blocked', { engine: 'embed', offers: null }],
  [clientId, null, null, { engine: 'account', offers: 'embed' }],
  [clientId, 'account', null, { engine: 'account', offers: 'embed' }],
  [clientId, 'account', 'premium-required', { engine: 'account', offers: 'embed' }],
  [clientId, 'account', 'not-on-list', { engine: 'account', offers: 'embed' }],
  [clientId, 'account', 'owner-premium', { engine: 'account', offers: 'embed' }],
  // Another player of this page is in use: a second sound is no help.
  [clientId, 'account', 'page-taken', { engine: 'account', offers: null }],
  [own, 'account', 'page-taken', { engine: 'account', offers: null }],
  [clientId, 'embed', 'page-taken', { engine: 'embed', offers: null }],
  [own, 'embed', 'page-taken', { engine: 'embed', offers: null }],
  [nothing, 'embed', 'page-taken', { engine: 'embed', offers: null }],
  [clientId, 'embed', null, { engine: 'embed', offers: 'account' }],
  [own, null, null, { engine: 'account', offers: null }],
  [both, null, null, { engine: 'account', offers: null }],
  [own, 'account', 'sdk-blocked', { engine: 'account', offers: null }],
  // It comes and goes beside the music, and never ends it.
  [own, 'account', 'quota-exceeded', { engine: 'account', offers: null }],
  [own, 'account', 'premium-required', { engine: 'account', offers: 'embed' }],
  [own, 'account', 'not-on-list', { engine: 'account', offers: 'embed' }],
  [own, 'account', 'owner-premium', { engine: 'account', offers: 'embed' }],
  [own, 'embed', null, { engine: 'embed', offers: 'account' }],
];

describe('which engine plays', () => {
  it.each(table)('where the host gives %j and the visitor chose %s (%s): %j', (host, chosen, problem, choice) => {
    expect(chooseEngine({ host, chosen, problem })).toEqual(choice);
  });
});
