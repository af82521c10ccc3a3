import type { limits } from '../chat/model.js';
import type { ChatStrings } from './chat.js';
import type { ModerationStrings } from './moderation.js';
import type { PlayerStrings } from './player.js';
import type { Words } from './words.js';

/** How long what a visitor writes may be, in characters. */
export type Limits = typeof limits;

/**
 * What a language other than English exports as `language`. Its module imports nothing but types, so that a page
 * downloads it alone; what it needs is given to it.
 */
export interface Language {
  player(words: Words): PlayerStrings;
  chat(words: Words, limits: Limits): ChatStrings;
  moderation(words: Words): ModerationStrings;
}

/** Sentences that belong together: where they are in English, and where in another language. */
export interface Part<S extends object> {
  readonly name: keyof Language;
  english(words: Words): S;
  translated(language: Language, words: Words): S;
}

/** Some of the sentences, in place of those of the language. */
export type Replaced<S> = {
  readonly [Key in keyof S]?: S[Key] extends (...given: never[]) => string ? S[Key] : S[Key] extends string ? string : Replaced<S[Key]>;
};
