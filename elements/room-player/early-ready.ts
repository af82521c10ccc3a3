type Ready = (device: { readonly device_id: string }) => void;

/**
 * The SDK tells `ready` once. A host page's player may do so before the session is here to hear it: whoever comes to
 * listen later is told then.
 */
export class EarlyReady {
  #device: Parameters<Ready>[0] | null = null;

  constructor(private readonly player: Spotify.Player) {
    player.addListener('ready', this.#onReady);
    player.addListener('not_ready', this.#onGone);
  }

  /** The host's player, for the session. From now on that one listens. */
  release(): Spotify.Player {
    const { player } = this;
    const device = this.#device;
    player.removeListener('ready', this.#onReady);
    player.removeListener('not_ready', this.#onGone);
    if (!device) return player;
    return new Proxy(player, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        if (key !== 'addListener') return value.bind(target);
        return (name: string, listener: Ready): unknown => {
          if (name === 'ready') queueMicrotask(() => listener(device));
          return value.call(target, name, listener);
        };
      },
    });
  }

  readonly #onReady: Ready = (device) => {
    this.#device = device;
  };

  readonly #onGone = (): void => {
    this.#device = null;
  };
}
