import { html, nothing, type TemplateResult } from 'lit';
import type { PlayerErrorCode } from '../../src/player/snapshot.js';
import type { PlayerStrings } from '../../src/strings/player.js';

/**
 * How long it is until trying again makes sense, while it does not. It stands in no live region: a screen reader finds
 * it beside the button that waits, and is not told each second.
 */
export const retryWait = (t: PlayerStrings, seconds: number | undefined): TemplateResult | typeof nothing =>
  seconds ? html`<p class="wait" part="wait"><bdi>${t.retryIn(seconds)}</bdi></p>` : nothing;

/** Whether trying again is in vain until then. A site's quota may be raised at any time: that can be tried before. */
export const mustWait = (code: PlayerErrorCode | null | undefined, seconds: number | undefined): boolean =>
  code === 'rate-limited' && !!seconds;
