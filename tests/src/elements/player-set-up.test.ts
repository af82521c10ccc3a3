import { describe, expect, it } from 'vitest';
import type { RoomPlayer } from '../../../elements/room-player/room-player.js';
import { hostGives } from '../../../elements/room-player/set-up.js';
import { chooseEngine } from '../../../src/player/choose-engine.js';

const clientId = 'client';
const player = {} as Spotify.Player;
const getToken = (): string => 'token';

type Given = Partial<Pick<RoomPlayer, 'clientId' | 'player' | 'getToken'>>;
/** As much of an element as is asked of it. */
const page = (given: Given): RoomPlayer => ({ clientId: '', ...given }) as RoomPlayer;

describe('who signs the visitor in', () => {
  it.each<[string, Given, boolean]>([
    ['a client ID: the visitor', { clientId }, false],
    // The SDK starts no track and searches nothing: for that there is a token of the visitor's own.
    ['a player beside a client ID: the visitor', { clientId, player }, false],
    ['a player alone: the page', { player }, true],
    ['a source of tokens: the page', { getToken }, true],
    ['a source of tokens beside a client ID: the page', { clientId, getToken }, true],
    ['all three: the page', { clientId, player, getToken }, true],
  ])('%s', (_, given, ownAccess) => {
    const host = hostGives(page(given));
    expect(host).toEqual({ clientId: Boolean(given.clientId), ownAccess });
    // Who is asked to sign in may listen without as well.
    expect(chooseEngine({ host, chosen: null, problem: null })).toEqual({ engine: 'account', offers: ownAccess ? null : 'embed' });
  });

  it('nothing: nobody', () => {
    expect(hostGives(page({}))).toEqual({ clientId: false, ownAccess: false });
  });
});
