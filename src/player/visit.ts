import { PlayerError } from './engine.js';

/** Whose requests these are: what was asked for one visitor is never sent with the token of the next (I2). */
export interface Visit {
  /** @returns to be called before each sending: throws PlayerError `device-lost` once that visitor has left */
  begin(): () => void;
  end(): void;
}

export function createVisit(): Visit {
  let newest = 0;
  return {
    begin() {
      const own = newest;
      return () => {
        if (own !== newest) throw new PlayerError('device-lost', 'the visitor who asked has left');
      };
    },
    end() {
      newest++;
    },
  };
}
