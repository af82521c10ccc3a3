import type { Listener } from '../../../demo/services/spotify/embed/listener.js';
import type { FromEmbed, ToEmbed } from '../../../demo/services/spotify/embed/protocol.js';
import { EmbedSession } from '../../../demo/services/spotify/embed/session.js';
import type { Simulator } from '../../../demo/services/spotify/simulator.js';
import type { EmbedPlace } from '../../../src/player/embed-engine.js';
import type { EmbedApi, EmbedController, EmbedEventName } from '../../../src/player/embed.js';

const base = 'https://open.example/spotify';

/**
 * One page with the iFrame API in it, without frames: what `demo/services/spotify/client/iframe-api.ts` and `embed.ts` are in a
 * browser. The line to the simulator is a call.
 */
export class EmbedPage implements EmbedPlace {
  /** The embed that is open; null for none. */
  session: EmbedSession | null = null;
  /** Each command as it goes out. */
  onSent: (message: ToEmbed) => void = () => undefined;
  /** Events that are kept back: what Spotify's own embed may not say. */
  unsaid: readonly FromEmbed['type'][] = [];
  /** Destroying ends in an error, as code of somebody else's may. */
  isStubborn = false;
  kind: 'item' | 'list' | null = null;
  /** How many embeds were made, and how many of them are gone. */
  made = 0;
  destroyed = 0;

  constructor(
    private readonly simulator: Simulator,
    private readonly listener: Listener,
  ) {}

  readonly api: EmbedApi = {
    createController: (_element, { uri }, then) => then(this.#create(uri)),
  };

  open(): HTMLElement {
    return {} as HTMLElement;
  }

  show(kind: 'item' | 'list'): void {
    this.kind = kind;
  }

  close(): void {
    this.kind = null;
  }

  /** The visitor presses a button of the embed's own. */
  press(name: 'play' | 'pause'): void {
    this.session?.receive({ type: 'button', name });
  }

  /** The host moves the embed in the page: browsers load a frame that is moved anew, from the address that it was made with. */
  move(): void {
    this.#reload();
  }

  #reload = (): void => undefined;

  #create(uri: string): EmbedController {
    this.made++;
    const listeners = new Map<EmbedEventName, ((event: unknown) => void)[]>();
    const tell = (from: EmbedSession, message: FromEmbed): void => {
      if (message.type === 'shown' || this.unsaid.includes(message.type)) return;
      // A message between frames comes later than it was sent.
      queueMicrotask(() => {
        if (this.session !== from) return;
        for (const listener of listeners.get(message.type) ?? []) listener('data' in message ? { data: message.data } : {});
      });
    };
    const open = (): EmbedSession => {
      const opened: EmbedSession = new EmbedSession(this.simulator, this.listener, base, (message) => tell(opened, message));
      this.session = opened;
      return opened;
    };
    let session = open();
    const send = (message: ToEmbed): void => {
      this.onSent(message);
      session.receive(message);
    };
    send({ type: 'load', uri });
    this.#reload = () => {
      session.close();
      session = open();
      // The frame's own: the page says nothing.
      session.receive({ type: 'load', uri });
    };
    return {
      loadUri: (next) => send({ type: 'load', uri: next }),
      play: () => send({ type: 'command', name: 'play' }),
      pause: () => send({ type: 'command', name: 'pause' }),
      resume: () => send({ type: 'command', name: 'resume' }),
      seek: (value) => send({ type: 'command', name: 'seek', value }),
      addListener: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
      destroy: () => {
        this.destroyed++;
        if (this.isStubborn) throw new TypeError('no frame');
        session.close();
        if (this.session === session) this.session = null;
        this.#reload = () => undefined;
      },
    };
  }
}
