import type { Language, Part } from './language.js';
import { Words } from './words.js';

/** Which language sentences are in, and as which region writes numbers and dates. */
export interface Tongue {
  /** `de`; one of those that there are sentences in. */
  readonly code: string;
  /** `de-AT`, for `Intl`. */
  readonly tag: string;
}

type Loader = () => Promise<{ readonly language: Language }>;

const rightToLeft = new Set(['ar', 'he']);

export const directionOf = ({ code }: Tongue): 'ltr' | 'rtl' => (rightToLeft.has(code) ? 'rtl' : 'ltr');

/** The languages there are: English at once, each of the others when a page first wants it. */
export class Languages {
  readonly #loaders: ReadonlyMap<string, Loader>;
  readonly #here = new Map<string, Language>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #made = new WeakMap<object, Map<string, object>>();

  constructor(loaders: Readonly<Record<string, Loader>>) {
    this.#loaders = new Map(Object.entries(loaders));
  }

  get codes(): readonly string[] {
    return ['en', ...this.#loaders.keys()];
  }

  /**
   * What is spoken where a page says `lang`; English where that is nothing, not valid, or a language without sentences.
   * @param reader the reader's own languages: a page that says no region gets the dates of theirs
   */
  resolve(lang: string | null, reader: readonly string[] = globalThis.navigator?.languages ?? []): Tongue {
    const tag = canonical(lang ?? '') ?? 'en';
    const [code = ''] = tag.split('-');
    if (code !== 'en' && !this.#loaders.has(code)) return { code: 'en', tag: 'en' };
    return { code, tag: tag === code ? (reader.find((own) => own.startsWith(`${code}-`) && canonical(own)) ?? tag) : tag };
  }

  /** Fetches a language. @returns the end of that, also of a failure; null where there is nothing to wait for */
  load(code: string): Promise<void> | null {
    const loader = this.#loaders.get(code);
    if (!loader || this.#here.has(code)) return null;
    let loading = this.#underWay.get(code);
    if (!loading) this.#underWay.set(code, (loading = this.#fetch(code, loader)));
    return loading;
  }

  /** Whether the sentences of `code` can be had at once. */
  has(code: string): boolean {
    return code === 'en' || this.#here.has(code);
  }

  /** The sentences of `part`: in English until their language is here. */
  sentences<S extends object>(part: Part<S>, { code, tag }: Tongue): S {
    const language = this.#here.get(code);
    const words = code === 'en' || language ? tag : 'en';
    let made = this.#made.get(part) as Map<string, S> | undefined;
    if (!made) this.#made.set(part, (made = new Map<string, S>()));
    let sentences = made.get(words);
    if (!sentences) {
      sentences = language ? part.translated(language, new Words(words)) : part.english(new Words(words));
      made.set(words, sentences);
    }
    return sentences;
  }

  /** A language that cannot be had is asked for once a page: what failed stays under way, and its end is known. */
  async #fetch(code: string, loader: Loader): Promise<void> {
    try {
      this.#here.set(code, (await loader()).language);
    } catch (error) {
      console.warn(`Roomtone’s sentences in “${code}” could not be loaded; they stay English.`, error);
    }
  }
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    // Whatever a page wrote into `lang`: not a language.
    return undefined;
  }
}

/* eslint-disable no-restricted-syntax -- each names one module, which imports nothing (I1) */
export const languages = new Languages({
  ar: () => import('./locales/ar.js'),
  de: () => import('./locales/de.js'),
  es: () => import('./locales/es.js'),
  fr: () => import('./locales/fr.js'),
  he: () => import('./locales/he.js'),
  ja: () => import('./locales/ja.js'),
  pt: () => import('./locales/pt.js'),
});
