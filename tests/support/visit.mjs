/**
 * What a visit fetches that joins, chats, connects and plays, beside the entry and what it imports. Languages, moderation
 * and the table of emoji come when somebody asks for them.
 */
export const visit = ['chat-room/parts', 'room-player/parts'];
