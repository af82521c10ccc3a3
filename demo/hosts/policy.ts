import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const root = join(import.meta.dirname, '../..');

/** The policy of docs/content-security-policy.md, word for word, on one line. */
export function documentedPolicy(): string {
  const text = readFileSync(join(root, 'docs/content-security-policy.md'), 'utf8');
  const policy = /```\n(default-src [^`]+?)\n```/.exec(text)?.[1];
  if (!policy) throw new Error('docs/content-security-policy.md has no policy in it.');
  return policy.replaceAll('\n', ' ');
}

/** What listening without signing in needs beside it, from docs/engines.md. */
function withEmbed(policy: string): string {
  const text = readFileSync(join(root, 'docs/engines.md'), 'utf8').split('## Content Security Policy')[1] ?? '';
  const lines = [...text.matchAll(/`(script-src|frame-src|connect-src) ([^`]+)`/g)].map(([, directive = '', more = '']) => [directive, more] as const);
  const name = /add `([\w-]+)` to `trusted-types`/.exec(text)?.[1];
  if (lines.length !== 3 || !name) throw new Error('docs/engines.md says no more what the embed needs.');
  return [...lines, ['trusted-types', name] as const].reduce((all, [directive, more]) => all.replace(`${directive} `, `${directive} ${more} `), policy);
}

/** With the stand-ins, and this page's own stylesheet, in place of what a site fills in. */
export function demoPolicy(): string {
  const ours = documentedPolicy()
    .replaceAll(/(https|wss):\/\/YOUR_PROJECT\.supabase\.co/g, "'self'")
    .replace(/^(default-src [^;]+);/, "$1; style-src 'self';");
  // Spotify's stand-in is on the page's own port.
  return ours.replace('frame-src https://sdk.scdn.co', "$& 'self'").replace('https://i.scdn.co', "https://i.scdn.co 'self'");
}

/**
 * Serves demo/hosts/strict-csp.html with that policy, and as it is: Vite would put a script of its own into it. With
 * `?supabase=<origin>` it is a site's own page: the policy word for word, Spotify at its own addresses; with `?embed` it may listen
 * without signing in.
 */
export function strictPage(): Plugin {
  const path = '/hosts/strict-csp.html';
  return {
    name: 'roomtone:strict-page',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use(path, (request, response) => {
        const asked = new URLSearchParams(request.url?.split('?')[1]);
        const project = asked.get('supabase');
        const policy = project ? policyFor(new URL(project).origin) : demoPolicy();
        const page = readFileSync(join(root, 'demo', path), 'utf8');
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.setHeader('content-security-policy', asked.has('embed') ? withEmbed(policy) : policy);
        response.end(project ? asSite(page, new URL(project).origin) : page);
      });
    },
  };
}

function policyFor(project: string): string {
  const policy = documentedPolicy().replace('https://YOUR_PROJECT.supabase.co', project);
  return policy.replace('wss://YOUR_PROJECT.supabase.co', project.replace('http', 'ws'));
}

/** Without a stylesheet, of which the documented policy says nothing. */
function asSite(page: string, project: string): string {
  const ours = page.replace(' endpoints="/spotify"', '').replace('"/supabase"', `"${project}/supabase"`);
  return ours.replace(/<link rel="stylesheet"[^>]*>/, '');
}
