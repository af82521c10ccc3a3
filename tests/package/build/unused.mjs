import MagicString from 'magic-string';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAst } from 'vite';

/**
 * What the parts of supabase-js bring along and a room never asks for: passkeys, wallets, passwords, the administration of
 * accounts, writing to tables. In the file for a script tag nobody else can ask for them either: it hands no client out.
 * The package from npm imports them as they are.
 */
const modules = [
  {
    module: /^\.\/lib\/webauthn$/,
    exports: [
      'WebAuthnApi',
      'browserSupportsWebAuthn',
      'createCredential',
      'deserializeCredentialCreationOptions',
      'deserializeCredentialRequestOptions',
      'getCredential',
      'serializeCredentialCreationResponse',
      'serializeCredentialRequestResponse',
      'webAuthnAbortService',
    ],
  },
  { module: /^\.\/lib\/web3\/ethereum$/, exports: ['createSiweMessage', 'fromHex', 'getAddress', 'toHex'] },
];

/**
 * Of these classes what a room calls, with all that those methods name in turn; `without` are objects of methods that the
 * constructor makes. `family`: other modules of that package call methods of the class too.
 */
export const classes = [
  {
    file: /[\\/]auth-js[\\/]dist[\\/]module[\\/]GoTrueClient\.js$/,
    calls: { GoTrueClient: ['getSession', 'getUser', 'onAuthStateChange', 'signInAnonymously', 'signOut'] },
    without: ['mfa', 'oauth', 'passkey'],
  },
  {
    file: /[\\/]auth-js[\\/]dist[\\/]module[\\/]GoTrueAdminApi\.js$/,
    calls: { GoTrueAdminApi: ['signOut'] },
    without: ['mfa', 'oauth', 'customProviders', 'passkey'],
  },
  {
    file: /[\\/]realtime-js[\\/]dist[\\/]module[\\/]RealtimeClient\.js$/,
    calls: { RealtimeClient: ['accessTokenValue', 'channel', 'disconnect', 'setAuth'] },
    family: true,
  },
  {
    file: /[\\/]realtime-js[\\/]dist[\\/]module[\\/]RealtimeChannel\.js$/,
    calls: { RealtimeChannel: ['on', 'presenceState', 'send', 'subscribe', 'teardown', 'track', 'unsubscribe'] },
    family: true,
  },
  {
    file: /[\\/]postgrest-js[\\/]dist[\\/]index\.mjs$/,
    calls: {
      PostgrestBuilder: ['retry', 'setHeader', 'then'],
      PostgrestTransformBuilder: ['limit', 'maybeSingle', 'order'],
      PostgrestFilterBuilder: ['eq', 'gt', 'in', 'is', 'lt'],
      PostgrestQueryBuilder: ['select'],
      PostgrestClient: ['from', 'rpc'],
    },
  },
];

const prefix = '\0roomtone:unused:';

/**
 * A version of those packages that takes more, or has not what is named here, ends the build, which says what is missing.
 * @returns {import('vite').Plugin}
 */
export function withoutUnused() {
  return {
    name: 'roomtone:without-unused',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer || !/[\\/]@supabase[\\/]auth-js[\\/]/.test(importer)) return null;
      const index = modules.findIndex(({ module }) => module.test(source));
      return index < 0 ? null : prefix + index;
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const { exports } = modules[Number(id.slice(prefix.length))];
      return ['class Unused {}', ...exports.map((name) => `export { Unused as ${name} };`)].join('\n');
    },
    transform: {
      filter: { id: /[\\/]@supabase[\\/]/ },
      handler(code, id) {
        const rule = classes.find(({ file }) => file.test(id));
        return rule ? onlyCalled(code, rule, rule.family ? namesBeside(id) : []) : null;
      },
    },
  };
}

/** What the other modules of a package say after a dot. */
function namesBeside(id) {
  const folder = dirname(id);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  return files.map((name) => join(folder, name)).filter((file) => file !== id).flatMap((file) => named(parseAst(readFileSync(file, 'utf8'))));
}

/**
 * @param {string} code of a module
 * @param {{ calls: Record<string, readonly string[]>, without?: readonly string[] }} rule
 * @param {Iterable<string>} besides names that others may call
 */
export function onlyCalled(code, { calls, without = [] }, besides = []) {
  const module = parseAst(code);
  const found = new Map([...nodes(module)].flatMap(classIn));
  const members = Object.keys(calls).flatMap((name) => {
    const body = found.get(name);
    if (!body) throw new Error(`There is no class ${name} any more: see tests/package/build/unused.mjs.`);
    for (const called of calls[name]) {
      const has = body.some((member) => nameOf(member) === called) || code.includes(`this.${called} =`);
      if (!has) throw new Error(`${name} has no ${called}() any more: see tests/package/build/unused.mjs.`);
    }
    return body;
  });
  const removed = without.map((name) => assignment(members, name));
  const isRemoved = ({ start, end }) => removed.some((statement) => start >= statement.start && end <= statement.end);
  const outside = named(module, (node) => members.includes(node));
  const alive = new Set(['constructor', ...Object.values(calls).flat(), ...outside, ...besides]);
  const kept = new Set();
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const member of members) {
      if (kept.has(member) || !isAlive(member, alive)) continue;
      kept.add(member);
      for (const name of named(member, isRemoved)) alive.add(name);
    }
  }
  const missing = without.filter((name) => alive.has(name));
  if (missing.length) throw new Error(`Something still uses ${missing.join(', ')}: see tests/package/build/unused.mjs.`);
  const shorter = new MagicString(code);
  for (const { start, end } of [...members.filter((member) => !kept.has(member)), ...removed]) shorter.remove(start, end);
  return { code: shorter.toString(), map: shorter.generateMap({ hires: true }) };
}

/** `class Name {}` and `var Name = class {}`. */
function classIn({ type, id, body, init }) {
  if (type === 'VariableDeclarator' && init?.type === 'ClassExpression') return [[id.name, init.body.body]];
  return type === 'ClassDeclaration' && id ? [[id.name, body.body]] : [];
}

const nameOf = ({ key }) => key?.name ?? key?.value;

/** Only methods of a name that nobody says can go: fields, static blocks and computed names stay. */
const isAlive = (member, alive) => member.type !== 'MethodDefinition' || member.computed || alive.has(nameOf(member));

/** The constructor's `this.name = …`. */
function assignment(members, name) {
  const statements = members.flatMap((member) => (nameOf(member) === 'constructor' ? member.value.body.body : []));
  const statement = statements.find(({ type, expression }) => type === 'ExpressionStatement' && expression.left?.property?.name === name);
  if (!statement) throw new Error(`Nothing sets .${name} any more: see tests/package/build/unused.mjs.`);
  return statement;
}

/** What is said after a dot, or in brackets as text. */
function named(node, leaveOut = () => false) {
  const names = [...nodes(node, leaveOut)].filter(({ type }) => type === 'MemberExpression').map(({ property }) => property.name ?? property.value);
  return names.filter((name) => typeof name === 'string');
}

function* nodes(node, leaveOut = () => false) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) yield* nodes(item, leaveOut);
    return;
  }
  if (node.type) {
    if (leaveOut(node)) return;
    yield node;
  }
  for (const value of Object.values(node)) yield* nodes(value, leaveOut);
}
