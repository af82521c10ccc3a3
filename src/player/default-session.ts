import { systemClock, type Clock } from '../clock.js';
import { resolveEndpoints, resolveRedirectUri } from './endpoints.js';
import { createOAuth } from './oauth.js';
import { createMemory } from './memory.js';
import { createPageLife } from './page-life.js';
import { level } from './parse.js';
import type { PlayerSession, SessionOptions } from './player-session.js';
import { createSdkEngine } from './sdk-engine.js';
import { createSdk, type SdkWindow } from './sdk.js';
import { createPlayerSession } from './session.js';
import { createSignIn } from './sign-in.js';
import { createTokenStore } from './token-store.js';
import { createTokens } from './tokens.js';
import { createWebApi } from './web-api.js';

export interface DefaultSessionOptions extends SessionOptions {
  readonly clock?: Clock;
}

/** A session on Spotify's Web Playback SDK with a sign-in of its own: what `<room-player>` has by default. */
export function createDefaultSession(options: DefaultSessionOptions): PlayerSession {
  const { clientId, clock = systemClock } = options;
  // An attribute that was taken away leaves null, one without a value ''.
  const storageKey = options.storageKey || 'roomtone';
  const name = options.name || 'Roomtone';
  const memory = createMemory(() => localStorage, storageKey);
  // What the visitor chose the last time counts more than what the page starts with.
  const volume = memory.volume ?? level(options.volume, 1);
  const endpoints = resolveEndpoints(options.endpoints, document.baseURI);
  const http: typeof fetch = (input, init) => fetch(input, init);

  const oauth = createOAuth({
    clientId,
    redirectUri: resolveRedirectUri(options.redirectUri, location, document.baseURI),
    endpoints,
    fetch: http,
    clock,
  });
  const tokens = createTokens({
    oauth,
    store: createTokenStore(() => localStorage, storageKey, clientId),
    locks: navigator.locks,
    lockName: `${storageKey}:spotify`,
    clock,
  });
  const signIn = createSignIn({ clientId, storageKey, oauth, tokens, page: window, clock });
  const engine = createSdkEngine({
    sdk: createSdk(endpoints.sdk, window as SdkWindow, clock),
    tokens,
    createApi: (deviceId) => createWebApi({ endpoints, tokens, deviceId, fetch: http, clock }),
    name,
    volume,
    clock,
  });
  return createPlayerSession({ engine, signIn, volume, memory, life: createPageLife(window, clock), clock });
}
