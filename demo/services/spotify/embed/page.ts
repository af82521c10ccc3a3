import { createHash } from 'node:crypto';
import { escapeHtml } from '../http.js';

const style = `
:root { color-scheme: light dark; --ground: light-dark(#e9ddcf, #2a221d); --text: light-dark(#241c16, #f4ece4); --muted: light-dark(#5f5348, #bcae9f); --accent: light-dark(#b23c17, #ff9c73); }
* { box-sizing: border-box; }
html, body { block-size: 100%; }
body { margin: 0; display: grid; grid-template: auto minmax(0, 1fr) / auto minmax(0, 1fr); gap: 0 14px; padding: 14px; border-radius: 12px; background: var(--ground); color: var(--text); font: 14px/1.35 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; overflow: hidden; }
img { inline-size: clamp(64px, 26vw, 124px); aspect-ratio: 1; border-radius: 8px; background: color-mix(in oklab, var(--text) 12%, transparent); }
.words { min-inline-size: 0; display: grid; grid-template-columns: minmax(0, 1fr); align-content: space-between; gap: 6px; }
p { margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
#title { font-weight: 700; font-size: 16px; }
#by, #note, .mark { color: var(--muted); font-size: 12px; }
.row { display: flex; gap: 10px; align-items: center; min-inline-size: 0; }
button { flex: none; inline-size: 36px; block-size: 36px; border: 0; border-radius: 50%; background: var(--text); color: var(--ground); font: 700 14px/1 sans-serif; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
progress { flex: 1; min-inline-size: 30px; block-size: 4px; accent-color: var(--accent); }
ol { grid-column: 1 / -1; margin: 10px 0 0; padding-inline-start: 26px; overflow: auto; color: var(--muted); }
ol:empty { display: none; }
a { color: inherit; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** It may be framed by any page, as Spotify's is, and loads nothing but its own script, sound and covers. */
export const embedHeaders = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'sha256-${styleHash}'`,
    "img-src 'self'",
    "media-src 'self'",
    "connect-src 'self' ws: wss:",
    "base-uri 'none'",
  ].join('; '),
};

/** The frame's whole document; its script does the rest. */
export const embedPage = (uri: string): string => `<!doctype html>
<html lang="en" data-uri="${escapeHtml(uri)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Spotify simulator: embed</title><style>${style}</style></head>
<body>
<img id="cover" alt="">
<div class="words">
<div><p id="title">…</p><p id="by"></p></div>
<div class="row"><button id="toggle" aria-label="Play in the embed">▶</button><progress id="progress" max="1" value="0" aria-label="Position"></progress></div>
<p id="note">Simulator – not Spotify</p>
</div>
<ol id="titles"></ol>
<script src="../client.js"></script>
</body>
</html>
`;
