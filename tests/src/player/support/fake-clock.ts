export { ManualClock as FakeClock, settled } from '../../../support/manual-clock.js';
