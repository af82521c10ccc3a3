/** What runs in the SDK's frame: it is the device. It keeps the socket to the dealer, and makes the sound. */
import type { DevicePlayback, Envelope, FromDealer, FromFrame, ToDealer, ToFrame } from '../device/protocol.js';

const channel: Envelope<never>['channel'] = 'spotify-simulator';
/** How far, in seconds, sound may be from the account's clock before it jumps: loading takes a moment. */
const mayDiffer = 0.4;
const mayLag = 1.5;

/** The page's origin, known from its first message: nothing is said to any other. */
let pageOrigin: string | null = null;
const tell = (message: FromFrame, origin = pageOrigin): void => {
  if (origin !== null) window.parent.postMessage({ channel, message } satisfies Envelope<FromFrame>, origin);
};
const event = (name: string, payload: unknown): void => tell({ type: 'event', name, payload });

/** The audio element, following what the account plays. */
class Sound {
  readonly #audio = document.createElement('audio');
  #playback: DevicePlayback | null = null;
  #since = 0;

  constructor(private readonly onRefused: () => void) {
    document.body.append(this.#audio);
    this.#audio.addEventListener('playing', () => {
      if (this.#shouldBeAt - this.#audio.currentTime > mayLag) this.#audio.currentTime = this.#shouldBeAt;
    });
  }

  set volume(level: number) {
    this.#audio.volume = level;
  }

  /** As the SDK tells it, with the position of this moment. */
  get state(): Spotify.PlaybackState | null {
    const state = this.#playback?.state;
    return state ? { ...state, position: Math.round(this.#shouldBeAt * 1_000), timestamp: Date.now() } : null;
  }

  follow(playback: DevicePlayback | null): void {
    this.#playback = playback;
    this.#since = performance.now();
    if (!playback) return this.#audio.pause();
    if (this.#audio.src !== playback.audioUrl) {
      this.#audio.src = playback.audioUrl;
      this.#audio.currentTime = this.#shouldBeAt;
    } else if (Math.abs(this.#audio.currentTime - this.#shouldBeAt) > mayDiffer) {
      this.#audio.currentTime = this.#shouldBeAt;
    }
    if (playback.state.paused) this.#audio.pause();
    else if (playback.refused) this.onRefused();
    else void this.#play();
  }

  /** Inside a click: browsers that judge each element let it play from then on. */
  activate(): void {
    if (this.#audio.src === '') this.#audio.src = new URL('audio/silence.wav', location.href).href;
    if (this.#audio.paused && this.#playback === null) void this.#play();
  }

  get #shouldBeAt(): number {
    const state = this.#playback?.state;
    if (!state) return 0;
    const moved = state.paused ? 0 : performance.now() - this.#since;
    return Math.min(state.position + moved, state.duration) / 1_000;
  }

  async #play(): Promise<void> {
    try {
      await this.#audio.play();
    } catch (error) {
      // An AbortError means that another command came first.
      if (error instanceof DOMException && error.name === 'NotAllowedError' && this.#playback) this.onRefused();
    }
  }
}

/** The socket to the dealer. What breaks is tried again, until the page disconnects. */
class Device {
  #socket: WebSocket | null = null;
  #wanted: { readonly name: string; readonly volume: number; readonly id: number | null } | null = null;
  #deviceId: string | null = null;
  #isReady = false;
  #isSignedIn = false;
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  volume = 1;
  readonly sound = new Sound(() => {
    this.#send({ type: 'autoplay-failed' });
    event('autoplay_failed', undefined);
  });

  connect(name: string, volume: number, id: number): void {
    this.disconnect();
    this.#wanted = { name, volume, id };
    this.volume = volume;
    this.sound.volume = volume;
    this.#open();
  }

  disconnect(): void {
    this.#wanted = null;
    this.#isReady = false;
    clearTimeout(this.#retry);
    this.#socket?.close();
    this.#socket = null;
    this.sound.follow(null);
  }

  /** The page's token: it signs the device in, or keeps it signed in. */
  token(token: string): void {
    if (!this.#wanted) return;
    if (this.#isSignedIn) return this.#send({ type: 'token', token });
    this.#isSignedIn = true;
    const { name } = this.#wanted;
    this.#send({ type: 'connect', token, name, volume: this.volume, deviceId: this.#deviceId });
  }

  rename(name: string): void {
    if (this.#wanted) this.#wanted = { ...this.#wanted, name };
    this.#send({ type: 'rename', name });
  }

  command(command: (ToFrame & { type: 'command' })['command']): void {
    this.#send({ type: 'command', command });
  }

  #open(): void {
    const address = new URL('dealer', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#isSignedIn = false;
    socket.onopen = () => tell({ type: 'token-needed' });
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      if (socket === this.#socket) this.#receive(JSON.parse(data) as FromDealer);
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lost();
    };
  }

  #lost(): void {
    if (this.#isReady) event('not_ready', { device_id: this.#deviceId });
    this.#isReady = false;
    this.sound.follow(null);
    this.#retry = setTimeout(() => this.#open(), Math.min(8_000, 400 * 2 ** this.#attempts++));
  }

  #send(message: ToDealer): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(message: FromDealer): void {
    switch (message.type) {
      case 'connected':
        this.#attempts = 0;
        if (typeof this.#wanted?.id === 'number') tell({ type: 'answer', id: this.#wanted.id, value: message.ok });
        if (this.#wanted) this.#wanted = { ...this.#wanted, id: null };
        return;
      case 'ready':
      case 'not_ready':
        this.#isReady = message.type === 'ready';
        this.#deviceId = message.deviceId;
        return event(message.type, { device_id: message.deviceId });
      case 'error':
        return event(message.event, { message: message.message });
      case 'token-needed':
        return tell({ type: 'token-needed' });
      case 'playback':
        return this.sound.follow(message.playback);
      case 'state':
        return event('player_state_changed', message.state);
      case 'volume':
        this.volume = message.volume;
        this.sound.volume = message.volume;
    }
  }
}

const device = new Device();

window.addEventListener('message', ({ source, origin, data }: MessageEvent<Envelope<ToFrame> | null>) => {
  if (source !== window.parent || data?.channel !== channel) return;
  pageOrigin ??= origin;
  if (origin !== pageOrigin) return;
  const { message } = data;
  switch (message.type) {
    case 'connect':
      return device.connect(message.name, message.volume, message.id);
    case 'disconnect':
      return device.disconnect();
    case 'token':
      return device.token(message.token);
    case 'rename':
      return device.rename(message.name);
    case 'activate':
      return device.sound.activate();
    case 'state?':
      return tell({ type: 'answer', id: message.id, value: device.sound.state });
    case 'volume?':
      return tell({ type: 'answer', id: message.id, value: device.volume });
    case 'command':
      return device.command(message.command);
  }
});

// Says nothing but that it is there, so any page may hear it.
tell({ type: 'loaded' }, '*');
