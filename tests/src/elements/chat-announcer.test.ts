import { describe, expect, it } from 'vitest';
import { Announcer } from '../../../elements/chat-room/announcer.js';
import { chatPart } from '../../../src/strings/chat.js';
import { Words } from '../../../src/strings/words.js';
import { message } from '../../elements/support/chat-session.js';
import { ManualClock } from '../../elements/support/manual-clock.js';

function listening(): { clock: ManualClock; said: string[]; announcer: Announcer } {
  const clock = new ManualClock();
  const said: string[] = [];
  return { clock, said, announcer: new Announcer(() => clock, { strings: chatPart.english(new Words('en')) }, (text) => said.push(text)) };
}

describe('the announcer', () => {
  it('says one message by its words, a second after it came', () => {
    const { clock, said, announcer } = listening();
    announcer.messages([message({ body: 'hello' })]);
    clock.tick(999);
    expect(said).toEqual([]);
    clock.tick(1);
    expect(said).toEqual(['Bob: hello']);
  });

  it('says several by their number', () => {
    const { clock, said, announcer } = listening();
    announcer.messages([message()]);
    clock.tick(500);
    announcer.messages([message(), message(), message()]);
    clock.tick(500);
    expect(said).toEqual(['4 new messages']);
  });

  it('speaks at most once a second while messages keep coming', () => {
    const { clock, said, announcer } = listening();
    for (let tenth = 0; tenth < 50; tenth++) {
      announcer.messages([message()]);
      clock.tick(100);
    }
    expect(said.filter(Boolean)).toHaveLength(5);
    clock.tick(10_000);
    expect(said.filter(Boolean).map((text) => parseInt(text)).reduce((sum, count) => sum + count)).toBe(50);
  });

  it('falls silent again after a while', () => {
    const { clock, said, announcer } = listening();
    announcer.messages([message({ body: 'hello' })]);
    clock.tick(5000);
    expect(said).toEqual(['Bob: hello', '']);
    expect(clock.waiting).toBe(0);
  });

  it('makes the same words said again a change', () => {
    const { clock, said, announcer } = listening();
    for (let time = 0; time < 3; time++) {
      announcer.messages([message({ body: 'hi' })]);
      clock.tick(1000);
    }
    expect(new Set(said).size).toBe(2);
    expect(said[1]).not.toBe(said[0]);
    expect(said[2]).not.toBe(said[1]);
  });

  it('shortens what would be read for minutes', () => {
    const { clock, said, announcer } = listening();
    announcer.messages([message({ body: '👩‍🎤'.repeat(1000) })]);
    clock.tick(1000);
    expect([...(said[0] ?? '')].length).toBeLessThan(210);
  });

  it('says a notice once in a batch, before the messages', () => {
    const { clock, said, announcer } = listening();
    announcer.notice('Connected again.');
    announcer.messages([message({ body: 'hello' })]);
    announcer.notice('Connected again.');
    clock.tick(1000);
    expect(said).toEqual(['Connected again. Bob: hello']);
  });

  it('forgets what was not said when it is stopped', () => {
    const { clock, said, announcer } = listening();
    announcer.messages([message()]);
    announcer.stop();
    clock.tick(5000);
    expect(said.filter(Boolean)).toEqual([]);
  });
});
