import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createCatalogue } from '../../../demo/services/spotify/catalogue/catalogue.js';
import { listenerOf } from '../../../demo/services/spotify/embed/listener.js';
import type { FromEmbed, ToEmbed } from '../../../demo/services/spotify/embed/protocol.js';
import type { EmbedReport } from '../../../demo/services/spotify/embed/session.js';
import { startSimulator } from './support.js';

const { tracks, albums } = createCatalogue();
const [track] = tracks;
if (!track) throw new Error('The catalogue is empty.');

/** The frame of an embed, less the frame. */
async function openLine(base: string, cookie = ''): Promise<{ send: (message: ToEmbed) => void; told: FromEmbed[]; line: WebSocket }> {
  const line = new WebSocket(`${base.replace('http', 'ws')}/embed/socket`, { headers: { cookie } });
  const told: FromEmbed[] = [];
  line.on('message', (data: Buffer) => told.push(JSON.parse(data.toString()) as FromEmbed));
  await once(line, 'open');
  return { send: (message) => line.send(JSON.stringify(message)), told, line };
}

describe('the embed of the simulator', () => {
  it('serves the script of the iFrame API, and nothing where it is blocked', async () => {
    const remote = await startSimulator();
    const script = await fetch(`${remote.base}/embed/iframe-api/v1`);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(await script.text()).toContain('onSpotifyIframeApiReady');
    await remote.fault('*', 'embed-blocked');
    await expect(fetch(`${remote.base}/embed/iframe-api/v1`)).rejects.toThrow();
  });

  it('serves a page that may be framed, and makes the browser known to it, once', async () => {
    const remote = await startSimulator();
    const address = `${remote.base}/embed/track/${track.id}`;
    const page = await fetch(address);
    expect(page.headers.get('x-frame-options')).toBe(null);
    expect(page.headers.get('content-security-policy')).not.toContain('frame-ancestors');
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(listenerOf(cookie)).toEqual({ name: expect.stringMatching(/^visitor [0-9a-f]{8}$/), isLoggedIn: false });
    expect((await fetch(address, { headers: { cookie } })).headers.get('set-cookie')).toBe(null);
    expect((await fetch(`${remote.base}/embed/artist/${track.id}`)).status).toBe(404);
  });

  it('logs a browser in and out, for whole tracks', async () => {
    const remote = await startSimulator();
    const login = await fetch(`${remote.base}/login?as=alice`, { redirect: 'manual' });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(listenerOf(cookie)).toEqual({ name: 'alice', isLoggedIn: true });
    expect(await (await fetch(`${remote.base}/login`, { headers: { cookie } })).text()).toContain('Logged in as alice');
    expect(await (await fetch(`${remote.base}/login`)).text()).toContain('Nobody is logged in');
  });

  it.each([
    ['a log-in', 'spotify-simulator-login=alice', 'alice', false],
    ['no log-in', 'spotify-simulator-visitor=0123abcd', 'visitor 0123abcd', true],
    ['no cookies', '', 'visitor unknown', true],
  ])('plays for %s, and writes each command down', async (_what, cookie, name, preview) => {
    const remote = await startSimulator();
    const { send, told, line } = await openLine(remote.base, cookie);
    send({ type: 'load', uri: track.uri });
    send({ type: 'command', name: 'play' });
    await expect.poll(() => remote.log()).toHaveLength(2);
    remote.clock.tick(200);
    await expect.poll(() => told.map(({ type }) => type).slice(0, 5)).toEqual(['shown', 'ready', 'playback_update', 'playback_started', 'playback_update']);
    remote.clock.tick(5_000);
    const [report] = (await (await fetch(`${remote.base}/embeds`)).json()) as EmbedReport[];
    const durationMs = preview ? 30_000 : track.durationMs;
    expect(report).toMatchObject({ listener: name, uri: track.uri, paused: false, preview, durationMs });
    expect(report?.positionMs).toBeGreaterThanOrEqual(5_000);
    expect((await remote.log()).map(({ account, source, command, deviceId }) => [account, source, command, deviceId])).toEqual([
      [name, 'embed', 'load', report?.id],
      [name, 'embed', 'play', report?.id],
    ]);
    line.close();
    await expect.poll(async () => (await fetch(`${remote.base}/embeds`)).json()).toEqual([]);
  });

  it('tells an error for a URI that does not exist', async () => {
    const remote = await startSimulator();
    const { send, told } = await openLine(remote.base);
    send({ type: 'load', uri: `spotify:track:${'0'.repeat(22)}` });
    await expect.poll(() => remote.log()).toHaveLength(1);
    remote.clock.tick(200);
    await expect.poll(() => told).toEqual([{ type: 'error', data: { code: 'not_found' } }]);
  });

  it('closes a line that speaks another language', async () => {
    const remote = await startSimulator();
    const { line } = await openLine(remote.base);
    line.send('nonsense');
    const [code] = (await once(line, 'close')) as [number];
    expect(code).toBe(1003);
  });

  it('tells title and picture of an item, to any page', async () => {
    const remote = await startSimulator();
    const ask = (page: string) => fetch(`${remote.base}/oembed?url=${encodeURIComponent(page)}`);
    const answer = await ask(`https://open.spotify.com/track/${track.id}`);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toMatchObject({ title: track.name, thumbnail_url: `${remote.base}/art/${track.album.id}.svg` });
    expect(await (await ask(`https://open.spotify.com/album/${albums[0]?.id}`)).json()).toMatchObject({ title: albums[0]?.name });
    expect((await ask('https://open.spotify.com/artist/1')).status).toBe(404);
  });
});
