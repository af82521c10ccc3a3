import { configs as lit } from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

/**
 * I1, a room cannot reach a player: what belongs to the chat, and what both sides share, may name the shape of a
 * snapshot and nothing else of the player. tests/src/arrows.test.ts breaks these rules on purpose.
 */
const chatLogic = ['src/chat/**', 'src/*.ts', 'src/strings/{chat,chat-message,moderation,language,languages,replaced,words}.ts', 'src/strings/locales/*'];
const chatViews = ['elements/chat-*/**', 'elements/now-playing/**', 'elements/shared/**'];

const noPlayer = {
  regex: '/player/(?!snapshot\\.js$)|/(room-player|player-[a-z]+|track-search)/|/player-controls(\\.js)?$',
  message: 'The chat cannot reach a player (I1): it gets a frozen snapshot and nothing else.',
};
const snapshotTypesOnly = { regex: '/player/snapshot\\.js$', allowTypeImports: true, message: "Only the snapshot's types (I1)." };
/** Each vendor in one place, so that a fake behind the same port can stand in for it. */
const noSupabase = { group: ['@supabase/*'], message: 'Only src/chat/supabase* imports supabase-js.' };
const noTests = { regex: '/(demo|tests)/', message: 'src and elements know nothing of demo and tests.' };
const noElements = { regex: '/elements/', message: 'Arrows run from elements to src.' };
const noChat = { regex: '/chat(-|/)', message: 'The player knows no chat.' };

const imports = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });

/** What an import rule cannot see. */
const noDetours = {
  'no-restricted-syntax': [
    'error',
    { selector: 'ImportExpression', message: 'No import() here: the linter could not see what it names (I1).' },
    {
      selector: 'MemberExpression[object.name="Symbol"][property.name="for"]',
      message: 'A context is named by its module, not by its key (I1).',
    },
  ],
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.roomtone/**', 'test-results/**'] },
  ...tseslint.configs.strict,
  lit['flat/recommended'],
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A non-null assertion hides what strict mode found; where a fact is known, the code shows it.
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  { files: ['elements/**/*.ts'], rules: imports(noSupabase, noTests) },
  { files: ['src/**/*.ts'], rules: imports(noSupabase, noTests, noElements) },
  { files: ['src/player/**/*.ts'], rules: imports(noSupabase, noTests, noElements, noChat) },
  { files: chatViews, rules: { ...imports(noSupabase, noTests, noPlayer, snapshotTypesOnly), ...noDetours } },
  { files: chatLogic, rules: { ...imports(noSupabase, noTests, noElements, noPlayer, snapshotTypesOnly), ...noDetours } },
  { files: ['src/chat/supabase*', 'src/chat/supabase/**'], rules: imports(noTests, noElements, noPlayer, snapshotTypesOnly) },
  {
    files: ['tests/**', 'demo/**'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Chai's assertions are property reads.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
