import type { Device } from '../accounts.js';
import { execute, type Command } from '../commands.js';
import { disallows } from '../playback/disallows.js';
import { currentUri, surroundings, type Repeat } from '../playback/playback.js';
import { badRequest, deviceNotFound, noActiveDevice, resourceNotFound, restrictionViolated } from './errors.js';
import { integer, type Answer, type Call, type Route } from './route.js';

const modify = ['user-modify-playback-state'];
const readState = ['user-read-playback-state'];

function known({ account, simulator }: Call, id: string): Device {
  const device = account.devices.get(id);
  if (!device || device.hiddenUntil > simulator.clock.now()) throw deviceNotFound();
  return device;
}

/**
 * The device of a command: the named one, or the account's active one. Only starting, resuming, transferring and the
 * volume reach a device that is not active.
 */
function target(call: Call, reaches: 'any' | 'active'): Device {
  const id = call.exchange.query('device_id');
  const device = id === null ? call.account.active : known(call, id);
  if (!device || (reaches === 'active' && device !== call.account.active)) throw noActiveDevice();
  return device;
}

function carryOut(call: Call, device: Device, command: Command): Answer {
  execute(call.simulator, call.account, device, command);
  return 'no-content';
}

/** For what needs a track to be there. */
function onTrack(call: Call, command: Command): Answer {
  const device = target(call, 'active');
  if (currentUri(call.account.playback) === null) throw restrictionViolated();
  return carryOut(call, device, command);
}

const isStart = (body: Call['body']): boolean => body.context_uri !== undefined || body.uris !== undefined;

/** What `PUT /me/player/play` names: the tracks, and where to begin. */
function readStart({ body, simulator: { catalogue } }: Call): Command & { name: 'play' } {
  const { context_uri: contextUri, uris, offset, position_ms: positionMs = 0 } = body;
  if (contextUri !== undefined && uris !== undefined) throw badRequest("Can't have both context_uri and uris");
  if (typeof positionMs !== 'number' || positionMs < 0) throw badRequest('Invalid position_ms');
  let items: readonly string[];
  if (contextUri !== undefined) {
    const context = typeof contextUri === 'string' ? catalogue.context(contextUri) : undefined;
    if (!context) throw badRequest('Invalid context uri');
    if (offset !== undefined && String(contextUri).startsWith('spotify:artist:')) {
      throw badRequest("Can't have offset for context type: ARTIST");
    }
    items = context.tracks.map(({ uri }) => uri);
  } else {
    if (!Array.isArray(uris) || uris.length === 0) throw badRequest('Invalid track uri');
    const wrong: unknown = uris.find((uri) => typeof uri !== 'string' || !catalogue.track(uri));
    if (wrong !== undefined) throw badRequest(`Invalid track uri: ${String(wrong)}`);
    items = uris as string[];
  }
  return {
    name: 'play',
    contextUri: (contextUri as string | undefined) ?? null,
    items,
    index: readOffset(offset, items),
    positionMs,
  };
}

function readOffset(offset: unknown, items: readonly string[]): number | null {
  if (offset === undefined || offset === null) return null;
  const { position, uri } = offset as { position?: unknown; uri?: unknown };
  const index = typeof uri === 'string' ? items.indexOf(uri) : position;
  if (typeof index !== 'number' || !Number.isInteger(index)) throw badRequest('Invalid offset');
  if (index < 0 || index >= items.length) throw restrictionViolated();
  return index;
}

function play(call: Call): Answer {
  const { account, body } = call;
  if (isStart(body)) return carryOut(call, target(call, 'any'), readStart(call));
  const device = target(call, 'any');
  const { playback } = account;
  // Resuming what plays is refused, as pausing what is paused.
  if (currentUri(playback) === null || (device === account.active && !playback.paused)) throw restrictionViolated();
  carryOut(call, device, { name: 'resume' });
  if (typeof body.position_ms === 'number') carryOut(call, device, { name: 'seek', positionMs: body.position_ms });
  return 'no-content';
}

function transfer(call: Call): Answer {
  const { device_ids: ids, play = false } = call.body;
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('Missing required field: device_ids');
  if (ids.length > 1) throw badRequest('Only one device_id is currently supported');
  return carryOut(call, known(call, String(ids[0])), { name: 'transfer', play: play === true });
}

function playingNow(call: Call, withDevice: boolean): Answer {
  const { account, shapes, simulator } = call;
  const { active, playback } = account;
  const track = simulator.catalogue.track(currentUri(playback) ?? '');
  if (!active || !track) return 'no-content';
  return {
    json: {
      ...(withDevice && {
        device: shapes.device(active, true),
        repeat_state: playback.repeat,
        shuffle_state: playback.shuffle,
        smart_shuffle: false,
      }),
      actions: { disallows: disallows(playback) },
      context: playback.contextUri === null ? null : shapes.context(playback.contextUri),
      currently_playing_type: 'track',
      is_playing: !playback.paused,
      item: shapes.track(track),
      progress_ms: account.positionMs,
      timestamp: Math.round(playback.at),
    },
  };
}

function queue({ account, shapes, simulator: { catalogue } }: Call): Answer {
  const tracks = (uris: readonly string[]): unknown[] =>
    uris.flatMap((uri) => catalogue.track(uri) ?? []).map((track) => shapes.track(track));
  const [current = null] = account.active ? tracks([currentUri(account.playback) ?? '']) : [];
  return {
    json: {
      currently_playing: current,
      queue: current === null ? [] : tracks(surroundings(account.playback, 20).next),
    },
  };
}

function recentlyPlayed(call: Call): Answer {
  const { account, shapes, exchange, simulator } = call;
  const limit = integer(call, 'limit', { least: 1, most: 50, otherwise: 20 });
  const items = account.played.slice(0, limit).flatMap(({ uri, at, contextUri }) => {
    const track = simulator.catalogue.track(uri);
    return track
      ? [
          {
            context: contextUri === null ? null : shapes.context(contextUri),
            played_at: new Date(at).toISOString(),
            track: shapes.track(track),
          },
        ]
      : [];
  });
  return { json: { cursors: null, href: exchange.url.href, items, limit, next: null } };
}

const repeatModes: readonly string[] = ['off', 'context', 'track'] satisfies Repeat[];

export const playerRoutes: readonly Route[] = [
  { method: 'GET', path: '/me/player', scopes: readState, run: (call) => playingNow(call, true) },
  {
    method: 'GET',
    path: '/me/player/currently-playing',
    scopes: ['user-read-currently-playing'],
    run: (call) => playingNow(call, false),
  },
  {
    method: 'GET',
    path: '/me/player/queue',
    scopes: ['user-read-currently-playing', 'user-read-playback-state'],
    run: queue,
  },
  { method: 'GET', path: '/me/player/recently-played', scopes: ['user-read-recently-played'], run: recentlyPlayed },
  {
    method: 'GET',
    path: '/me/player/devices',
    scopes: readState,
    run: ({ account, shapes, simulator }) => ({
      json: {
        devices: [...account.devices.values()]
          .filter(({ hiddenUntil }) => hiddenUntil <= simulator.clock.now())
          .map((device) => shapes.device(device, device === account.active)),
      },
    }),
  },
  { method: 'PUT', path: '/me/player', scopes: modify, command: 'transfer', run: transfer },
  {
    method: 'PUT',
    path: '/me/player/play',
    scopes: modify,
    command: (body) => (isStart(body) ? 'play' : 'resume'),
    run: play,
  },
  {
    method: 'PUT',
    path: '/me/player/pause',
    scopes: modify,
    command: 'pause',
    run(call) {
      if (target(call, 'active') && call.account.playback.paused) throw restrictionViolated();
      return onTrack(call, { name: 'pause' });
    },
  },
  {
    method: 'POST',
    path: '/me/player/next',
    scopes: modify,
    command: 'next',
    run: (call) => onTrack(call, { name: 'next' }),
  },
  {
    method: 'POST',
    path: '/me/player/previous',
    scopes: modify,
    command: 'previous',
    run: (call) => onTrack(call, { name: 'previous' }),
  },
  {
    method: 'PUT',
    path: '/me/player/seek',
    scopes: modify,
    command: 'seek',
    run: (call) =>
      onTrack(call, {
        name: 'seek',
        positionMs: integer(call, 'position_ms', { least: 0, most: Number.MAX_SAFE_INTEGER }),
      }),
  },
  {
    method: 'PUT',
    path: '/me/player/volume',
    scopes: modify,
    command: 'volume',
    run: (call) =>
      carryOut(call, target(call, 'any'), {
        name: 'volume',
        level: integer(call, 'volume_percent', { least: 0, most: 100 }) / 100,
      }),
  },
  {
    method: 'PUT',
    path: '/me/player/shuffle',
    scopes: modify,
    command: 'shuffle',
    run(call) {
      const state = call.exchange.query('state');
      if (state !== 'true' && state !== 'false') throw badRequest('Invalid state');
      return carryOut(call, target(call, 'active'), { name: 'shuffle', on: state === 'true' });
    },
  },
  {
    method: 'PUT',
    path: '/me/player/repeat',
    scopes: modify,
    command: 'repeat',
    run(call) {
      const state = call.exchange.query('state') ?? '';
      if (!repeatModes.includes(state)) throw badRequest('Invalid state');
      return carryOut(call, target(call, 'active'), { name: 'repeat', mode: state as Repeat });
    },
  },
  {
    method: 'POST',
    path: '/me/player/queue',
    scopes: modify,
    command: 'queue',
    run(call) {
      const uri = call.exchange.query('uri');
      if (uri === null) throw badRequest('Missing uri');
      if (!call.simulator.catalogue.track(uri)) {
        throw uri.startsWith('spotify:track:') ? resourceNotFound() : badRequest('Invalid uri');
      }
      return carryOut(call, target(call, 'active'), { name: 'queue', uri });
    },
  },
];
