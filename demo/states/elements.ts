/** All that there is to show, at once: a session that stands still is no reason for the elements to fetch their parts. */
import '../../elements/roomtone.ts';
import '../../elements/chat-room/parts.ts';
import { parts } from '../../elements/room-player/pieces.ts';

await parts.load();
