import { createChatSession, type ChatSession } from '../../src/chat/session.js';
import type { TimelineMessage } from '../../src/chat/model.js';
import { HubRegistry } from '../../src/chat/supabase/hub.js';
import { createSupabaseGateway } from '../../src/chat/supabase.js';

/** One of many in the room, as a guest, on the production session and gateway. */
export class LoadMember {
  readonly session: ChatSession;
  /** Bodies that are shown as sent. */
  readonly shown = new Set<string>();

  /** @param show called once for each message, when it is shown as sent */
  constructor(
    readonly name: string,
    url: string,
    show: (body: string) => void,
  ) {
    this.session = createChatSession({
      gateway: createSupabaseGateway({ url, key: 'sb_publishable_demo', storageKey: name, hubs: new HubRegistry() }),
      slug: 'lobby',
    });
    let last: readonly TimelineMessage[] = [];
    this.session.subscribe(({ messages }) => {
      if (messages === last) return;
      last = messages;
      // What is new stands at the end, among own messages that are on their way.
      for (let index = messages.length - 1; index >= 0; index--) {
        const { body, state } = messages[index] as TimelineMessage;
        if (state !== 'sent') continue;
        if (this.shown.has(body)) break;
        this.shown.add(body);
        show(body);
      }
    });
  }

  /** Joins, and waits until the room is live. */
  async enter(): Promise<void> {
    const { session, name } = this;
    const ready = new Promise<void>((resolve) => {
      const look = (): void => {
        if (session.snapshot.status === 'signed-out') void session.join(name);
        if (session.snapshot.status === 'ready') resolve();
      };
      session.subscribe(look);
    });
    session.start();
    await ready;
  }
}
