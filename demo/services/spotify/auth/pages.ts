import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { people } from '../accounts.js';
import { escapeHtml } from '../http.js';

const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3ece3, #14110f);
  --card: light-dark(#fffdfa, #1f1a17);
  --text: light-dark(#241c16, #f4ece4);
  --muted: light-dark(#6a5d52, #b5a698);
  --line: light-dark(#e6dccf, #3a322b);
  --accent: light-dark(#b23c17, #ff9c73);
  --notice: light-dark(#ffe9b8, #4a3608);
  --on-notice: light-dark(#4a3200, #ffe3a6);
}
* { box-sizing: border-box; }
html { background: var(--ground); }
body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-items: center;
  padding: 24px 16px;
  background: radial-gradient(120% 90% at 50% 0%, color-mix(in oklab, var(--accent) 16%, var(--ground)), var(--ground) 60%);
  color: var(--text);
  font: 16px/1.5 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
main {
  width: min(420px, 100%);
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 20px;
  overflow: hidden;
  box-shadow: 0 24px 60px -24px rgb(0 0 0 / 35%);
}
.notice {
  margin: 0;
  padding: 10px 24px;
  background: var(--notice);
  color: var(--on-notice);
  font-size: 0.875rem;
  font-weight: 600;
}
.inner { padding: 24px; }
h1 { margin: 0 0 4px; font-size: 1.375rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 20px; color: var(--muted); }
ul { list-style: none; margin: 0 0 16px; padding: 0; display: grid; gap: 8px; }
li { display: grid; align-items: center; }
li > * { grid-area: 1 / 1; }
button {
  font: inherit;
  font-weight: 600;
  color: inherit;
  min-height: 52px;
  width: 100%;
  padding: 8px 16px;
  border: 1px solid var(--line);
  border-radius: 14px;
  background: none;
  text-align: start;
  cursor: pointer;
}
button:hover { border-color: var(--accent); background: color-mix(in oklab, var(--accent) 8%, transparent); }
button:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.plan { justify-self: end; margin-inline-end: 16px; pointer-events: none; color: var(--muted); font-size: 0.8125rem; }
.cancel { text-align: center; border-color: transparent; color: var(--muted); }
details {
  margin-top: 16px;
  padding-top: 16px;
  border-top: 1px solid var(--line);
  color: var(--muted);
  font-size: 0.8125rem;
}
summary { min-height: 24px; cursor: pointer; }
img { display: block; width: 100%; height: auto; border-radius: 8px; }
code { font: 0.9375em ui-monospace, monospace; overflow-wrap: anywhere; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The page cannot be framed, as Spotify's cannot, and loads nothing but a cover. */
export function pageHeaders(): OutgoingHttpHeaders {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'sha256-${styleHash}'`,
      "img-src 'self' data:",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
  };
}

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Spotify simulator</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<p class="notice">Spotify simulator – not Spotify</p>
<div class="inner">
${content}
</div>
</main>
</body>
</html>
`;

/** @param parameters what the app asked with: the answer carries it back */
export function authorizePage(parameters: URLSearchParams, scopes: readonly string[]): string {
  const hidden = [...parameters]
    .filter(([name]) => name !== 'continue_as')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const accounts = people.map(
    ({ name, displayName, product }) => `<li>
<button name="continue_as" value="${name}" aria-describedby="plan-${name}">Continue as ${displayName}</button>
<span class="plan" id="plan-${name}">${product === 'premium' ? 'Premium' : 'Free'}</span>
</li>`,
  );
  const asked = scopes.length
    ? `<details><summary>What it asks for</summary><code>${scopes.map(escapeHtml).join(' ')}</code></details>`
    : '';
  return page(
    'Choose an account',
    `<h1>Who is listening?</h1>
<p>The Roomtone demo asks to play music on one of these made-up accounts.</p>
<form method="post" action="authorize">
${hidden.join('\n')}
<ul>
${accounts.join('\n')}
</ul>
<button class="cancel" name="continue_as" value="">Cancel</button>
</form>
${asked}`,
  );
}

/** @param sentence as Spotify's own error page words it */
export function errorPage(sentence: string): string {
  return page(
    'Error',
    `<h1>${escapeHtml(sentence)}</h1>
<p>The app that sent you here asked in a way that is not accepted. Nothing was shared.</p>`,
  );
}

/** Who is logged in to Spotify in this browser, apart from any app: what embeds go by. @param as an account's name */
export function loginPage(as: string | null): string {
  const rows = people.map(({ name, displayName }) => `<li><button name="as" value="${name}">Log in as ${displayName}</button></li>`);
  return page(
    'Log in',
    `<h1>${as ? `Logged in as ${escapeHtml(as)}` : 'Nobody is logged in'}</h1>
<p>Whoever is logged in in this browser hears whole tracks in embeds, everybody else previews. Reload the page with the embed.</p>
<form action="login">
<ul>
${rows.join('\n')}
</ul>
<button class="cancel" name="as" value="">Log out</button>
</form>`,
  );
}

/** What a link in the player's metadata leads to; on Spotify it would be the page of the track, album or playlist. */
export function itemPage(name: string, by: string, cover: string | null): string {
  const image = cover === null ? '' : `\n<img src="${escapeHtml(cover)}" alt="" width="372" height="372">`;
  return page(escapeHtml(name), `<h1><bdi>${escapeHtml(name)}</bdi></h1>\n<p><bdi>${escapeHtml(by)}</bdi></p>${image}`);
}
