import { describe, expect, it } from 'vitest';
import type { ChatErrorCode } from '../../../src/chat/model.js';
import { chatStrings } from '../../../src/strings/chat.js';

const codes: ChatErrorCode[] = [
  'url-missing',
  'url-invalid',
  'key-missing',
  'key-refused',
  'room-missing',
  'room-unknown',
  'name-invalid',
  'guests-refused',
  'not-signed-in',
  'not-a-member',
  'message-empty',
  'message-too-long',
  'track-invalid',
  'rate-limited',
  'network',
  'server',
];

describe('the chat’s sentences', () => {
  it.each(codes)('tell what happened and what helps: %s', (code) => {
    const sentence = chatStrings(['en']).problem({ code });
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|error|null|[a-z]-[a-z]+-/i);
  });

  it('say when a hasty writer may go on', () => {
    const { problem } = chatStrings(['en']);
    expect(problem({ code: 'rate-limited', waitSeconds: 12 })).toContain('in 12 seconds');
    expect(problem({ code: 'rate-limited', waitSeconds: 0.4 })).toContain('in 1 second.');
    expect(problem({ code: 'rate-limited' })).toContain('in a moment');
  });

  it('count in words that fit', () => {
    const { newMessages, charactersLeft, tooLong } = chatStrings(['en']);
    expect(newMessages(1)).toBe('1 new message');
    expect(newMessages(1234)).toBe('1,234 new messages');
    expect(charactersLeft(1)).toBe('1 character left');
    expect(tooLong(12)).toBe('12 characters too many: a message has at most 4,000.');
  });

  it('are English where the reader’s languages have none', () => {
    expect(chatStrings(['xx-YY', 'constructor'])).toBe(chatStrings(['en-GB']));
    expect(chatStrings([])).toBe(chatStrings(['en']));
  });
});
