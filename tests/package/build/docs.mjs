import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createManifest } from './manifest.mjs';
import { referencePages } from './reference.mjs';

/** `npm run docs [folder]`: the reference pages, into `docs/reference` or the folder that is named. */
const project = resolve(import.meta.dirname, '../../..');
const folder = resolve(process.argv[2] ?? join(project, 'docs/reference'));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of referencePages(createManifest(project))) writeFileSync(join(folder, name), text);
