import { html, nothing, type TemplateResult } from 'lit';
import type { PlayerStrings } from '../../src/strings/player.js';
import type { Countdown } from '../shared/countdown.js';
import type { NextFocus } from '../shared/kept-focus.js';
import { mustWait, retryWait } from '../shared/retry-wait.js';
import { spotifyMark } from '../shared/spotify-mark.js';
import type { Listing } from './listing.js';

interface ListView<T> {
  readonly t: PlayerStrings;
  readonly listing: Listing<T>;
  /** What there is to tell of the list, where nothing is wrong with it. */
  readonly said: string;
  /** The sentence for what is wrong. */
  readonly wrong?: string | undefined;
  /** Runs while Spotify wants to be asked later. */
  readonly wait: Countdown;
  /** What to show instead of what the listing holds. */
  readonly items?: readonly T[];
  readonly row: (item: T, index: number) => TemplateResult;
  /** Metadata stands above the list: Spotify's mark has to be there before the first row. */
  readonly headed?: boolean;
  /** The list's accessible name. */
  readonly label?: string;
  /** The button for the next page. */
  readonly more?: string;
  /** The page at Spotify that shows the same, and the words that lead there: metadata links back (spotify.md). */
  readonly source: { readonly href: string | null; readonly words: string };
}

/**
 * What there is to say of a listing, and its rows, or the shape of what is coming, or a way to try again: where that may
 * help, for what Spotify forbids now it forbids in a minute too. Spotify's mark stands above the rows, where it is seen
 * as long as one of them is.
 */
export function listView<T>(view: ListView<T>): TemplateResult {
  const { t, listing, wait, items = listing.state.items, row, label, more = t.showMore, source } = view;
  const { status, nextOffset, problem } = listing.state;
  const loading = status === 'loading';
  return html`
    <div class="line">
      <p class="status" part="status" role="status" tabindex="-1"><bdi>${statusOf(view)}</bdi></p>
      ${items.length || view.headed ? spotifyMark(source.href, source.href ? source.words : t.fromSpotify) : nothing}
    </div>
    ${status === 'failed' && problem !== 'restricted'
      ? html`
          <div class="again">
            <button part="retry" ?disabled=${mustWait(problem, wait.seconds)} @click=${() => listing.retry()}>${t.remedies.retry}</button>${retryWait(t, wait.seconds)}
          </div>
        `
      : nothing}
    ${items.length
      ? html`
          <ul class="results" part="results" role="list" aria-label=${label ?? nothing} aria-busy=${loading} ?data-loading=${loading}>
            ${items.map(row)}
            ${nextOffset === null
              ? nothing
              : html`<li class="end"><button class="more" part="more" @click=${() => listing.more()}>${more}</button></li>`}
          </ul>
        `
      : loading
        ? waiting
        : nothing}
  `;
}

function statusOf<T>({ t, listing, said, wrong, wait }: ListView<T>): string {
  const { problem } = listing.state;
  if (!problem) return said;
  if (wait.seconds === 0) return t.retryNow;
  return wrong ?? (problem === 'restricted' ? t.closedList : t.problems[problem]);
}

/** The shape of what is coming. */
const waiting = html`<div class="waiting" part="waiting" aria-hidden="true"><span></span><span></span><span></span></div>`;

/**
 * Who stood on a row that went away goes on at the one in its place, who stood on `more` at the first new one, and who asked
 * again at what came of it.
 */
export const nextInList: NextFocus = (focused) => {
  const tree = focused.getRootNode() as ShadowRoot;
  const rows = (): HTMLElement[] => [...tree.querySelectorAll<HTMLElement>('.play')];
  const stood = focused.matches('.more') ? rows().length : rows().findIndex((row) => row.parentElement?.contains(focused));
  return () => {
    const now = rows();
    const again = stood < 0 ? tree.querySelector<HTMLElement>('.again button:enabled') : null;
    return again ?? now[Math.max(0, Math.min(stood, now.length - 1))] ?? tree.querySelector<HTMLElement>('.status');
  };
};
