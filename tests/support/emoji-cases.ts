/** What is one emoji and what is not: the database and the pages decide alike. */
export const emojiCases: readonly [text: string | null, isEmoji: boolean][] = [
  ...[
    // A picture, with the variation selector and without.
    '👍', '🎉', '❤️', '❤', '☀️', '☺️', '©️', '™️', 'ℹ️', '▶️', '⌚', '㊙️', '🀄', '🅰️', '🪿', '🫨',
    // Skin tones.
    '👍🏽', '🤙🏿', '☝🏻', '✍🏾',
    // Joined: professions, couples, families, hair, direction, what was joined later.
    '👩‍🚀', '👩🏽‍🚀', '🧑🏻‍🤝‍🧑🏿', '👨‍👩‍👧‍👦', '👩🏽‍❤️‍💋‍👨🏻', '👩‍🦰', '🏃🏽‍♀️‍➡️', '🤷🏼‍♂️', '🐻‍❄️', '👁️‍🗨️', '❤️‍🔥', '⛓️‍💥', '🙂‍↔️', '🍋‍🟩',
    // Flags.
    '🇩🇪', '🇯🇵', '🇺🇳', '🏳️‍🌈', '🏴‍☠️', '🏳️‍⚧️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    // Keycaps.
    '1️⃣', '#️⃣', '*️⃣', '0⃣',
  ].map((text): [string, boolean] => [text, true]),
  ...[
    // Letters, digits and words, in whatever script.
    'a', 'x'.repeat(16), 'you-are-an-idiot', '+1', '1', '#', '*', 'ä', 'ж', '字', 'あ', 'ا', 'ﷺ', '𝐀', 'Ⅷ', '½', '!', ':)', ':wave:',
    // A picture and something else, or several.
    '👍👍', '👍a', 'a👍', '👍 ', ' 👍', '👍\n', '👍\u200b', '👍\u202e', '🇩🇪🇯🇵', '❤️️', '👍🏽🏽',
    // Pieces.
    '🇩', '\u{1f3fd}', '\ufe0f', '\u200d', '\u20e3', 'a\u20e3', '1\ufe0f', '👍\u200d', '\u200d👍', '👩\u200d\u200d🚀', '👍\ufe0e', '\u{e0067}',
    // Words in tags, which are not seen, and chains that are no picture.
    `🏴${String.fromCodePoint(...[...'hello-you'].map((letter) => 0xe0000 + letter.charCodeAt(0)), 0xe007f)}`,
    `👍${String.fromCodePoint(0xe0067, 0xe0062, 0xe0065, 0xe007f)}`,
    '😀\u200d😀\u200d😀\u200d😀\u200d😀', '👍\u0301', '👍\u0336',
    '', ' ', '\u200b', '\u2060\u200d', '\u202eabc', 'a\u0007', '\u0007', '<b>', null,
  ].map((text): [string | null, boolean] => [text, false]),
];
