import { systemClock, type Clock } from '../clock.js';
import { cleanAddress, readAnswer, redirectPrefix, statePrefix, type Answer } from './callback.js';
import { PlayerError } from './engine.js';
import type { OAuth } from './oauth.js';
import type { Forgotten } from './other-tabs.js';
import { record, text } from './parse.js';
import { awaitAnswer, openPopup, type Awaited, type Popup, type PopupWindow } from './popup.js';
import type { Tokens } from './tokens.js';

export { finishSignIn } from './callback.js';

/** How a visitor lets the player in. What it leads to, tokens, stays behind it (I3). */
export interface SignIn {
  /** Whether the player can be had without asking the visitor. */
  readonly remembered: boolean;
  /** Whether the host page sees to it: nobody is asked here, and nothing begins before `connect()`. */
  readonly hosted: boolean;
  /** Whether leaving the page is a way: not in a frame, where Spotify refuses to be shown. */
  readonly canRedirect: boolean;
  /**
   * Opens Spotify's window, synchronously, and resolves once the visitor is signed in.
   * @param onClosed the window seems to be closed; the promise stays open for a while, as it may not be
   */
  withPopup(onClosed: () => void): Promise<void>;
  /** Leaves the page. Resolves when it is about to be left. */
  withRedirect(): Promise<void>;
  /** Ends a redirect that this page load is the return of. @returns null where it is none */
  takeRedirect(): Promise<void> | null;
  /** Brings the window that is open to the front. */
  focus(): void;
  /** Gives up what is under way. */
  cancel(): void;
  /** Forgets tokens, by default in storage too. The next sign-in offers a choice of accounts. */
  forget(where?: Forgotten): void;
}

export interface SignInWindow extends PopupWindow {
  readonly location: Pick<Location, 'origin' | 'pathname' | 'search' | 'hash' | 'assign'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
  readonly sessionStorage: Storage;
  readonly self: unknown;
  readonly top: unknown;
}

export interface SignInOptions {
  readonly storageKey: string;
  readonly oauth: Pick<OAuth, 'randomState' | 'prepare' | 'exchange'>;
  readonly tokens: Pick<Tokens, 'remembered' | 'accept' | 'forget'>;
  readonly page: SignInWindow;
  readonly clock?: Clock;
}

/** Authorization Code with PKCE, by popup or by redirect. The host page itself is the callback. */
export function createSignIn({
  storageKey,
  oauth,
  tokens,
  page,
  clock = systemClock,
}: SignInOptions): SignIn {
  const canRedirect = page.top === page.self;
  const recordKey = `${storageKey}:sign-in`;
  /** Of the newest sign-in; an older one that is given up must not sign anybody in. */
  let turn = 0;
  let open: { readonly popup: Popup; readonly awaited: Awaited } | null = null;
  let chooseAccount = false;

  function cancel(): void {
    turn++;
    open?.awaited.end();
    open = null;
  }

  async function accept(answer: Answer, verifier: string, begun: number): Promise<void> {
    if (answer.error === 'access_denied') throw new PlayerError('sign-in-refused');
    if (answer.error === 'server_error' || answer.error === 'temporarily_unavailable') {
      throw new PlayerError('server', 'authorise page');
    }
    if (answer.error || !answer.code) throw new PlayerError('sign-in-failed', 'authorise page');
    const grant = await oauth.exchange(answer.code, verifier);
    if (begun !== turn) throw new PlayerError('popup-closed', 'given up');
    tokens.accept(grant);
    chooseAccount = false;
  }

  async function answerOf(popup: Popup, state: string, awaited: Awaited, begun: number): Promise<void> {
    try {
      // It may be given up while the challenge is made.
      const asked = oauth.prepare(state, chooseAccount).then(({ url, verifier }) => {
        if (begun === turn) popup.location.replace(url);
        return verifier;
      });
      const answer = await Promise.race([awaited.answer, asked.then(() => awaited.answer)]);
      await accept(answer, await asked, begun);
    } finally {
      awaited.end();
      if (open?.awaited === awaited) open = null;
    }
  }

  return {
    get remembered() {
      return tokens.remembered;
    },
    hosted: false,
    canRedirect,
    withPopup(onClosed) {
      cancel();
      const id = oauth.randomState();
      const popup = openPopup(page, id);
      if (!popup) return Promise.reject(new PlayerError('popup-blocked'));
      const state = `${statePrefix}popup.${id}`;
      const awaited = awaitAnswer(page, popup, state, onClosed, clock);
      open = { popup, awaited };
      return answerOf(popup, state, awaited, turn);
    },
    async withRedirect() {
      cancel();
      if (!canRedirect) throw new PlayerError('sign-in-failed', 'Spotify cannot be shown in a frame');
      const begun = turn;
      const state = `${redirectPrefix(storageKey)}${oauth.randomState()}`;
      const { url, verifier } = await oauth.prepare(state, chooseAccount);
      if (begun !== turn) return;
      try {
        page.sessionStorage.setItem(recordKey, JSON.stringify({ state, verifier }));
      } catch {
        throw new PlayerError('sign-in-failed', 'without storage there is no way back from a redirect');
      }
      page.location.assign(url);
    },
    takeRedirect() {
      const answer = readAnswer(page.location.search);
      if (!answer?.state.startsWith(redirectPrefix(storageKey))) return null;
      cancel();
      // Before anything else: a code in the address would be sent on as a referrer, kept in the history, reloaded.
      cleanAddress(page);
      const { state, verifier } = takeRecord();
      // No record: a link that somebody made up, or a browser that came back in another tab.
      if (!verifier || state !== answer.state) {
        return Promise.reject(new PlayerError('sign-in-mismatch', 'the answer has another state'));
      }
      return accept(answer, verifier, turn);
    },
    focus() {
      open?.popup.focus();
    },
    cancel,
    forget(where) {
      cancel();
      takeRecord();
      tokens.forget(where);
      chooseAccount = true;
    },
  };

  /** Read once: a verifier is good for one code. */
  function takeRecord(): { readonly state: string; readonly verifier: string } {
    try {
      const { state, verifier } = record(JSON.parse(page.sessionStorage.getItem(recordKey) ?? 'null'));
      page.sessionStorage.removeItem(recordKey);
      return { state: text(state), verifier: text(verifier) };
    } catch {
      // Denied, or written by something else.
      return { state: '', verifier: '' };
    }
  }
}
