import { systemClock, withTimeLimit, type Clock } from '../clock.js';
import { PlayerError } from './engine.js';
import type { SignIn } from './sign-in.js';
import type { TokenSource } from './tokens.js';

const answerLimit = 20_000;

/**
 * Tokens of the host page. None is kept, not even for a moment: the host knows who is signed in, and until when a token
 * is good. A token goes into requests to Spotify and into the SDK, and nowhere else (I3).
 */
export function createHostTokens(getToken: () => string | Promise<string>, clock: Clock = systemClock): TokenSource {
  let asking: Promise<string> | null = null;

  const get = (): Promise<string> => {
    if (asking) return asking;
    // What the host throws may hold anything: it is not repeated.
    const none = (): PlayerError => new PlayerError('sign-in-failed', 'the host page gave no token');
    const asked = Promise.resolve()
      .then(getToken)
      .catch(() => Promise.reject(none()))
      .then((token: unknown) => (typeof token === 'string' && token ? token : Promise.reject(none())));
    const own = withTimeLimit(asked, answerLimit, none, clock).finally(() => {
      if (asking === own) asking = null;
    });
    asking = own;
    return own;
  };

  // A token that was refused: the host may have a newer one by now, and is the only one to know.
  return { get, renew: get };
}

/** Where the host page has seen to the sign-in: no window, no storage, nothing to forget. */
export function createHostSignIn(): SignIn {
  return {
    remembered: true,
    hosted: true,
    canRedirect: false,
    withPopup: () => Promise.resolve(),
    withRedirect: () => Promise.reject(new PlayerError('sign-in-failed', 'the host page signs in')),
    takeRedirect: () => null,
    focus() {
      // No window was opened.
    },
    cancel() {
      // Nothing is under way.
    },
    forget() {
      // Nothing is kept.
    },
  };
}
