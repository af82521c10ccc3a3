/** What runs in an embed's frame: it shows the item, makes the sound, and keeps the line to the simulator. */
import type { EmbedEnvelope, EmbedUpdate, FromEmbed, ShownItem, ToEmbed } from '../embed/protocol.js';

const channel: EmbedEnvelope<never>['channel'] = 'spotify-simulator-embed';
/** How far, in seconds, sound may be from the simulator's clock before it jumps. */
const mayDiffer = 0.6;

const by = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const audio = document.createElement('audio');
const toggle = by<HTMLButtonElement>('toggle');
let update: EmbedUpdate | null = null;
let pageOrigin: string | null = null;
let early: ToEmbed[] | null = [{ type: 'load', uri: document.documentElement.dataset.uri ?? '' }];

const address = new URL('../socket', location.href);
address.protocol = address.protocol.replace('http', 'ws');
const line = new WebSocket(address);
line.onopen = () => {
  const waiting = early ?? [];
  early = null;
  waiting.forEach(send);
};
line.onmessage = ({ data }: MessageEvent<string>) => receive(JSON.parse(data) as FromEmbed);

function send(message: ToEmbed): void {
  if (early) early.push(message);
  else line.send(JSON.stringify(message));
}

function receive(message: FromEmbed): void {
  if (message.type === 'shown') show(message.shown);
  else {
    if (message.type === 'error') by('title').textContent = 'Page not found';
    if (message.type === 'playback_update') follow(message.data);
    if (pageOrigin !== null) window.parent.postMessage({ channel, message } satisfies EmbedEnvelope<FromEmbed>, pageOrigin);
  }
}

function show({ title, by: artists, artworkUrl, audioUrl, titles, isPreview }: ShownItem): void {
  by('title').textContent = title;
  by('by').textContent = artists;
  by<HTMLImageElement>('cover').src = artworkUrl;
  audio.src = audioUrl;
  const note = by('note');
  note.textContent = 'Simulator – not Spotify';
  if (isPreview) {
    const link = Object.assign(document.createElement('a'), { href: '../../login', target: '_blank', textContent: 'log in' });
    note.append(' · Preview: ', link, ' for whole tracks');
  }
  by('titles').replaceChildren(
    ...(titles.length > 1 ? titles : []).map((each) => Object.assign(document.createElement('li'), { textContent: each })),
  );
}

function follow(next: EmbedUpdate): void {
  update = next;
  toggle.textContent = next.isPaused ? '▶' : '❚❚';
  toggle.setAttribute('aria-label', next.isPaused ? 'Play in the embed' : 'Pause in the embed');
  by<HTMLProgressElement>('progress').value = next.duration ? next.position / next.duration : 0;
  const seconds = next.position / 1_000;
  if (Math.abs(audio.currentTime - seconds) > mayDiffer) audio.currentTime = seconds;
  if (next.isPaused) return audio.pause();
  audio.play().catch((error: unknown) => {
    // An AbortError means that another command came first.
    if (error instanceof DOMException && error.name === 'NotAllowedError' && update?.isPaused === false) send({ type: 'autoplay-failed' });
  });
}

toggle.addEventListener('click', () => send({ type: 'button', name: update?.isPaused === false ? 'pause' : 'play' }));

window.addEventListener('message', ({ source, origin, data }: MessageEvent<EmbedEnvelope<ToEmbed | null> | null>) => {
  if (source !== window.parent || data?.channel !== channel) return;
  pageOrigin ??= origin;
  // Its first word only tells whose frame this is.
  if (origin === pageOrigin && data.message) send(data.message);
});

// Says nothing but that it is there, so any page may hear it.
window.parent.postMessage({ channel, message: null } satisfies EmbedEnvelope<null>, '*');
