import { systemClock, type Clock } from '../clock.js';
import { createEmbedEngine, type EmbedPlace } from './embed-engine.js';
import { loadEmbedApi, type EmbedWindow } from './embed.js';
import { resolveEndpoints } from './endpoints.js';
import { createHostSignIn } from './host-sign-in.js';
import { createDescriptions } from './oembed.js';
import { claimPage } from './page-claim.js';
import { createPageLife } from './page-life.js';
import type { PlayerSession, SessionOptions } from './player-session.js';
import { createPlayerSession } from './session.js';

export interface EmbedSessionOptions extends Pick<SessionOptions, 'endpoints'> {
  /** What the host page offers, one after the other: URIs of tracks, albums, playlists and episodes. */
  readonly uris?: readonly string[];
  readonly clock?: Clock;
}

/** A session on Spotify's embed. Nothing is signed in, and nothing of it is kept. */
export interface EmbedSession extends PlayerSession {
  /** Holds the embed. It has to be in sight wherever it plays; moved in the page, it falls silent. */
  readonly surface: HTMLElement;
}

export function createEmbedSession({ endpoints: given, uris = [], clock = systemClock }: EmbedSessionOptions): EmbedSession {
  const endpoints = resolveEndpoints(given, document.baseURI);
  const { surface, place } = createPlace();
  const http: typeof fetch = (input, init) => fetch(input, init);
  const engine = createEmbedEngine({
    load: () => loadEmbedApi(endpoints.embed, window as EmbedWindow, clock),
    place,
    describe: createDescriptions(endpoints.oembed, http, clock),
    uris,
    claim: () => claimPage(window),
    clock,
  });
  // As with a host page's own sign-in: nobody is asked anything, and nothing begins before the visitor's click.
  const session = createPlayerSession({ engine, signIn: createHostSignIn(), life: createPageLife(window, clock), clock });
  return Object.assign(session, { surface });
}

function createPlace(): { readonly surface: HTMLElement; readonly place: EmbedPlace } {
  const surface = document.createElement('div');
  surface.hidden = true;
  return {
    surface,
    place: {
      open() {
        // The embed takes the place of an element within: the surface itself stays.
        const element = document.createElement('div');
        surface.replaceChildren(element);
        surface.hidden = false;
        return element;
      },
      show(kind) {
        surface.dataset.kind = kind;
      },
      close() {
        surface.replaceChildren();
        surface.hidden = true;
      },
    },
  };
}
