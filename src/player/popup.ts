import type { Clock } from '../clock.js';
import { isAnswerMessage, openChannel, popupNamePrefix, readAnswer, type Answer } from './callback.js';
import { PlayerError } from './engine.js';

/** The window that Spotify's authorise page opens in; the page refuses to be framed (spotify.md). */
export interface Popup {
  readonly closed: boolean;
  readonly location: { replace(url: string): void; readonly search: string };
  close(): void;
  focus(): void;
}

export interface PopupWindow {
  readonly location: Pick<Location, 'origin'>;
  readonly screenX: number;
  readonly screenY: number;
  readonly outerWidth: number;
  readonly outerHeight: number;
  readonly BroadcastChannel?: new (name: string) => Pick<BroadcastChannel, 'addEventListener' | 'close'>;
  open(url: string, name: string, features: string): Popup | null;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

const size = { width: 480, height: 760 };
const lookInterval = 500;
/** The answer may be on its way while its window is already closed. */
const closedAfter = 1500;
const answerLimit = 10 * 60_000;

/**
 * Opens an empty window, to be sent on later. Only a call made synchronously inside the click gets one.
 *
 * @returns null where the browser blocks it
 */
export function openPopup(page: PopupWindow, id: string): Popup | null {
  const { width, height } = size;
  const left = Math.round(page.screenX + (page.outerWidth - width) / 2);
  const top = Math.round(page.screenY + (page.outerHeight - height) / 2);
  const features = `popup,width=${width},height=${height},left=${left},top=${top}`;
  try {
    const popup = page.open('about:blank', `${popupNamePrefix}-${id}`, features);
    return popup && !popup.closed ? popup : null;
  } catch {
    // Sandboxed frames may throw instead.
    return null;
  }
}

/**
 * The page at the redirect URI may be one without the script, or wait for a consent before it loads it: what it would hand
 * on stands in its address, which its own origin can read. While the window shows Spotify, nothing can be read.
 */
function shownIn({ closed, location }: Popup): Answer | null {
  try {
    return closed ? null : readAnswer(location.search);
  } catch {
    return null;
  }
}

export interface Awaited {
  readonly answer: Promise<Answer>;
  /** Stops waiting and closes the window. */
  end(error?: PlayerError): void;
}

/**
 * Waits for the answer with `state`.
 *
 * @param onClosed the window seems to be closed. The answer may come all the same: where Cross-Origin-Opener-Policy cuts
 *   the popup off, it reads as closed while the visitor still signs in there.
 */
export function awaitAnswer(
  page: PopupWindow,
  popup: Popup,
  state: string,
  onClosed: () => void,
  clock: Clock,
): Awaited {
  let end: Awaited['end'] = () => undefined;

  const answer = new Promise<Answer>((resolve, reject) => {
    const channel = openChannel(page);

    const onMessage = ({ origin, source, data }: MessageEvent): void => {
      if (origin !== page.location.origin || !isAnswerMessage(data)) return;
      if (data.state === state) take(data);
      // Only from our own window: another player on the page waits for an answer of its own.
      else if (source === popup) end(new PlayerError('sign-in-mismatch', 'the answer has another state'));
    };
    const take = ({ code, error }: Answer): void => {
      resolve({ state, code, error });
      end();
    };
    page.addEventListener('message', onMessage);
    // All tabs of the origin hear it, so another state is another tab's.
    channel?.addEventListener('message', ({ data }: MessageEvent) => {
      if (isAnswerMessage(data) && data.state === state) take(data);
    });

    let cancelLook = (): void => undefined;
    const look = (closedSince: number | null): void => {
      const shown = shownIn(popup);
      if (shown?.state === state) return take(shown);
      const since = popup.closed ? (closedSince ?? clock.now()) : null;
      if (since !== null && clock.now() - since >= closedAfter) onClosed();
      else cancelLook = clock.after(lookInterval, () => look(since));
    };
    look(null);
    const cancelLimit = clock.after(answerLimit, () => end(new PlayerError('popup-closed', 'no answer in time')));

    end = (error) => {
      cancelLook();
      cancelLimit();
      page.removeEventListener('message', onMessage);
      channel?.close();
      popup.close();
      reject(error ?? new PlayerError('popup-closed', 'given up'));
    };
  });
  return { answer, end: (error) => end(error) };
}
