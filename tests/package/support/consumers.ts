/** What people write who use the package. Each `@ts-expect-error` fails the check where the types would let it pass. */

export const page = `
import { PlayerStateChangeEvent, RoomPlayer, type ChatStatus, type PlayerCommands, type PlayerSnapshot } from 'roomtone';

const player: RoomPlayer = document.createElement('room-player');
player.clientId = 'client';
player.getToken = async () => 'token';
player.addEventListener('player-state-change', (event) => {
  const snapshot: PlayerSnapshot = event.snapshot;
  console.log(snapshot.track?.title, event instanceof PlayerStateChangeEvent);
});

const room = document.querySelector('chat-room');
const status: ChatStatus | undefined = room?.status;
room?.addEventListener('unread-change', ({ count }) => console.log(count.toFixed(), status));

export const start = (commands: PlayerCommands): Promise<void> => commands.play('spotify:track:4uLU6hMCjMI75M1A2tKUQC');

// @ts-expect-error a level is a number
player.volume = 'loud';
`;

export const react = `
import type {} from 'roomtone/react';

export const page = (
  <room-player
    clientId="client"
    volume={0.5}
    controls="none"
    className="player"
    ref={(player) => void player?.connect()}
    onplayer-state-change={({ snapshot }) => snapshot.volume.toFixed()}
  >
    <chat-room
      room="lobby"
      supabase-url="/"
      supabaseKey="key"
      no-listening-switch
      onunread-change={({ count }) => count.toFixed()}
    />
  </room-player>
);

// @ts-expect-error a room's name is text
export const wrong = <chat-room room={5} />;
`;

export const templates = `
import type {} from 'roomtone/svelte';
import type {} from 'roomtone/vue';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';

type Vue = InstanceType<GlobalComponents['room-player']>['$props'];
type Svelte = SvelteHTMLElements['chat-room'];
export const vue: Vue = { clientId: 'client', class: 'a', onPlayerStateChange: ({ snapshot }) => snapshot.status.at(0) };
export const svelte: Svelte = { room: 'lobby', 'supabase-url': '/', 'onunread-change': ({ count }) => count.toFixed() };

// @ts-expect-error a client ID is text
export const wrongVue: Vue = { clientId: 5 };
// @ts-expect-error a room's name is text
export const wrongSvelte: Svelte = { room: 5 };
`;
