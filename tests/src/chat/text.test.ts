import { expect, it } from 'vitest';
import { isEmoji } from '../../../src/chat/text.js';
import { emojiCases } from '../../support/emoji-cases.js';

it.each(emojiCases)('%j is one emoji: %s', (text, is) => {
  expect(isEmoji(text ?? '')).toBe(is);
});
