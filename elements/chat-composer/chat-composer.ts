import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { ComposerTypingEvent, EditLastRequestEvent, MessageEditEvent, MessageSendEvent } from '../../src/chat-events.js';
import { characters, limits, type ChatProblem, type Member, type Mention, type Quote, type TimelineMessage } from '../../src/chat/model.js';
import { systemClock, type Clock } from '../../src/clock.js';
import { chatPart } from '../../src/strings/chat.js';
import { namedIn } from '../chat-message/mentions.js';
import { baseStyles } from '../shared/base.styles.js';
import { Countdown } from '../shared/countdown.js';
import { icons } from '../shared/icons.js';
import { Localized } from '../shared/localized.js';
import { chatComposerStyles } from './chat-composer.styles.js';
import { Composition } from './composition.js';
import { contextBar } from './context-bar.js';
import { notes, type Note } from './notes.js';
import { suggestionList, Suggestions, type Replacement } from './suggestions.js';
import { suggestionsStyles } from './suggestions.styles.js';

/** A message of one's own that gets another text. */
export interface EditTarget {
  readonly id: string;
  readonly body: string;
  /** Whom it names so far: they may have left the room since. */
  readonly mentions?: readonly Mention[];
}

/**
 * Where a visitor writes. Enter sends, Shift and Enter breaks the line; while an input method composes, its keys belong
 * to it. The text is cleared only when the message was taken. `@` completes members' names, `:wa` emoji by name.
 *
 * `reply()` and `edit()` begin what their names say; it ends when the visitor sent it or gives it up, by the button or
 * with Escape.
 *
 * @fires message-send - A `MessageSendEvent`. Cancel it with `refuse(problem)`, and the text stays with the sentence of the problem.
 * @fires message-edit - A `MessageEditEvent`, refused in the same way.
 * @fires edit-last-request - An `EditLastRequestEvent`: the up arrow in an empty box. Answer it with `edit()`.
 * @fires composer-typing - A `ComposerTypingEvent`: at each change of a new message that leaves something to send.
 *
 * @slot extras - Beside the box, before the button that sends.
 *
 * @csspart form - What holds the box and the button.
 * @csspart context - The line that says what is answered or edited.
 * @csspart about - Its words.
 * @csspart cancel - The button in it.
 * @csspart input - The box.
 * @csspart send - The button `Send`, or `Save` while something is edited.
 * @csspart suggestions - The list that completes.
 * @csspart suggestion - A line of it.
 * @csspart note - The sentence below the box.
 * @csspart slow - The sentence that counts down in slow mode.
 * @csspart count - How many characters are left.
 */
export class ChatComposer extends LitElement {
  static override styles = [...baseStyles, chatComposerStyles, suggestionsStyles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  readonly #language = new Localized(this, chatPart);
  readonly #composition = new Composition(() => this.#textChanged());
  readonly #suggestions = new Suggestions(
    this,
    () => [this.members, this.#absent],
    () => this.#textChanged(),
  );
  readonly #slow = new Countdown(this, () => this.slowUntil ?? undefined, () => this.clock);
  readonly #muted = new Countdown(this, () => (Number.isFinite(this.mutedUntil) ? (this.mutedUntil ?? undefined) : undefined), () => this.clock);
  /** What stood here before an edit began; null while there is none. */
  #draft: { readonly text: string; readonly replyTo: Quote | null } | null = null;
  /** Said once: a sentence that counts down in a live region would be read again and again. */
  #mutedSentence = '';
  /** Where the caret goes with the next rendering. */
  #caret: number | null = null;

  @query('textarea') private readonly _box!: HTMLTextAreaElement;
  @state() private _text = '';
  @state() private _note: Note | null = null;

  /** Whether nothing can be written now. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Why it is disabled: a sentence. */
  @property() reason = '';

  /** Until when the visitor may not write, in ms since the epoch; Infinity for good; null when they may. */
  @property({ attribute: false }) mutedUntil: number | null = null;

  /** Slow mode: when the visitor may write again, in ms since the epoch; null when now. Edits do not wait. */
  @property({ attribute: false }) slowUntil: number | null = null;

  /** Whom `@` completes, and who can be mentioned. */
  @property({ attribute: false }) members: readonly Member[] = [];

  /** Gives those who wrote lately, whoever wrote last first: they can be mentioned after those who are here. Asked at each `@`. */
  @property({ attribute: false }) authors: () => readonly Mention[] = () => [];

  /** What the next message answers; null again when it is sent, or given up. */
  @property({ attribute: false }) replyTo: Quote | null = null;

  /** The message that is edited; null again afterwards, and what was being written comes back. */
  @property({ attribute: false }) editing: EditTarget | null = null;

  /** @internal Tests pass their own. */
  clock: Clock = systemClock;

  /** Begins an answer; the visitor goes on by writing. @param message what is answered */
  reply(message: Pick<TimelineMessage, 'id' | 'authorName' | 'body'>): void {
    const { id, authorName, body } = message;
    this.replyTo = { id, authorName, body, state: 'known' };
  }

  /** Begins to change an own message. @param message as it is now */
  edit(message: EditTarget): void {
    const { id, body, mentions = [] } = message;
    this.editing = { id, body, mentions };
  }

  /** What stands in the box. */
  get value(): string {
    return this._text;
  }

  set value(text: string) {
    this._text = text;
    this._note = null;
    this.#suggestions.clear();
  }

  /** Forgets what was written, answered or edited: somebody else sits there. */
  clear(): void {
    this.#draft = null;
    this.editing = null;
    this.replyTo = null;
    this.value = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('mutedUntil')) this.#tellMuted();
    if (changed.has('editing')) this.#editingChanged(changed.get('editing') ?? null);
    else if (changed.has('replyTo') && this.replyTo && this.editing) this.#restore();
  }

  #tellMuted(): void {
    const { mutedUntil } = this;
    const waitSeconds = Number.isFinite(mutedUntil) ? ((mutedUntil ?? 0) - this.clock.now()) / 1000 : undefined;
    this.#mutedSentence = this.#language.strings.problem({ code: 'muted', waitSeconds });
  }

  #editingChanged(before: EditTarget | null): void {
    const { editing } = this;
    if (!editing) return this.#restore();
    this.#draft ??= { text: this._text, replyTo: this.replyTo };
    if (editing.id === before?.id) return;
    this.value = editing.body;
    this.replyTo = null;
    this.#caret = editing.body.length;
  }

  #restore(): void {
    const draft = this.#draft;
    this.editing = null;
    if (!draft) return;
    this.#draft = null;
    this.value = draft.text;
    this.replyTo ??= draft.replyTo;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('_text')) this.#fit();
    // The visitor asked for it at a message: they go on by writing.
    const begun = (changed.has('editing') && this.editing) || (changed.has('replyTo') && this.replyTo);
    if (begun) this._box.focus({ preventScroll: true });
    if (this.#caret !== null) this._box.setSelectionRange(this.#caret, this.#caret);
    this.#caret = null;
  }

  #fit(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    // CSSOM, not style="": a strict CSP allows it. Measured from nothing, or the box would never shrink; its margin stands in
    // for it meanwhile, or a log at its end would grow for a moment, and no longer be there.
    const { style } = this._box;
    style.setProperty('margin-block-end', `${this._box.offsetHeight}px`);
    style.setProperty('block-size', '0');
    const borders = this._box.offsetHeight - this._box.clientHeight;
    style.setProperty('block-size', `${this._box.scrollHeight + borders}px`);
    style.removeProperty('margin-block-end');
  }

  /** Who wrote and is not here. A name stands for who has it here, or else for who wrote last under it. */
  get #absent(): readonly Mention[] {
    const ids = new Set(this.members.map(({ id }) => id));
    const names = new Set(this.members.map(({ name }) => name));
    return this.authors().filter(({ id, name }) => {
      const other = !ids.has(id) && !names.has(name);
      names.add(name);
      return other;
    });
  }

  /** Why nothing can be written, or null. */
  get #closed(): string | null {
    if (this.disabled) return this.reason;
    return this.mutedUntil !== null && this.mutedUntil > this.clock.now() ? this.#mutedSentence : null;
  }

  /** Seconds until one may send; 0 when now. */
  get #wait(): number {
    return this.editing ? 0 : (this.#slow.seconds ?? 0);
  }

  #typed = (): void => {
    this._text = this._box.value;
    this._note = null;
    this.#textChanged();
    if (this._text.trim() && !this.editing) this.dispatchEvent(new ComposerTypingEvent());
  };

  #textChanged(): void {
    // Replacing letters that are still being composed would end that.
    const closed = this.#composition.active ? null : this.#suggestions.closed(this._text, this._box.selectionEnd);
    if (closed) this.#replace(closed);
    else this.#caretMoved();
  }

  #caretMoved = (): void => {
    const { selectionStart, selectionEnd } = this._box;
    if (selectionStart === selectionEnd) this.#suggestions.follow(this._text, selectionEnd);
    else this.#suggestions.clear();
  };

  #left = (): void => {
    this.#suggestions.clear();
    this.requestUpdate();
  };

  #replace({ from, to, text }: Replacement): void {
    this._box.setRangeText(text, from, to, 'end');
    this._text = this._box.value;
    this.#suggestions.follow(this._text, this._box.selectionEnd);
  }

  #take = (index?: number): void => {
    const taken = this.#suggestions.take(index);
    if (taken) this.#replace(taken);
  };

  #keyPressed = (event: KeyboardEvent): void => {
    if (this.#composition.owns(event)) return;
    const { key, shiftKey, altKey, ctrlKey, metaKey, repeat } = event;
    if (altKey || ctrlKey || metaKey || !(this.#suggesting(event) || this.#cancelled(key) || (!shiftKey && this.#did(key, repeat)))) return;
    event.preventDefault();
    // The room closes its members with Escape, and its list moves with the arrows.
    event.stopPropagation();
  };

  /** @returns whether the key was one for the open list */
  #suggesting({ key, shiftKey }: KeyboardEvent): boolean {
    if (!this.#suggestions.open || shiftKey) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') this.#suggestions.move(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' || key === 'Tab') this.#take();
    else if (key === 'Escape') this.#suggestions.dismiss();
    else return false;
    return true;
  }

  #cancelled(key: string): boolean {
    if (key !== 'Escape' || !(this.editing || this.replyTo)) return false;
    this.#cancel();
    return true;
  }

  #did(key: string, repeat: boolean): boolean {
    if (key === 'ArrowUp' && !this._text && !this.editing) {
      if (!repeat) this.dispatchEvent(new EditLastRequestEvent());
      return true;
    }
    if (key !== 'Enter') return false;
    // A key held down would send once and complain of emptiness ever after.
    if (!repeat) this.#send();
    return true;
  }

  #cancel = (): void => {
    if (this.editing) this.#restore();
    else this.replyTo = null;
    this._box.focus({ preventScroll: true });
  };

  #submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send();
  };

  /** The press would take the focus out of the box, and a phone's keyboard would fold and unfold. */
  #pressed = (event: Event): void => event.preventDefault();

  #send(): void {
    if (this.#closed !== null) return;
    const strings = this.#language.strings;
    this._box.focus({ preventScroll: true });
    this.#suggestions.clear();
    const body = this._text.trim();
    const over = characters(body) - limits.message;
    if (!body) this._note = { kind: 'quiet', text: this.editing ? strings.nothingToSave : strings.nothingToSend };
    else if (over > 0) this._note = { kind: 'problem', text: strings.tooLong(over) };
    else if (this.#wait) this._note = { kind: 'spoken', text: strings.slowMode(this.#wait) };
    else if (this.editing) this.#offerEdit(this.editing, body);
    else this.#offer(body);
  }

  #offer(body: string): void {
    const event = new MessageSendEvent(body, this.replyTo?.id ?? null, this.#namedIn(body));
    if (!this.dispatchEvent(event)) return this.#refused(event.problem);
    this.value = '';
    this.replyTo = null;
  }

  #offerEdit({ id, body: before, mentions = [] }: EditTarget, body: string): void {
    const event = new MessageEditEvent(id, body, this.#namedIn(body, mentions));
    if (body === before.trim() || this.dispatchEvent(event)) this.#restore();
    else this.#refused(event.problem);
  }

  #namedIn(body: string, before: readonly Mention[] = []): readonly string[] {
    if (!body.includes('@')) return [];
    return [...new Set(namedIn<Mention>(body, [...before, ...this.members, ...this.#absent]).map(({ member }) => member.id))];
  }

  #refused(problem: ChatProblem | null): void {
    this._note = problem && { kind: 'problem', text: this.#language.strings.problem(problem) };
  }

  #notes(closed: string | null): TemplateResult {
    const left = limits.message - characters(this._text.trim());
    return notes(this.#language.strings, { note: closed ? { kind: 'quiet', text: closed } : this._note, left, wait: closed ? 0 : this.#wait });
  }

  #input(closed: boolean): TemplateResult {
    const strings = this.#language.strings;
    const { open, active } = this.#suggestions;
    const about = this.replyTo || this.editing;
    // No aria-expanded and no role="combobox": neither may be on a box of several lines. What opens is told instead.
    return html`<textarea
      part="input"
      rows="1"
      dir=${this._text ? 'auto' : nothing}
      enterkeyhint="send"
      autocomplete="off"
      aria-label=${strings.message}
      aria-describedby=${about ? 'about note' : 'note'}
      aria-invalid=${this._note?.kind === 'problem' ? 'true' : 'false'}
      aria-autocomplete="list"
      aria-controls="options"
      aria-activedescendant=${open ? `option-${active}` : nothing}
      placeholder=${strings.messagePlaceholder}
      .value=${live(this._text)}
      ?disabled=${closed}
      @input=${this.#typed}
      @keydown=${this.#keyPressed}
      @click=${this.#caretMoved}
      @blur=${this.#left}
      @compositionstart=${this.#composition.started}
      @compositionend=${this.#composition.ended}
    ></textarea>`;
  }

  protected override render(): TemplateResult {
    const strings = this.#language.strings;
    const closed = this.#closed;
    const about = this.editing || this.replyTo;
    const name = this.editing ? strings.save : strings.send;
    const waits = this.#wait > 0;
    return html`<form part="form" novalidate @submit=${this.#submitted}>
      ${about ? contextBar(this.editing ? null : this.replyTo, strings, this.#cancel) : nothing} ${this.#input(closed !== null)}
      <span class="side"
        ><slot name="extras"></slot
        ><button
        class="send primary ${this._text.trim() && !waits ? '' : 'waiting'}"
        part="send"
        type="submit"
        aria-label=${name}
        title=${name}
        aria-disabled=${waits ? 'true' : nothing}
        aria-describedby=${waits ? 'slow' : nothing}
        ?disabled=${closed !== null}
        @mousedown=${this.#pressed}
      >
        ${this.editing ? icons.check : icons.send}
      </button></span>
      ${suggestionList(strings, this.#suggestions, this.#take)} ${this.#notes(closed)}
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-composer': ChatComposer;
  }
}
