import type { LitElement, ReactiveController } from 'lit';
import { systemClock } from '../../src/clock.js';
import type { Part } from '../../src/strings/language.js';
import { directionOf, languages as all, type Languages, type Tongue } from '../../src/strings/languages.js';
import { merge } from '../../src/strings/replaced.js';
import type { Unsubscribe } from '../../src/subscribable.js';
import { replacements, scopeOf, setDirection, watchScope } from './language-scope.js';

/** How long the first rendering waits for a language, in ms: after that, English is better than nothing. */
const patience = 1000;

/**
 * The sentences of an element in the language of its place: the closest `lang`, across shadow roots. It follows when a
 * `lang` changes, when the language arrives, and when the page gives sentences of its own.
 */
export class Localized<S extends object> implements ReactiveController {
  #strings: S;
  #tongue: Tongue = { code: 'en', tag: 'en' };
  #unwatch?: Unsubscribe;

  constructor(
    private readonly host: LitElement,
    private readonly part: Part<S>,
    private readonly changed: () => void = () => {},
    private readonly languages: Languages = all,
  ) {
    this.#strings = languages.sentences(part, this.#tongue);
    host.addController(this);
  }

  /** A stable object while nothing changes. */
  get strings(): S {
    return this.#strings;
  }

  /** What the sentences are in, for `Intl`: `de-AT`; English until another language is here. */
  get tag(): string {
    return this.languages.has(this.#tongue.code) ? this.#tongue.tag : 'en';
  }

  hostConnected(): void {
    this.#unwatch = watchScope(this.host, this.#resolve);
    this.#resolve();
  }

  hostDisconnected(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  /** For `scheduleUpdate`: the first rendering waits a little for its language, so that no English shows before. */
  schedule(update: () => unknown): Promise<unknown> | undefined {
    const arrival = this.host.hasUpdated ? null : this.#arrival();
    if (!arrival) update();
    return arrival?.then(update);
  }

  /** Until the language is here, or is not to be waited for; null where there is nothing to wait for. */
  #arrival(): Promise<void> | null {
    const loading = this.host.isConnected ? this.languages.load(this.#tongue.code) : null;
    if (!loading) return null;
    return new Promise((resolve) => {
      const cancel = systemClock.after(patience, resolve);
      void loading.then(() => {
        cancel();
        resolve();
      });
    });
  }

  readonly #resolve = (): void => {
    const scope = scopeOf(this.host);
    this.#tongue = this.languages.resolve(scope.lang);
    setDirection(this.host, directionOf(this.#tongue), scope);
    const { code } = this.#tongue;
    if (!this.languages.has(code)) void this.languages.load(code)?.then(() => this.#unwatch && this.#take());
    this.#take();
  };

  #take(): void {
    const strings = merge(this.languages.sentences(this.part, this.#tongue), replacements.for(this.host, this.part.name));
    if (strings === this.#strings) return;
    this.#strings = strings;
    this.changed();
    this.host.requestUpdate();
  }
}
