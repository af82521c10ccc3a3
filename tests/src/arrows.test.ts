import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });

/** What the linter says of `code` at `path`, as the messages of the rules that hold the arrows. */
async function complaints(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, path) });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId?.includes('restricted')).map(({ message }) => message);
}

describe('a room cannot reach a player (I1): the lint rule', () => {
  const broken: [path: string, code: string][] = [
    ['src/chat/session.ts', "import { createPlayerSession } from '../player/session.js';"],
    ['src/chat/session.ts', "import type { PlayerControls } from '../player/controls.js';"],
    ['src/chat/log.ts', "import { positionAt } from '../player/snapshot.js';"],
    ['src/chat/session.ts', "export const load = () => import('../player/session.js');"],
    ['src/chat/supabase.ts', "import { loadSdk } from '../player/sdk.js';"],
    ['elements/chat-room/chat-room.ts', "import { playerControlsContext } from '../../src/contexts/player-controls.js';"],
    ['elements/chat-room/chat-room.ts', "import '../room-player/define.js';"],
    ['elements/chat-message/chat-message.ts', "export { PlayerControlsElement } from '../player-controls/player-controls.js';"],
    ['elements/chat-timeline/chat-timeline.ts', "export const key = Symbol.for('roomtone.player-controls');"],
    ['elements/now-playing/now-playing.ts', "import { playerControlsContext } from '../../src/contexts/player-controls.js';"],
    ['elements/shared/helper.ts', "import { createWebApi } from '../../src/player/web-api.js';"],
  ];

  it.each(broken)('refuses in %s: %s', async (path, code) => {
    expect(await complaints(path, code)).not.toEqual([]);
  });

  const allowed: [path: string, code: string][] = [
    ['elements/chat-room/chat-room.ts', "import type { PlayerSnapshot } from '../../src/player/snapshot.js';"],
    ['elements/chat-room/chat-room.ts', "import { playerStateContext } from '../../src/contexts/player-state.js';"],
    ['elements/player-controls/player-controls.ts', "import { playerControlsContext } from '../../src/contexts/player-controls.js';"],
  ];

  it.each(allowed)('allows in %s: %s', async (path, code) => {
    expect(await complaints(path, code)).toEqual([]);
  });
});

describe('the other arrows', () => {
  it.each([
    ['src/player/session.ts', "import { createChatSession } from '../chat/session.js';"],
    ['src/chat/session.ts', "import { createClient } from '@supabase/supabase-js';"],
    ['elements/chat-room/chat-room.ts', "import { createClient } from '@supabase/supabase-js';"],
    ['src/chat/session.ts', "import { ChatRoom } from '../../elements/chat-room/chat-room.js';"],
    ['elements/chat-room/chat-room.ts', "import { createFake } from '../../tests/elements/support/fake.js';"],
  ])('refuses in %s: %s', async (path, code) => {
    expect(await complaints(path, code)).not.toEqual([]);
  });
});

/** The modules that `file` loads at run time; imports of types vanish. */
function loads(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const names: string[] = [];
  for (const node of source.statements) {
    const isImport = ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
    const isExport = ts.isExportDeclaration(node) && !node.isTypeOnly;
    if ((isImport || isExport) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) names.push(node.moduleSpecifier.text);
  }
  const visit = (node: ts.Node): void => {
    // What comes later counts as well.
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [name] = node.arguments;
      if (!name || !ts.isStringLiteral(name)) throw new Error(`${file}: an import() of what nobody can foresee`);
      names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name.replace(/\.js$/, '.ts')));
}

function reachable(entry: string): string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    loads(file).forEach(visit);
  };
  visit(join(root, entry));
  return [...seen].map((file) => relative(root, file));
}

describe('what the chat loads, however many steps away', () => {
  it('holds no command of a player', () => {
    const loaded = reachable('elements/chat-room/define.ts');
    const everything = ['elements/chat-room/chat-room.ts', 'elements/chat-room/parts.ts', 'elements/chat-moderation/define.ts'];
    for (const file of [...everything, 'src/chat/supabase.ts', 'src/strings/locales/de.ts']) expect(loaded).toContain(file);
    expect(loaded.filter((file) => /^src\/player\/(?!snapshot)|player-controls|room-player|track-search/.test(file))).toEqual([]);
  });
});
