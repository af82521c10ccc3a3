import { expect } from 'playwright/test';
import { createCatalogue } from '../../../demo/services/spotify/catalogue/catalogue.js';
import type { Simulator } from './spotify.ts';
import type { Account, SdkState, Visitor } from './visitor.ts';

export const { tracks, albums, playlists, episodes } = createCatalogue();

export function uriOf(title: string): string {
  const track = tracks.find(({ name }) => name === title);
  if (!track) throw new Error(`The catalogue has no ${title}.`);
  return track.uri;
}

/** A visitor with a player of their own, on whichever engine: what a story of independence needs of them. */
export interface Listener {
  readonly name: string;
  readonly visitor: Visitor;
  /** Whether what they listen on lets a page change its volume. */
  readonly hasVolume: boolean;
  /** By what name the command log knows them. */
  account(): Promise<string>;
  connect(): Promise<void>;
  /** Plays the track of that title. */
  start(title: string): Promise<void>;
  /** What the SDK or the embed itself says; null for nothing. */
  state(): Promise<SdkState | null>;
  shown(): Promise<string>;
}

/** Who listens on an account of their own. */
export const onAccount = (visitor: Visitor, account: Account): Listener => ({
  name: visitor.name,
  visitor,
  hasVolume: true,
  account: () => Promise.resolve(account),
  connect: () => visitor.connect(account),
  start: async (title) => void (await visitor.playFromSearch(title)),
  state: () => visitor.sdkState(),
  shown: () => visitor.shown(),
});

/** Who listens in Spotify's embed, with a list of the host page's to skip in. */
export const inEmbed = (visitor: Visitor, simulator: Simulator, list: readonly string[] = []): Listener => ({
  name: visitor.name,
  visitor,
  hasVolume: false,
  account: () => visitor.listener(),
  connect: async () => {
    await visitor.listen(list.map(uriOf));
    // What it is called is asked for by itself, and comes a moment later.
    const [first] = list;
    if (first) await expect(visitor.button(`Share ${first} in the chat`)).toBeVisible();
  },
  start: (title) => visitor.playLink(uriOf(title)),
  state: async () => {
    const listener = await visitor.listener();
    const embed = (await simulator.embeds()).find((each) => each.listener === listener);
    return embed ? { uri: embed.uri, paused: embed.paused, position: embed.positionMs, next: [], volume: 1 } : null;
  },
  shown: () => visitor.shown(),
});
