/** The way back from Spotify's authorise page: what the address says, and whose it is. */

/** What our own addresses carry; a host page's own `?code=` never starts like this (I7). */
export const statePrefix = 'roomtone.';
/** The windows that we open are named so. A name outlives the way to Spotify and back. */
export const popupNamePrefix = 'roomtone-sign-in';
/** Of the message from the popup to the page that opened it, and of the channel where that page is out of reach. */
export const answerType = 'roomtone.sign-in';

/** What Spotify answered. The code is of no use without the verifier, which never leaves the page that asked. */
export interface Answer {
  readonly state: string;
  readonly code: string | null;
  readonly error: string | null;
}

export interface AnswerMessage extends Answer {
  readonly type: typeof answerType;
}

const ownParameters = ['code', 'state', 'error'];

/** @returns null where the address carries no answer of an authorise page */
export function readAnswer(search: string): Answer | null {
  const parameters = new URLSearchParams(search);
  const [code, state, error] = [parameters.get('code'), parameters.get('state'), parameters.get('error')];
  return state && (code || error) ? { state, code, error } : null;
}

export function isAnswerMessage(data: unknown): data is AnswerMessage {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === answerType && 'state' in data;
}

/** Full redirects of one storage key: another player of the same origin does not take them for its own. */
export function redirectPrefix(storageKey: string): string {
  return `${statePrefix}redirect.${encodeURIComponent(storageKey)}.`;
}

const isRedirect = (state: string): boolean => state.startsWith(`${statePrefix}redirect.`);

interface HistoryWindow {
  readonly location: Pick<Location, 'origin' | 'pathname' | 'search' | 'hash'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
}

/** Takes our parameters out of the address and leaves everything else as it was written (I7). */
export function cleanAddress({ location, history }: HistoryWindow): void {
  // Not by URLSearchParams, which would write the host page's own parameters anew in its own manner.
  const kept = location.search
    .slice(1)
    .split('&')
    .filter((part) => part && !ownParameters.includes(part.split('=', 1)[0] ?? ''));
  const search = kept.length ? `?${kept.join('&')}` : '';
  history.replaceState(history.state, '', `${location.origin}${location.pathname}${search}${location.hash}`);
}

export interface CallbackWindow extends HistoryWindow {
  readonly name: string;
  readonly closed: boolean;
  readonly opener: { readonly closed: boolean; postMessage(message: AnswerMessage, targetOrigin: string): void } | null;
  readonly BroadcastChannel?: new (name: string) => Pick<BroadcastChannel, 'postMessage' | 'close'>;
  close(): void;
}

/** Firefox throws where the page's storage is denied: then the popup's own message is the one way back. */
export function openChannel<T>({ BroadcastChannel }: { readonly BroadcastChannel?: new (name: string) => T }): T | null {
  try {
    return BroadcastChannel ? new BroadcastChannel(answerType) : null;
  } catch {
    return null;
  }
}

/**
 * To be called as soon as a page loads: in the window that Spotify sends back, it hands the answer to the page that
 * opened it and closes. Everywhere else it does nothing.
 *
 * @returns whether this page is such a window and about to close: it has nothing to show
 */
export function finishSignIn(page: CallbackWindow = window): boolean {
  const answer = readAnswer(page.location.search);
  if (!answer || isRedirect(answer.state)) return false;
  // In a window of ours a state that is not ours is an answer too: a wrong one, which the opener has to judge.
  if (!answer.state.startsWith(statePrefix) && !page.name.startsWith(popupNamePrefix)) return false;

  const message: AnswerMessage = { type: answerType, ...answer };
  if (page.opener && !page.opener.closed) {
    page.opener.postMessage(message, page.location.origin);
  } else {
    // Cross-Origin-Opener-Policy, of Spotify's page or of the host's own, cuts a popup off from its opener.
    const channel = openChannel(page);
    channel?.postMessage(message);
    channel?.close();
  }
  page.close();
  if (page.closed) return true;
  // It was not opened by a script, or counts so no more: it goes on as an ordinary page, without a code to share.
  cleanAddress(page);
  return false;
}
