import { systemClock, type Clock } from '../clock.js';
import { resolveEndpoints, resolveRedirectUri, warnOfRedirectUri, type Endpoints } from './endpoints.js';
import { createHostSignIn, createHostTokens } from './host-sign-in.js';
import { createNoWebApi } from './no-web-api.js';
import { createOAuth } from './oauth.js';
import { createMemory } from './memory.js';
import { createOtherTabs, noOtherTabs } from './other-tabs.js';
import { createPageLife } from './page-life.js';
import { level } from './parse.js';
import { offerOf, playableUris } from './playable.js';
import type { PlayerSession, SessionOptions } from './player-session.js';
import { createSdkEngine } from './sdk-engine.js';
import { createSdk, type SdkPlayer, type SdkWindow } from './sdk.js';
import { createPlayerSession } from './session.js';
import { createSignIn, type SignIn } from './sign-in.js';
import { createTokenStore } from './token-store.js';
import { createTokens, type TokenSource } from './tokens.js';
import { createWebApi } from './web-api.js';

export interface DefaultSessionOptions extends SessionOptions {
  readonly clock?: Clock;
}

interface OwnAccessOptions {
  readonly storageKey: string;
  readonly endpoints: Endpoints;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** Where tokens come from, and what there is of a sign-in. */
interface Access {
  readonly signIn: SignIn;
  readonly tokens: TokenSource;
}

/**
 * A session on Spotify's Web Playback SDK: what `<room-player>` has by default. With a sign-in of its own, or with what
 * the host page gives: tokens, a player, or both.
 */
export function createDefaultSession(options: DefaultSessionOptions): PlayerSession {
  const { clientId, getToken, player, mediaSession = false, clock = systemClock } = options;
  // An attribute that was taken away leaves null, one without a value ''.
  const storageKey = options.storageKey || 'roomtone';
  const name = options.name || 'Roomtone';
  const endpoints = resolveEndpoints(options.endpoints, document.baseURI);
  const http: typeof fetch = (input, init) => fetch(input, init);
  const isHosted = Boolean(getToken) || (Boolean(player) && !clientId);

  // Who is signed in is the host's to know: what is kept here might be another visitor's by the next time.
  const memory = createMemory(isHosted ? null : () => localStorage, storageKey);
  // What the visitor chose the last time counts more than what the page starts with.
  const volume = memory.volume ?? level(options.volume, 1);

  const { signIn, tokens } = isHosted
    ? { signIn: createHostSignIn(), tokens: createHostTokens(getToken ?? (() => ''), clock) }
    : createOwnAccess(options, { storageKey, endpoints, fetch: http, clock });
  // Which permissions a host's token has is the host's choice: what is not among them cannot be done, and that is all.
  const scopes = isHosted ? ({ missingScope: 'restricted' } as const) : {};
  const engine = createSdkEngine({
    sdk: createSdk(endpoints.sdk, window as SdkWindow, clock),
    tokens,
    createApi: (deviceId) => {
      if (isHosted && !getToken) return createNoWebApi();
      return createWebApi({ endpoints, tokens, deviceId, fetch: http, clock, ...scopes });
    },
    name,
    volume,
    mediaSession,
    // The published types leave out what the SDK does; sdk.ts says what that is.
    player: player as unknown as SdkPlayer | undefined,
    clock,
  });
  return createPlayerSession({
    ...{ engine, signIn, volume, memory, clock },
    life: createPageLife(window, clock),
    otherTabs: isHosted ? noOtherTabs : createOtherTabs(window, storageKey),
    offer: offerOf(playableUris(options.uris ?? []).uris),
  });
}

function createOwnAccess(
  { clientId, redirectUri }: DefaultSessionOptions,
  { storageKey, endpoints, fetch, clock }: OwnAccessOptions,
): Access {
  const back = resolveRedirectUri(redirectUri, location, document.baseURI);
  warnOfRedirectUri(back, endpoints);
  const oauth = createOAuth({ clientId, redirectUri: back, endpoints, fetch, clock });
  const tokens = createTokens({
    oauth,
    store: createTokenStore(() => localStorage, storageKey, clientId),
    locks: navigator.locks,
    lockName: `${storageKey}:spotify`,
    clock,
  });
  return { tokens, signIn: createSignIn({ storageKey, oauth, tokens, page: window, clock }) };
}
