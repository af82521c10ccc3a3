import { createContext } from '@lit/context';

/** Whether a room takes a shared track now: the player's elements offer `Share …` only where it is true. */
export const sharingContext = createContext<boolean>(Symbol.for('roomtone.sharing'));
