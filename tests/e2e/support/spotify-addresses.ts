import type { BrowserContext } from 'playwright/test';
import { WebSocket } from 'ws';

/**
 * Spotify's own addresses, answered by the simulator: for pages that have no `endpoints`. What a page's policy forbids never
 * gets here, for a browser looks at the policy before it asks.
 */
export async function answerForSpotify(context: BrowserContext, demo: string): Promise<void> {
  const simulator = new URL('/spotify', demo).href;
  /** The simulator writes its own address where Spotify writes its. */
  const asSpotify = (text: string): string =>
    text
      .replaceAll(`${simulator}/art/`, 'https://i.scdn.co/art/')
      .replaceAll(`${simulator}/audio/`, 'https://sdk.scdn.co/audio/')
      .replaceAll(`${simulator}/v1/`, 'https://api.spotify.com/v1/');

  await context.route(/^https:\/\/((sdk|i)\.scdn\.co|(api|accounts)\.spotify\.com)\//, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const path = pathname === '/spotify-player.js' ? '/sdk.js' : pathname;
    // A tune may still be on its way when its listener leaves: then there is nobody to answer.
    try {
      const response = await route.fetch({ url: `${simulator}${path}${search}`, maxRedirects: 0 });
      const isText = /json|text/.test(response.headers()['content-type'] ?? '');
      await route.fulfill({ response, ...(isText && { body: asSpotify(await response.text()) }) });
    } catch {
      return;
    }
  });

  await context.routeWebSocket('wss://sdk.scdn.co/dealer', (page) => {
    const dealer = new WebSocket(`${simulator.replace('http', 'ws')}/dealer`);
    const early: (string | Buffer)[] = [];
    page.onMessage((message) => (dealer.readyState === WebSocket.OPEN ? dealer.send(message) : early.push(message)));
    page.onClose(() => dealer.close());
    dealer.on('open', () => early.forEach((message) => dealer.send(message)));
    dealer.on('message', (data) => page.send(asSpotify(String(data))));
    dealer.on('close', () => void page.close());
  });
}
