import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { filledIn, samples, type Sample } from '../support/samples.ts';
import { expect, test } from './support/test.ts';

const project = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(project, path), 'utf8');
const inLanguage = (...languages: string[]): Sample[] => samples().filter(({ language }) => languages.includes(language));

/** A page that holds this and nothing else, on the demo's address; what goes wrong in it is collected. */
async function serve(page: Page, body: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => ['warning', 'error'].includes(message.type()) && complaints.push(message.text()));
  const html = `<!doctype html><html lang="en"><head><title>A sample</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
  await page.route('**/sample.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto('/sample.html');
  return complaints;
}

/** The README's first sample: what the others are added to. */
const embed = filledIn(inLanguage('html')[0]?.code ?? '');

test.describe('code in README and docs', () => {
  test('is of a kind that a test knows', () => {
    const known = ['html', 'js', 'css', 'sql', 'sh', 'tsx', 'vue', 'svelte', ''];
    expect(samples().filter(({ language }) => !known.includes(language)).map(({ place, language }) => `${place}: ${language}`)).toEqual([]);
    expect(samples().length).toBeGreaterThan(10);
  });

  for (const { place, code } of inLanguage('html')) {
    test(`html runs: ${place}`, async ({ page }) => {
      // What a sample leaves out, the embed has: one that shows an attribute is not one that brings its own script.
      const script = code.includes('<script') ? '' : '<script type="module" src="/roomtone.js"></script>';
      const complaints = await serve(page, script + filledIn(code));
      const written = [...code.matchAll(/<((?:room|chat|player|track|now)-[a-z-]+)/g)].map(([, name = '']) => name);
      for (const name of new Set(written)) {
        await page.waitForFunction((tag) => customElements.get(tag) !== undefined, name);
        await expect(page.locator(name).first()).toBeAttached();
      }
      if (code.includes('supabase-key')) await expect(page.getByRole('textbox', { name: 'Your name' }).first()).toBeVisible();
      expect(complaints).toEqual([]);
    });
  }

  for (const { place, code } of inLanguage('js')) {
    test(`js runs: ${place}`, async ({ page }) => {
      const complaints = await serve(page, embed);
      await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible();
      // A page's own supabase-js, as its script tag brings it.
      if (code.includes('supabase.createClient')) await page.addScriptTag({ path: join(project, 'node_modules/@supabase/supabase-js/dist/umd/supabase.js') });
      await page.addScriptTag({ type: 'module', content: `${filledIn(code)}\nwindow.sampleRan = true;` });
      await page.waitForFunction(() => 'sampleRan' in window);
      expect(complaints).toEqual([]);
    });
  }

  for (const { place, code } of inLanguage('css')) {
    test(`css names what there is: ${place}`, async ({ page }) => {
      await serve(page, `<style>${code}</style>${embed}`);
      const manifest = read('docs/reference/room-player.md') + read('docs/reference/chat-room.md') + read('docs/reference/README.md');
      for (const [name] of code.matchAll(/--roomtone-[a-z-]+/g)) expect(manifest, name).toContain(`\`${name}\``);
      for (const [, name = ''] of code.matchAll(/::part\(([a-z-]+)\)/g)) expect(manifest, name).toContain(name);
      // A browser drops a rule that it does not understand.
      const rules = await page.evaluate(() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText));
      expect(rules.length).toBe([...code.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/^[^\s}].*\{$/gm)].length);
      expect(rules.filter((rule) => /\{\s*\}/.test(rule))).toEqual([]);
    });
  }

  for (const { place, code, language } of inLanguage('tsx', 'vue', 'svelte')) {
    test(`${language} is what demo/hosts runs: ${place}`, () => {
      const file = { tsx: 'react/main.tsx', vue: 'vue/App.vue', svelte: 'svelte/App.svelte' }[language] ?? '';
      const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
      expect(inOneLine(read(`demo/hosts/${file}`))).toContain(inOneLine(filledIn(code)));
    });
  }

  test('commands exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const lines = inLanguage('sh').flatMap(({ code }) => code.trim().split('\n'));
    // Of other people's programs only the Supabase CLI is named: it works on a hosted project, which no test has.
    const own = lines.filter((line) => !/^npx supabase (link|db push( --include-seed)?|config push)$/.test(line));
    for (const line of own.flatMap((text) => text.split('&&'))) {
      const [, , run, name] = /^\s*(?:\w+=\S+ )*(npm|node) (run )?([\w:]+)/.exec(line) ?? [];
      expect(name, line).toBeDefined();
      expect(run || ['ci', 'start', 'test', 'install', 'pack'].includes(name ?? ''), line).toBeTruthy();
      if (run || name === 'start' || name === 'test') expect(scripts[name ?? ''], line).toBeDefined();
    }
  });

  test('links lead somewhere', () => {
    const broken = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...new Set(samples().map(({ place }) => place.split(',')[0] ?? ''))].flatMap((page) => {
      const text = read(page);
      const base = page.includes('/') ? 'docs/' : '';
      return [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
        .map(([, path = '']) => path)
        .filter((path) => {
          try {
            read(`${base}${path}`);
            return false;
          } catch (error) {
            // A folder is a place to lead to as well.
            return (error as NodeJS.ErrnoException).code !== 'EISDIR';
          }
        })
        .map((path) => `${page}: ${path}`);
    });
    expect(broken).toEqual([]);
  });
});
