import { consume } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { systemClock, type Clock } from '../../src/clock.js';
import { playerControlsContext } from '../../src/contexts/player-controls.js';
import { playerStateContext } from '../../src/contexts/player-state.js';
import type { PlayerControls as Commands } from '../../src/player/controls.js';
import { initialSnapshot, type Action, type Capability, type PendingCommand, type PlayerSnapshot, type RepeatMode } from '../../src/player/snapshot.js';
import { clockTime } from '../../src/strings/duration.js';
import { playerPart } from '../../src/strings/player.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { Localized } from '../shared/localized.js';
import { rangeStyles } from '../shared/range.styles.js';
import { HeldValue } from './held-value.js';
import { lastLevelOf, type LastLevel } from './last-level.js';
import { Playhead } from './playhead.js';
import { playerControlsStyles } from './player-controls.styles.js';
import { valueAfterKey } from './slider-keys.js';
import { canSetVolume } from './volume-support.js';

const seekSteps = { arrow: 5, page: 30 };
const volumeSteps = { arrow: 5, page: 20 };
const pressedOf = { off: 'false', context: 'true', track: 'mixed' } as const;
const nextMode: Readonly<Record<RepeatMode, RepeatMode>> = { off: 'context', context: 'track', track: 'off' };

interface ButtonState {
  readonly look?: 'play' | 'skip';
  readonly title?: string;
  readonly forbidden: boolean;
  readonly pending?: boolean;
  readonly pressed?: 'true' | 'false' | 'mixed';
  /** Its key in a `<room-player>`. */
  readonly key?: string;
}

/**
 * Transport, position and volume of the visitor's own player. It works inside a `<room-player>` only.
 *
 * @element player-controls
 * @slot end - at the end of the row that holds the volume
 * @csspart timeline - the seek slider with both times
 * @csspart seek - the seek slider
 * @csspart time - each of the two times
 * @csspart transport - the row of buttons
 * @csspart button - each button
 * @csspart play - the button that plays and pauses
 * @csspart loudness - mute and volume
 * @csspart volume - the volume slider
 */
export class PlayerControls extends LitElement {
  static override styles = [...baseStyles, rangeStyles, playerControlsStyles];

  readonly #language = new Localized(this, playerPart);
  readonly #playhead = new Playhead(this, () => this.clock);
  readonly #seek = new HeldValue(
    async (seconds) => this.commands?.seek(seconds * 1000),
    () => this.requestUpdate(),
  );
  readonly #volume = new HeldValue(
    async (percent) => this.commands?.setVolume(percent / 100),
    () => this.requestUpdate(),
  );
  /** Whether the volume slider is in the visitor's hand, or one of its keys held down. */
  #turnsVolume = false;
  #hasVolume = true;

  @consume({ context: playerStateContext, subscribe: true })
  @state()
  private snapshot: PlayerSnapshot = initialSnapshot;

  @consume({ context: playerControlsContext, subscribe: true })
  @state()
  private commands?: Commands;

  /** Names the keys of a `<room-player>` in the buttons' tooltips. */
  @property({ type: Boolean })
  shortcuts = false;

  @query('.seek') private seekSlider?: HTMLInputElement;
  @query('.volume') private volumeSlider?: HTMLInputElement;

  /** @internal */
  @property({ attribute: false })
  clock: Clock = systemClock;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#hasVolume = canSetVolume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Nobody lets go of a slider that is gone.
    this.#turnsVolume = false;
    this.#level?.rest(this);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before: unknown = changed.get('snapshot');
    const uri = this.snapshot.track?.uri;
    if (changed.has('snapshot') && (before as PlayerSnapshot | undefined)?.track?.uri !== uri) this.#seek.release();
    this.#playhead.follow(this.snapshot);
    this.#letGoOfDisabled();
    this.#seek.settle(this.#waitsFor('seek'));
    this.#volume.settle(this.#waitsFor('volume'));
    this.#followLevel();
  }

  protected override updated(): void {
    for (const slider of [this.seekSlider, this.volumeSlider]) {
      const { value = '0', max = '1' } = slider ?? {};
      slider?.style.setProperty('--_fill', String(Number(value) / (Number(max) || 1)));
    }
  }

  #waitsFor(...commands: PendingCommand[]): boolean {
    return commands.some((command) => this.snapshot.pending.includes(command));
  }

  #forbids(action: Action): boolean {
    const { status, track, disallows } = this.snapshot;
    return status !== 'ready' || !track || disallows.includes(action);
  }

  #can(capability: Capability): boolean {
    return this.snapshot.capabilities.includes(capability);
  }

  get #forbidsVolume(): boolean {
    return this.snapshot.status !== 'ready';
  }

  /** A disabled slider hears neither of a thumb that is let go nor of a key that comes up. */
  #letGoOfDisabled(): void {
    if (this.#forbids('seeking')) this.#seek.release();
    if (!this.#forbidsVolume) return;
    this.#volume.release();
    this.#turnsVolume = false;
  }

  get #position(): { seconds: number; totalSeconds: number } {
    const totalSeconds = Math.floor((this.snapshot.track?.durationMs ?? 0) / 1000);
    const seconds = this.#seek.value ?? Math.floor(this.#playhead.positionMs / 1000);
    return { seconds: Math.min(seconds, totalSeconds), totalSeconds };
  }

  get #percent(): number {
    return this.#volume.value ?? Math.round(this.snapshot.volume * 100);
  }

  /** What to come back to after muting; none outside a player. */
  get #level(): LastLevel | undefined {
    return this.commands && lastLevelOf(this.commands);
  }

  /** The slider rests once it was let go and the engine reports what was asked for last. */
  #followLevel(): void {
    if (!this.#turnsVolume && this.#volume.value === null) this.#level?.rest(this);
    this.#level?.follow(this.snapshot);
  }

  readonly #onSeekKey = (event: KeyboardEvent): void => {
    const to = this.seekSlider && valueAfterKey(event, this.seekSlider, this.#position.seconds, seekSteps);
    if (to === null || to === undefined) return;
    event.preventDefault();
    // A key held down moves the thumb; letting go of it seeks. Spotify would count every repetition as a request.
    if (event.repeat) this.#seek.hold(to);
    else this.#seek.commit(to);
  };

  readonly #onSeekRelease = (): void => {
    if (this.#seek.inHand && this.#seek.value !== null) this.#seek.commit(this.#seek.value);
  };

  readonly #onVolumeKey = (event: KeyboardEvent): void => {
    const to = this.volumeSlider && valueAfterKey(event, this.volumeSlider, this.#percent, volumeSteps);
    if (to === null || to === undefined) return;
    event.preventDefault();
    this.#turnVolume(to);
  };

  #turnVolume(percent: number): void {
    this.#turnsVolume = true;
    this.#level?.move(this);
    this.#volume.commit(percent);
  }

  /** By several events: a drag that ends where it began is no change. */
  readonly #onVolumeRelease = (): void => {
    this.#turnsVolume = false;
    this.requestUpdate();
  };

  readonly #onMute = (): void => {
    const percent = this.#percent;
    // What was asked for is the visitor's level, though the engine has not reported it yet.
    if (this.#volume.value) this.#level?.remember(this.#volume.value / 100);
    this.#volume.commit(percent > 0 ? 0 : Math.round((this.#level?.value ?? 0) * 100));
  };

  protected override render(): TemplateResult {
    return html`
      ${this.#timeline()}${this.#transport()}
      <div class="loudness" part="loudness">${this.#hasVolume && !this.snapshot.volumeFixed && this.#can('volume') ? this.#loudness() : nothing}<slot name="end"></slot></div>
    `;
  }

  #timeline(): TemplateResult {
    const { seconds, totalSeconds } = this.#position;
    return html`
      <div class="timeline" part="timeline" ?data-pending=${this.#waitsFor('seek')}>
        <input
          class="seek"
          part="seek"
          type="range"
          min="0"
          max=${Math.max(1, totalSeconds)}
          step="1"
          aria-label=${this.#language.strings.seek}
          aria-valuetext=${this.#language.strings.position(seconds * 1000, totalSeconds * 1000)}
          ?disabled=${this.#forbids('seeking')}
          .value=${live(String(seconds))}
          @input=${(event: Event) => this.#seek.hold(numberOf(event))}
          @change=${(event: Event) => this.#seek.commit(numberOf(event))}
          @keydown=${this.#onSeekKey}
          @keyup=${this.#onSeekRelease}
          @blur=${this.#onSeekRelease}
        />
        <span class="time" part="time">${clockTime(seconds * 1000)}</span>
        <span class="time" part="time">${clockTime(totalSeconds * 1000)}</span>
      </div>
    `;
  }

  #transport(): TemplateResult {
    const [skips, modes] = [this.#can('skip'), this.#can('modes')];
    return html`
      <div class="transport" part="transport">
        ${modes ? this.#shuffleButton() : nothing}${skips ? this.#skipButton('previous', 'P') : nothing}
        ${this.#playButton()}
        ${skips ? this.#skipButton('next', 'N') : nothing}${modes ? this.#repeatButton() : nothing}
      </div>
    `;
  }

  #shuffleButton(): TemplateResult {
    const { shuffle } = this.snapshot;
    return this.#button(this.#language.strings.shuffle, icons.shuffle, () => this.commands?.setShuffle(!shuffle), {
      forbidden: this.#forbids('shuffling'),
      pending: this.#waitsFor('shuffle'),
      pressed: shuffle ? 'true' : 'false',
    });
  }

  #repeatButton(): TemplateResult {
    const t = this.#language.strings;
    const { repeat } = this.snapshot;
    const icon = repeat === 'track' ? icons.repeatOne : icons.repeat;
    return this.#button(t.repeat, icon, () => this.commands?.setRepeat(nextMode[repeat]), {
      title: t.repeatModes[repeat],
      forbidden: this.#forbids('repeating'),
      pending: this.#waitsFor('repeat'),
      pressed: pressedOf[repeat],
    });
  }

  #skipButton(to: 'previous' | 'next', key: string): TemplateResult {
    return this.#button(this.#language.strings[to], icons[to], () => this.commands?.[to](), {
      look: 'skip',
      key,
      forbidden: this.#forbids(`skipping-${to}`),
      pending: this.#waitsFor(to),
    });
  }

  #playButton(): TemplateResult {
    const t = this.#language.strings;
    const { paused, resumable, offered } = this.snapshot;
    const command = (): unknown => (paused ? this.commands?.resume() : this.commands?.pause());
    return this.#button(paused ? t.play : t.pause, paused ? icons.play : icons.pause, command, {
      look: 'play',
      key: 'K',
      forbidden: !resumable && !offered && this.#forbids(paused ? 'resuming' : 'pausing'),
      pending: this.#waitsFor('play', 'pause', 'resume'),
    });
  }

  #button(name: string, icon: TemplateResult, command: () => unknown, how: ButtonState): TemplateResult {
    const { look = '', title = name, forbidden, pending = false, pressed } = how;
    const key = this.shortcuts ? how.key : undefined;
    return html`
      <button
        class="icon ${look}"
        part="button ${look}"
        aria-label=${name}
        aria-pressed=${ifDefined(pressed)}
        aria-keyshortcuts=${ifDefined(key)}
        title=${key ? this.#language.strings.withKey(title, key) : title}
        ?disabled=${forbidden}
        ?data-pending=${pending}
        @click=${command}
      >
        ${icon}
      </button>
    `;
  }

  #loudness(): TemplateResult {
    const percent = this.#percent;
    const disabled = this.#forbidsVolume;
    const name = percent > 0 ? this.#language.strings.mute : this.#language.strings.unmute;
    return html`
      ${this.#button(name, percent > 0 ? icons.volume : icons.muted, this.#onMute, {
        key: 'M',
        forbidden: disabled,
      })}
      <input
        class="volume"
        part="volume"
        type="range"
        min="0"
        max="100"
        step="1"
        aria-label=${this.#language.strings.volume}
        aria-valuetext=${this.#language.strings.level(percent / 100)}
        ?disabled=${disabled}
        .value=${live(String(percent))}
        @input=${(event: Event) => this.#turnVolume(numberOf(event))}
        @change=${this.#onVolumeRelease}
        @keydown=${this.#onVolumeKey}
        @keyup=${this.#onVolumeRelease}
        @pointerup=${this.#onVolumeRelease}
        @blur=${this.#onVolumeRelease}
      />
    `;
  }
}

const numberOf = (event: Event): number => Number((event.currentTarget as HTMLInputElement).value);

declare global {
  interface HTMLElementTagNameMap {
    'player-controls': PlayerControls;
  }
}
