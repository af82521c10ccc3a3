import { describe, expect, it } from 'vitest';
import { idlePlayback, type Playback } from '../../../src/player/snapshot.js';
import { Turns, type Turn } from '../../../src/player/turns.js';
import { settled, SharedClock } from '../../support/sdk-over-simulator/clock.js';

const playing: Playback = { ...idlePlayback, paused: false };

class Line {
  readonly clock = new SharedClock();
  readonly turns = new Turns(this.clock);
  readonly came: string[] = [];

  take(way: 'sdk' | 'web-api', name: string): Turn {
    const turn = this.turns.take(way);
    if (turn.comes) void turn.comes.then((mayGo) => this.came.push(mayGo ? name : `not ${name}`));
    else this.came.push(name);
    return turn;
  }
}

describe('turns', () => {
  it('by one way begin at once', () => {
    const line = new Line();
    line.take('web-api', 'play');
    line.take('web-api', 'shuffle');
    expect(line.came).toEqual(['play', 'shuffle']);
  });

  it('by the other way wait for all before them, and those behind for these', async () => {
    const line = new Line();
    const play = line.take('web-api', 'play');
    const shuffle = line.take('web-api', 'shuffle');
    const pause = line.take('sdk', 'pause');
    line.take('sdk', 'next');
    line.take('web-api', 'play again');
    play.answered();
    await settled();
    expect(line.came).toEqual(['play', 'shuffle']);
    shuffle.end();
    await settled();
    expect(line.came).toEqual(['play', 'shuffle', 'pause', 'next']);
    pause.end();
    await settled();
    expect(line.came).not.toContain('play again');
  });

  it('that start something last until it shows, one by one', async () => {
    const line = new Line();
    line.take('web-api', 'one').answered(({ paused }) => !paused);
    line.take('web-api', 'two').answered(({ paused }) => !paused);
    line.take('sdk', 'pause');
    line.turns.observe(idlePlayback);
    line.turns.observe(playing);
    await settled();
    expect(line.came).not.toContain('pause');
    line.turns.observe(playing);
    await settled();
    expect(line.came).toContain('pause');
  });

  it('that start something nobody tells of last three seconds', async () => {
    const line = new Line();
    const play = line.take('web-api', 'play');
    line.take('sdk', 'pause');
    play.answered(() => false);
    play.end();
    await line.clock.advance(2_999);
    expect(line.came).toEqual(['play']);
    await line.clock.advance(1);
    expect(line.came).toEqual(['play', 'pause']);
    expect(line.clock.waiting).toBe(0);
  });

  it('that start something which will not be heard are over', async () => {
    const line = new Line();
    line.take('web-api', 'play').answered(() => false);
    line.take('sdk', 'pause');
    line.turns.settle();
    await settled();
    expect(line.came).toEqual(['play', 'pause']);
  });

  it('on a device that is gone never come', async () => {
    const line = new Line();
    const play = line.take('web-api', 'play');
    line.take('sdk', 'pause');
    line.turns.clear();
    await settled();
    expect(line.came).toEqual(['play', 'not pause']);
    play.answered(() => false);
    play.end();
    expect(line.turns.isUnderWay).toBe(false);
    line.take('sdk', 'next');
    expect(line.came).toContain('next');
    expect(line.clock.waiting).toBe(0);
  });
});
