import type { PlayerErrorCode, Remedy, RepeatMode } from '../player/snapshot.js';
import type { Part, Replaced } from './language.js';
import type { Words } from './words.js';

/**
 * Every sentence of the player that a visitor reads or hears. The names of buttons and sliders are part of the public
 * surface: tests and assistive tools rely on them.
 */
export interface PlayerStrings {
  readonly player: string;
  readonly nowPlaying: string;

  readonly signedOutTitle: string;
  readonly signedOutText: string;
  readonly signingInTitle: string;
  readonly signingInText: string;
  readonly loading: string;
  readonly connecting: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  /** Instead of it where Play goes on at the last place. */
  readonly resumableText: string;
  /** Instead of it where Play starts what the page offers. */
  readonly offeredText: string;
  readonly elsewhere: string;
  readonly reconnecting: string;
  readonly failedTitle: string;
  /** Where no problem is named. */
  readonly failed: string;
  readonly callback: string;

  readonly connect: string;
  /** Plays in Spotify's embed, beside `connect`; `listenText` says what that is. */
  readonly listen: string;
  readonly listenText: string;
  /** Instead of `signedOutText` where nothing else is offered. */
  readonly startText: string;
  /** Instead of `emptyText` there. */
  readonly embedEmptyText: string;
  /** The group of the embed and what belongs to it. */
  readonly embed: string;
  readonly link: string;
  readonly playLink: string;
  readonly wrongLink: string;
  /** What the embed cannot do, and why; `skips` where there is a list to skip in. */
  readonly notHere: (skips: boolean) => string;
  /** Brings Spotify's window to the front again. */
  readonly showWindow: string;
  readonly cancel: string;
  readonly bringHere: string;
  readonly disconnect: string;
  readonly dismiss: string;
  /** The button of each remedy; '' where none helps. */
  readonly remedies: Readonly<Record<Remedy, string>>;
  /** What happened, and what helps. */
  readonly problems: Readonly<Record<PlayerErrorCode, string>>;
  /** Follows a problem's sentence where Spotify told when to ask again. */
  readonly retryIn: (seconds: number) => string;
  /** Instead of both once that time has come. */
  readonly retryNow: string;

  readonly play: string;
  readonly pause: string;
  readonly next: string;
  readonly previous: string;
  readonly shuffle: string;
  readonly repeat: string;
  /** The tooltip of `Repeat`: what it does now. */
  readonly repeatModes: Readonly<Record<RepeatMode, string>>;
  readonly seek: string;
  readonly volume: string;
  readonly mute: string;
  readonly unmute: string;
  readonly position: (elapsedMs: number, totalMs: number) => string;
  readonly level: (level: number) => string;

  readonly search: string;
  readonly clearSearch: string;
  readonly playTrack: (title: string, artists: string) => string;
  readonly addToQueue: (title: string) => string;
  readonly addedToQueue: (title: string) => string;
  readonly results: (count: number) => string;
  readonly nothingFound: (query: string) => string;
  readonly moreResults: string;
  readonly searchOnSpotify: string;
  readonly playingNow: string;
  /** The group of `kinds`. */
  readonly searchFor: string;
  readonly kinds: Readonly<Record<'track' | 'album' | 'playlist', string>>;

  readonly shareTrack: (title: string) => string;
  readonly sharedTrack: (title: string) => string;
  readonly saveTrack: (title: string) => string;

  readonly openCollection: (title: string, by: string) => string;
  readonly playAll: (title: string) => string;
  readonly tracks: (count: number) => string;
  readonly playlistCount: (count: number) => string;
  readonly nothingHere: string;
  /** Instead of a playlist's tracks that Spotify keeps back. */
  readonly closedCollection: string;
  /** A list that Spotify does not let this page have: nothing plays for that. */
  readonly closedList: string;
  readonly back: string;
  readonly showMore: string;

  /** The group of tabs. */
  readonly views: string;
  readonly searchTab: string;
  readonly upNext: string;
  readonly library: string;
  readonly showQueue: string;
  readonly nothingNext: string;
  readonly playlists: string;
  readonly saved: string;
  readonly recent: string;

  readonly devices: string;
  readonly playOn: (device: string) => string;
  readonly thisPage: string;
  readonly playsThere: string;
  readonly lookingForDevices: string;
  readonly noDevices: string;
  readonly playingOn: (device: string) => string;
  /** The tooltip of a button that has a key. */
  readonly withKey: (name: string, key: string) => string;

  readonly openInSpotify: string;
  /** Instead of it for a track that has no page there. */
  readonly fromSpotify: string;
  readonly coverOf: (album: string) => string;
}

const english = (words: Words): PlayerStrings => ({
  player: 'Music player',
  nowPlaying: 'Now playing',

  signedOutTitle: 'Bring your own music',
  signedOutText: 'You need Spotify Premium, and listen on your own account. Nothing is asked of Spotify before you connect.',
  signingInTitle: 'Waiting for Spotify',
  signingInText: 'Spotify opened a window to sign in. It closes by itself.',
  loading: 'Loading Spotify’s player…',
  connecting: 'Making this page your player…',
  emptyTitle: 'What would you like to hear?',
  emptyText: 'Search for a track above. Only you will hear it.',
  resumableText: 'Press Play to go on where you were, or search for something else.',
  offeredText: 'Press Play to hear what this page offers, or search for something else.',
  elsewhere: 'Your Spotify is playing on another device.',
  reconnecting: 'The connection to Spotify dropped. Getting it back…',
  failedTitle: 'No music just now',
  failed: 'The player stopped. Connect again to go on.',
  callback: 'Signing in. This window closes by itself.',

  connect: 'Connect Spotify',
  listen: 'Listen without signing in',
  listenText: 'Without signing in, Spotify’s own player plays here: full tracks if you are logged in to Spotify in this browser, previews if not.',
  startText: 'Spotify’s own player plays here: full tracks if you are logged in to Spotify in this browser, previews if not. Nothing is asked of Spotify before you start.',
  embedEmptyText: 'Paste a link below, or play a track that somebody shares. Only you will hear it.',
  embed: 'Spotify’s own player',
  link: 'Link to Spotify',
  playLink: 'Play this link',
  wrongLink: 'That is no link to a track, an album, a playlist or an episode on Spotify. In Spotify, choose Share, copy the link, and paste it here.',
  notHere: (skips) =>
    skips
      ? 'Volume, search and queue are not available here: this is Spotify’s own player, without your account.'
      : 'Volume, skipping, search and queue are not available here: this is Spotify’s own player, without your account.',
  showWindow: 'Show the window',
  cancel: 'Cancel',
  bringHere: 'Bring it here',
  disconnect: 'Disconnect',
  dismiss: 'Dismiss',
  remedies: {
    connect: 'Connect Spotify',
    redirect: 'Continue in this tab',
    retry: 'Try again',
    resume: 'Start the music',
    none: '',
  },
  problems: {
    'popup-blocked': 'Your browser kept Spotify’s window from opening. Allow it and connect again, or continue in this tab.',
    'popup-closed': 'Spotify’s window was closed before you were signed in. Connect again whenever you like.',
    'sign-in-refused': 'Spotify was not given your permission, so nothing can play here. Connect again to allow it.',
    'sign-in-mismatch': 'That sign-in was not started on this page, so it was not used. Connect again from here.',
    'sign-in-failed': 'Signing in with Spotify did not work. Connect again in a moment.',
    'sign-in-expired': 'Your sign-in with Spotify has run out. Connect again to go on listening.',
    'premium-required': 'Spotify plays here for Premium accounts only. Connect an account that has Premium.',
    'not-on-list': 'Spotify limits who may listen through this site, and this account is not on its list. Ask the people who run the site to add you.',
    'owner-premium': 'Spotify has switched this site’s player off, because the site’s own Premium has ended. Let the people who run the site know.',
    'sdk-blocked': 'Spotify’s player could not load. An ad blocker or a strict network may be in the way: let it through, then try again.',
    'device-timeout': 'Spotify’s player did not start in time. Try again; if that does not help, try another browser.',
    'device-lost': 'Spotify lost sight of this page, perhaps while it was asleep. Try again to go on.',
    'page-taken': 'A page has room for one player, and another one here is already in use. Use that one.',
    'autoplay-blocked': 'Your browser wants one more click from you before it plays sound.',
    'rate-limited': 'Spotify asks for a short break before the next request.',
    'quota-exceeded': 'This site has used up what Spotify allows it for now. Try again later.',
    restricted: 'Spotify does not allow that for what is playing now. Try it with another track.',
    'not-available': 'That cannot be done here: this is Spotify’s own player, without your account.',
    'not-found': 'Spotify no longer has what was asked for. Choose something else.',
    network: 'Spotify cannot be reached. Check your connection, then try again.',
    server: 'Spotify has trouble of its own right now. Try again in a moment.',
    playback: 'This track could not be played. Choose another one.',
  },
  retryIn: (seconds) => `Try again in ${words.wait(seconds)}.`,
  retryNow: 'You can try again now.',

  play: 'Play',
  pause: 'Pause',
  next: 'Next',
  previous: 'Previous',
  shuffle: 'Shuffle',
  repeat: 'Repeat',
  repeatModes: { off: 'Repeat is off', context: 'Repeats everything', track: 'Repeats this track' },
  seek: 'Seek',
  volume: 'Volume',
  mute: 'Mute',
  unmute: 'Unmute',
  position: (elapsed, total) => `${words.time(elapsed)} of ${words.time(total)}`,
  level: (level) => words.percent(level),

  search: 'Search tracks',
  clearSearch: 'Clear search',
  playTrack: (title, artists) => `Play ${title} by ${artists}`,
  addToQueue: (title) => `Add ${title} to the queue`,
  addedToQueue: (title) => `${title} is in the queue`,
  results: (count) => words.plural(count, { one: '# result', other: '# results' }),
  nothingFound: (query) => `Nothing found for “${query}”. Try fewer words, or check the spelling.`,
  moreResults: 'More results',
  searchOnSpotify: 'More on Spotify',
  playingNow: 'Playing now',
  searchFor: 'Search for',
  kinds: { track: 'Tracks', album: 'Albums', playlist: 'Playlists' },

  shareTrack: (title) => `Share ${title} in the chat`,
  sharedTrack: (title) => `${title} goes to the chat`,
  saveTrack: (title) => `Save ${title}`,

  openCollection: (title, by) => (by ? `Open ${title} by ${by}` : `Open ${title}`),
  playAll: (title) => `Play all of ${title}`,
  tracks: (count) => words.plural(count, { one: '# track', other: '# tracks' }),
  playlistCount: (count) => words.plural(count, { one: '# playlist', other: '# playlists' }),
  nothingHere: 'Nothing here yet.',
  closedCollection: 'Spotify shows the tracks of your own playlists only. You can still play all of it.',
  closedList: 'Spotify does not show that here.',
  back: 'Back',
  showMore: 'Show more',

  views: 'What to show',
  searchTab: 'Search',
  upNext: 'Up next',
  library: 'Library',
  showQueue: 'Show all that comes next',
  nothingNext: 'Nothing comes next. Add a track from the search.',
  playlists: 'Your playlists',
  saved: 'Saved tracks',
  recent: 'Recently played',

  devices: 'Devices',
  playOn: (device) => `Play on ${device}`,
  thisPage: 'This page',
  playsThere: 'Plays now',
  lookingForDevices: 'Looking for your devices…',
  noDevices: 'Spotify knows of no other device just now. Open Spotify on one, and look again.',
  playingOn: (device) => `Playing on ${device}`,
  withKey: (name, key) => `${name} (${key})`,

  openInSpotify: 'Open in Spotify',
  fromSpotify: 'Spotify',
  coverOf: (album) => `Cover of ${album}`,
});

/** Some of the player's sentences, as a page gives them. */
export type PlayerSentences = Replaced<PlayerStrings>;

export const playerPart: Part<PlayerStrings> = {
  name: 'player',
  english,
  translated: (language, words) => language.player(words),
};
