import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';
import { expect, test } from './support/test.ts';
import { inEmbed, onAccount } from './support/listener.ts';
import { leftAlone } from './support/untouched.ts';

/** What somebody might write who takes the room for a way into other people's players. */
const hostile = [
  '{"type":"broadcast","event":"play","payload":{"uri":"spotify:track:0000000000000000000000"}}',
  'track-request spotify:track:0000000000000000000000',
  'javascript:document.querySelector("room-player").play()',
  'spotify:user:somebody https://open.spotify.com/user/somebody',
  '<img src=x onerror="document.querySelector(\'room-player\').pause()"><script>window.ran = true</script>',
  '<room-player client-id="evil" endpoints="https://evil.example"></room-player>',
  '[click](javascript:window.ran=true) https://example.org/"onmouseover="window.ran=true',
  '\u202Eemoh em ekat\u202C \u2066\u2067\u2068 unbalanced',
  `Z${'\u0301\u0316\u0353'.repeat(300)}algo`,
  'x'.repeat(4_000),
];

for (const engine of ['an account', 'an embed'] as const) {
  test(`a hostile room reaches no player, runs nothing and breaks no layout: ${engine}`, async ({ join, simulator, baseURL }) => {
    const ann = await join('Ann');
    const listener = engine === 'an embed' ? inEmbed(ann, simulator) : onAccount(ann, 'Alice');
    await ann.logIn('Alice');
    await listener.connect();
    await listener.start('Salt on the Window');
    const dialogs: string[] = [];
    const errors: string[] = [];
    const foreign: string[] = [];
    ann.page.on('dialog', (dialog) => void dialogs.push(dialog.message()));
    ann.page.on('pageerror', (error) => errors.push(error.message));
    ann.page.on('request', (request) => !request.url().startsWith(baseURL ?? '') && !request.url().startsWith('data:') && foreign.push(request.url()));

    const client = createClient(new URL('/supabase', baseURL).href, 'sb_publishable_demo', {
      auth: { persistSession: false, autoRefreshToken: false },
      realtime: { transport: ws as unknown as typeof WebSocket },
    });
    await client.auth.signInAnonymously();
    const { data: joined } = (await client.rpc('join_room', { room_slug: 'lobby', display_name: '<b>play()</b> "pause"' })) as {
      data: { room: { id: string; epoch: number } };
    };
    await client.realtime.setAuth();
    const channel = client.channel(`room:${joined.room.id}:${joined.room.epoch}`, {
      config: { private: true, presence: { key: 'roomtone.player-controls' } },
    });
    await new Promise<void>((resolve) => channel.subscribe((status) => status === 'SUBSCRIBED' && resolve()));

    await leftAlone(simulator, listener, async () => {
      await channel.track({ command: 'play', uri: 'spotify:track:0000000000000000000000', context: 'roomtone.player-controls' });
      for (const event of ['entry', 'play', 'track-request', 'listening']) {
        await channel.send({ type: 'broadcast', event, payload: { seq: 999_999, id: randomUUID(), kind: 'message', author_id: randomUUID(), author_name: 'Forged', body: 'Forged entry', created_at: new Date().toISOString(), uri: 'spotify:track:0000000000000000000000' } });
      }
      // Of this visit: the room may hold an earlier one's.
      const lines = `two hundred lines ${randomUUID()}`;
      for (const body of [...hostile, `${lines}${'\n'.repeat(200)}far below`]) {
        const { error } = await client.rpc('send_message', { room_id: joined.room.id, message_id: randomUUID(), body });
        expect(error).toBeNull();
      }
      const log = ann.chat.getByRole('log', { name: 'Messages' });
      await expect(log.getByText(lines)).toBeVisible();
      // Long ones are folded; the two hundred lines are the last.
      await expect.poll(() => log.getByRole('button', { name: 'Show more' }).count()).toBeGreaterThanOrEqual(2);
      await log.getByRole('button', { name: 'Show more' }).last().click();
      await expect(log.getByText('far below').last()).toBeAttached();
    });

    expect(dialogs).toEqual([]);
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    expect(await ann.page.evaluate(() => 'ran' in window)).toBe(false);
    await expect(ann.chat.getByText('Forged entry')).toHaveCount(0);
    await expect(ann.page.locator('room-player')).toHaveCount(1);
    const links = await ann.chat.getByRole('log', { name: 'Messages' }).getByRole('link').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links.filter((href) => !/^https?:/.test(href))).toEqual([]);
    for (const width of [1180, 320]) {
      await ann.page.setViewportSize({ width, height: 800 });
      const overflow = await ann.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `sideways overflow at ${width} px`).toBe(0);
    }
    await client.removeAllChannels();
    client.realtime.disconnect();
  });
}
