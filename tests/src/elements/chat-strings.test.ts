import { describe, expect, it } from 'vitest';
import type { ChatErrorCode } from '../../../src/chat/model.js';
import { chatPart } from '../../../src/strings/chat.js';
import { Words } from '../../../src/strings/words.js';

const codes: ChatErrorCode[] = [
  'url-missing',
  'url-invalid',
  'key-missing',
  'key-refused',
  'rooms-missing',
  'room-missing',
  'room-unknown',
  'name-invalid',
  'guests-refused',
  'not-signed-in',
  'token-expired',
  'not-a-member',
  'message-empty',
  'message-too-long',
  'track-invalid',
  'rate-limited',
  'slow-mode',
  'left-unsent',
  'muted',
  'banned',
  'not-allowed',
  'message-unknown',
  'reaction-invalid',
  'reactions-full',
  'invitation-invalid',
  'network',
  'server',
];

describe('the chat’s sentences', () => {
  it.each(codes)('tell what happened and what helps: %s', (code) => {
    const sentence = chatPart.english(new Words('en')).problem({ code });
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|error|null|[a-z]-[a-z]+-/i);
  });

  it('say when a hasty writer may go on', () => {
    const { problem } = chatPart.english(new Words('en'));
    expect(problem({ code: 'rate-limited', waitSeconds: 12 })).toContain('in 12 seconds');
    expect(problem({ code: 'rate-limited', waitSeconds: 0.4 })).toContain('in 1 second.');
    expect(problem({ code: 'rate-limited' })).toContain('in a moment');
  });

  it('say how long slow mode, a mute and a ban last, in units that one can grasp', () => {
    const { problem } = chatPart.english(new Words('en'));
    expect(problem({ code: 'slow-mode', waitSeconds: 30 })).toContain('again in 30 seconds.');
    expect(problem({ code: 'slow-mode', waitSeconds: 21_600 })).toContain('again in 6 hours.');
    expect(problem({ code: 'muted', waitSeconds: 600 })).toContain('again in 10 minutes.');
    const until = problem({ code: 'banned', waitSeconds: 86_400, until: new Date(2031, 4, 5, 18, 30).getTime() });
    expect(until).toContain('2031');
    expect(until).toMatch(/^You are banned from this room until .*\d{1,2}:\d\d.*\.$/);
    expect(problem({ code: 'banned' })).not.toContain('until');
  });

  it('name who is typing, up to two', () => {
    const { typing } = chatPart.english(new Words('en'));
    expect(typing(['Alice'], 1)).toBe('Alice is typing');
    expect(typing(['Alice', 'Bob'], 2)).toBe('Alice and Bob are typing');
    expect(typing(['Alice', 'Bob'], 3)).toBe('Several people are typing');
  });

  it('count in words that fit', () => {
    const { newMessages, charactersLeft, tooLong } = chatPart.english(new Words('en'));
    expect(newMessages(1)).toBe('1 new message');
    expect(newMessages(1234)).toBe('1,234 new messages');
    expect(charactersLeft(1)).toBe('1 character left');
    expect(tooLong(12)).toBe('12 characters too many: a message has at most 4,000.');
  });
});
