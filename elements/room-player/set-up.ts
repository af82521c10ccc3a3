import type { EngineChoice, HostGives } from '../../src/player/choose-engine.js';
import type { SessionOptions } from '../../src/player/player-session.js';
import { initialSnapshot, type EngineName, type PlayerSnapshot } from '../../src/player/snapshot.js';
import type { RoomPlayer } from './room-player.js';

/** The visitor asked for a player whose code is still being loaded. */
export const onItsWay: PlayerSnapshot = Object.freeze({ ...initialSnapshot, status: 'loading' });

/** It could not be loaded. */
export const outOfReach: PlayerSnapshot = Object.freeze({
  ...initialSnapshot,
  status: 'failed',
  problem: Object.freeze({ code: 'network', remedy: 'retry' }),
});

/** What a session is made of. */
export interface MadeOf {
  readonly engine: EngineName | null;
  /** Another one is another session. */
  readonly account: string;
  /** Another one waits for the next session. */
  readonly manner: string;
  readonly player?: Spotify.Player | undefined;
}

export const nothingYet: MadeOf = { engine: null, account: '', manner: '' };

export function madeOf(element: RoomPlayer, { engine }: EngineChoice): MadeOf {
  const { clientId, redirectUri, endpoints, storageKey, name, volume, mediaSession, player, getToken, uris } = element;
  return {
    engine,
    // Not which function gives tokens: a framework makes a new one with each render.
    account: JSON.stringify([engine, clientId, redirectUri, endpoints, storageKey, Boolean(getToken)]),
    manner: JSON.stringify([name, volume, mediaSession, uris]),
    player,
  };
}

export function isSameSetUp(one: MadeOf, other: MadeOf, isIdle: boolean): boolean {
  return one.account === other.account && one.player === other.player && (!isIdle || one.manner === other.manner);
}

export const hostGives = ({ clientId, player, getToken }: RoomPlayer): HostGives => ({
  clientId: Boolean(clientId),
  // With a client ID beside it, a host's player still needs the visitor's sign-in for what the SDK cannot do.
  ownAccess: Boolean(getToken) || (Boolean(player) && !clientId),
});

/** @param element an attribute of it that was taken away reads null */
export function sessionOptions(element: RoomPlayer): SessionOptions {
  const { clientId, redirectUri, endpoints, storageKey, name, volume, mediaSession, player, getToken } = element;
  return {
    clientId,
    redirectUri: redirectUri ?? undefined,
    endpoints: endpoints ?? undefined,
    storageKey: storageKey ?? undefined,
    name: name ?? undefined,
    volume: volume ?? undefined,
    ...(player && { player }),
    ...(getToken && { getToken: () => (element.getToken ?? getToken)() }),
    ...(mediaSession && { mediaSession }),
  };
}

/** Before the visitor's click, on either engine. */
export const idle: Readonly<Record<EngineName, PlayerSnapshot>> = {
  account: initialSnapshot,
  embed: Object.freeze({ ...initialSnapshot, engine: 'embed', capabilities: Object.freeze([]) }),
};

/** The code for the embed is on its way. */
export const embedLoading: PlayerSnapshot = Object.freeze({ ...idle.embed, status: 'loading' });

/** It did not come. */
export const embedNotLoaded: PlayerSnapshot = Object.freeze({
  ...idle.embed,
  status: 'failed',
  problem: Object.freeze({ code: 'sdk-blocked', remedy: 'retry' }),
});

/** How `uris` is written as an attribute: with spaces or commas between. */
export const uriList = {
  fromAttribute: (value: string | null): readonly string[] => value?.split(/[\s,]+/).filter(Boolean) ?? [],
};
