import type { PlayerControls } from '../../src/player/controls.js';
import { positionAt, type Action, type PlayerSnapshot } from '../../src/player/snapshot.js';
import { lastLevelOf } from '../player-controls/last-level.js';

/** How far J and L go, in ms. */
const step = 10_000;

/** What takes letters or the space bar for itself. */
const writing = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const pressed = 'button, a[href], summary, [role="tab"]';

/** Elements of the player that a page may place by hand. */
const parts = new Set(['player-controls', 'player-queue', 'player-library', 'player-devices', 'player-actions', 'track-search']);

/**
 * The keys of the player: K or the space bar plays and pauses, J and L go back and on, N and P skip, M mutes. They work
 * only while the focus is within the player, and never where it writes or moves a slider.
 */
export class Shortcuts {
  /** @returns whether the key was one of ours */
  handle(event: KeyboardEvent, card: Element | null, snapshot: PlayerSnapshot, controls: PlayerControls, now: number): boolean {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const path = event.composedPath().filter((node) => node instanceof Element);
    const inside = path.some((element) => element === card || parts.has(element.localName));
    const [target] = path;
    if (!inside || !target || target.matches(writing)) return false;
    if (event.key === ' ' && target.matches(pressed)) return false;
    const command = this.#command(event.key.toLowerCase(), snapshot, controls, now);
    if (!command) return false;
    // A key held down is one press: Spotify would count every repetition as a request.
    if (!event.repeat) void command();
    return true;
  }

  #command(key: string, snapshot: PlayerSnapshot, controls: PlayerControls, now: number): (() => Promise<void>) | null {
    const { status, track, paused, disallows, volume, volumeFixed, resumable, offered, capabilities } = snapshot;
    if (status !== 'ready') return null;
    if (key === 'm') return volumeFixed || !capabilities.includes('volume') ? null : () => controls.setVolume(volume > 0 ? 0 : lastLevelOf(controls).value);
    if (!track) return (resumable || offered) && (key === 'k' || key === ' ') ? () => controls.resume() : null;
    const position = positionAt(snapshot, now);
    const playOrPause = {
      action: paused ? 'resuming' : 'pausing',
      command: () => (paused ? controls.resume() : controls.pause()),
    } as const;
    const commands: Readonly<Record<string, { readonly action: Action; readonly command: () => Promise<void> }>> = {
      k: playOrPause,
      ' ': playOrPause,
      j: { action: 'seeking', command: () => controls.seek(Math.max(0, position - step)) },
      l: { action: 'seeking', command: () => controls.seek(Math.min(track.durationMs, position + step)) },
      n: { action: 'skipping-next', command: () => controls.next() },
      p: { action: 'skipping-previous', command: () => controls.previous() },
    };
    const found = Object.hasOwn(commands, key) ? commands[key] : undefined;
    return found && !disallows.includes(found.action) ? found.command : null;
  }
}
