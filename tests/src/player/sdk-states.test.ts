import { describe, expect, it } from 'vitest';
import { SdkStates } from '../../../src/player/sdk-states.js';
import { positionAt, type Playback } from '../../../src/player/snapshot.js';
import type { SdkState } from '../../../src/player/to-playback.js';
import { FakeClock } from './support/fake-clock.js';
import { sdkState } from './support/states.js';

class Stage {
  readonly clock = new FakeClock();
  readonly told: (Playback | null)[] = [];
  reads = 0;
  state: SdkState | 'rejects' = null;
  readonly states = new SdkStates({
    read: () => {
      this.reads++;
      return this.state === 'rejects' ? Promise.reject(new Error('hangs')) : Promise.resolve(this.state);
    },
    emit: (playback) => this.told.push(playback),
    clock: this.clock,
  });

  get last(): Playback | null | undefined {
    return this.told.at(-1);
  }

  event(state: SdkState): void {
    this.states.event(state && { timestamp: this.clock.now(), ...state });
    this.state = state;
  }
}

describe("the SDK's state events", () => {
  it('are told as they come, and looked after once when they end', async () => {
    const stage = new Stage();
    stage.event(sdkState('a', { loading: true }));
    await stage.clock.advance(80);
    stage.event(sdkState('a', { position: 60 }));
    stage.state = sdkState('a', { position: 1060 });
    await stage.clock.advance(10_000);
    expect(stage.told).toHaveLength(3);
    expect(stage.reads).toBe(1);
    expect(stage.clock.waiting).toBe(0);
  });

  it('that are older than what is known do not count, however old', async () => {
    const stage = new Stage();
    const before = { timestamp: stage.clock.now(), ...sdkState('a') };
    stage.event(before);
    await stage.clock.advance(90_000);
    stage.event(sdkState('b'));
    stage.states.event(before);
    expect(stage.last?.track?.uri).toBe('spotify:track:b');
    await stage.clock.advance(1000);
    expect(stage.last?.track?.uri).toBe('spotify:track:b');
  });

  it('count again after the clock of the device was put back', async () => {
    const stage = new Stage();
    stage.event(sdkState('a'));
    const past = stage.clock.now() - 3_600_000;
    stage.state = sdkState('b', { timestamp: past });
    stage.states.event(stage.state);
    expect(stage.last?.track?.uri).toBe('spotify:track:a');
    await stage.clock.advance(1000);
    expect(stage.last?.track?.uri).toBe('spotify:track:b');
    stage.states.event(sdkState('c', { timestamp: past + 5000 }));
    expect(stage.last?.track?.uri).toBe('spotify:track:c');
  });

  it('tell null once playback moved to another device, and start anew from there', async () => {
    const stage = new Stage();
    stage.event(sdkState('a'));
    stage.event(null);
    expect(stage.last).toBeNull();
    stage.states.event(sdkState('a', { timestamp: 1 }));
    expect(stage.last?.track?.uri).toBe('spotify:track:a');
  });

  it('of a transfer may hold seconds for ms: told right when a state before it shows it', async () => {
    const stage = new Stage();
    stage.event(sdkState('a', { position: 65_400 }));
    await stage.clock.advance(50);
    stage.event(sdkState('a', { position: 65 }));
    expect(stage.last && positionAt(stage.last, stage.clock.now())).toBe(65_450);
  });

  it('of a transfer may hold seconds for ms: put right soon where nothing shows it', async () => {
    const stage = new Stage();
    stage.event(sdkState('a', { position: 65 }));
    stage.state = sdkState('a', { position: 65_300 });
    await stage.clock.advance(300);
    expect(stage.last?.positionMs).toBe(65_300);
  });

  it('long after a transfer mean what they say', async () => {
    const stage = new Stage();
    stage.event(sdkState('a', { position: 60_000 }));
    await stage.clock.advance(5000);
    stage.event(sdkState('a', { position: 65 }));
    expect(stage.last?.positionMs).toBe(65);
  });

  it('at the end of a track are a pair: the pause between two tracks is not told', async () => {
    const stage = new Stage();
    stage.event(sdkState('a', { position: 199_000 }));
    await stage.clock.advance(950);
    stage.event(sdkState('a', { position: 199_968, paused: true }));
    await stage.clock.advance(60);
    stage.event(sdkState('b', { position: 0 }));
    await stage.clock.advance(5000);
    expect(stage.told.some((playback) => playback?.paused)).toBe(false);
    expect(stage.last?.track?.uri).toBe('spotify:track:b');
  });

  it('at the end of everything are a pair too: the pause is told a moment later', async () => {
    const stage = new Stage();
    stage.event(sdkState('a', { position: 199_000 }));
    await stage.clock.advance(950);
    stage.event(sdkState('a', { position: 199_968, paused: true }));
    await stage.clock.advance(60);
    stage.event(sdkState('a', { position: 0, paused: true }));
    await stage.clock.advance(2000);
    expect(stage.last).toMatchObject({ paused: true, positionMs: 0 });
    expect(stage.told.filter((playback) => playback?.paused && playback.positionMs > 0)).toEqual([]);
  });

  it('in the middle of a track tell a pause at once', async () => {
    const stage = new Stage();
    stage.event(sdkState('a', { position: 100_000 }));
    stage.event(sdkState('a', { position: 100_000, paused: true }));
    expect(stage.last?.paused).toBe(true);
  });
});

describe('after a command', () => {
  it('the state is read even if no event comes: a seek to the same place has none', async () => {
    const stage = new Stage();
    stage.state = sdkState('a', { position: 5000 });
    stage.states.settleSoon();
    await stage.clock.advance(1000);
    expect(stage.last?.positionMs).toBe(5000);
  });

  it('an answer that an event has overtaken is dropped', async () => {
    const stage = new Stage();
    stage.event(sdkState('a'));
    let answer: (state: SdkState) => void = () => undefined;
    const slow = new SdkStates({
      read: () => new Promise((resolve) => (answer = resolve)),
      emit: (p) => stage.told.push(p),
      clock: stage.clock,
    });
    slow.settleSoon();
    await stage.clock.advance(1000);
    slow.event(sdkState('b'));
    answer(sdkState('a'));
    await stage.clock.advance(0);
    expect(stage.last?.track?.uri).toBe('spotify:track:b');
  });

  it('an SDK that does not answer changes nothing', async () => {
    const stage = new Stage();
    stage.event(sdkState('a'));
    stage.state = 'rejects';
    await stage.clock.advance(5000);
    expect(stage.told).toHaveLength(1);
  });

  it('nothing is read any more once the device is another', async () => {
    const stage = new Stage();
    stage.event(sdkState('a'));
    stage.states.reset();
    await stage.clock.advance(5000);
    expect(stage.reads).toBe(0);
  });
});
