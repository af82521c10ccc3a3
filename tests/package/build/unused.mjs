import { transformSync } from 'esbuild';
import MagicString from 'magic-string';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAst } from 'vite';

/**
 * What the parts of supabase-js bring along and a room never asks for: passkeys, wallets, passwords, the administration of
 * accounts, writing to tables; and an OAuth library's ID tokens. In the file for a script tag nobody else can ask for them
 * either: it hands no client out. The package from npm imports them as they are.
 */
const modules = [
  {
    from: /[\\/]@supabase[\\/]auth-js[\\/]/,
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
  { from: /[\\/]@supabase[\\/]auth-js[\\/]/, module: /^\.\/lib\/web3\/ethereum$/, exports: ['createSiweMessage', 'fromHex', 'getAddress', 'toHex'] },
  {
    from: /[\\/]@supabase[\\/]realtime-js[\\/]/,
    module: /^\.\/RealtimePostgresFilterBuilder$/,
    exports: ['RealtimePostgresFilterBuilder', 'postgresChangesFilter'],
  },
  {
    from: /[\\/]@supabase[\\/]realtime-js[\\/]/,
    module: /^\.\/lib\/websocket-factory$/,
    // What it says of where there is none is for servers.
    code: 'export default { getWebSocketConstructor: () => WebSocket };',
  },
];

/**
 * Of these classes what a room calls, with all that those methods name in turn. `without` are objects that the constructor
 * makes and nothing reads then. `known` is what the room's client has set once and for all (src/chat/supabase/client.ts), so
 * that what is for other settings goes; `gone` are classes of which nothing is made then, and `never` methods and functions that
 * nothing leads to. `quiet` methods only log. `spread` is a compiler's helper for `{ ...a, ...b }` in engines that have it not.
 * `family`: other modules of that package call methods of the class too.
 */
export const classes = [
  {
    file: /[\\/]auth-js[\\/]dist[\\/]module[\\/]GoTrueClient\.js$/,
    calls: { GoTrueClient: ['getSession', 'getUser', 'onAuthStateChange', 'refreshSession', 'signInAnonymously', 'signOut'] },
    without: ['mfa', 'oauth', 'passkey'],
    known: {
      autoRefreshToken: false,
      detectSessionInUrl: false,
      lock: null,
      logDebugMessages: false,
      memoryStorage: null,
      persistSession: true,
      throwOnError: false,
      userStorage: null,
    },
    quiet: ['_debug'],
  },
  {
    file: /[\\/]auth-js[\\/]dist[\\/]module[\\/]GoTrueAdminApi\.js$/,
    calls: { GoTrueAdminApi: ['signOut'] },
    without: ['mfa', 'oauth', 'customProviders', 'passkey'],
  },
  {
    file: /[\\/]realtime-js[\\/]dist[\\/]module[\\/]RealtimeClient\.js$/,
    calls: { RealtimeClient: ['accessTokenValue', 'channel', 'disconnect', 'setAuth'] },
    known: { worker: false },
    quiet: ['log'],
    family: true,
  },
  {
    file: /[\\/]realtime-js[\\/]dist[\\/]module[\\/]RealtimeChannel\.js$/,
    calls: { RealtimeChannel: ['on', 'presenceState', 'send', 'subscribe', 'teardown', 'track', 'unsubscribe'] },
    // Of rows that change in a table: a room's channels ask for none.
    never: ['_getPayloadRecords'],
    quiet: ['log'],
    family: true,
  },
  {
    file: /[\\/]phoenix[\\/]priv[\\/]static[\\/]phoenix\.mjs$/,
    // What realtime-js asks of it: its adapters, and what they hand out.
    calls: {
      Socket: ['channel', 'connect', 'connectionState', 'disconnect', 'endPointURL', 'isConnected', 'makeRef', 'onClose', 'onConnOpen', 'onError', 'onMessage', 'onOpen', 'push', 'sendHeartbeat'],
      Channel: ['join', 'leave', 'off', 'on', 'onClose', 'onError', 'push', 'teardown', 'trigger'],
      Push: ['cancelTimeout', 'receive'],
      Presence: ['onJoin', 'onLeave', 'onSync'],
      Timer: [],
      Ajax: [],
    },
    without: ['defaultDecoder', 'defaultEncoder'],
    known: { defaultDecoder: undefined, defaultEncoder: undefined, logger: null, longPollFallbackMs: undefined },
    gone: ['LongPoll'],
    quiet: ['log'],
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
    known: { shouldStripNulls: false, shouldThrowOnError: false },
    spread: '_objectSpread2',
  },
  {
    file: /[\\/]oauth4webapi[\\/]build[\\/]index\.js$/,
    calls: {},
    // Of OpenID Connect: Roomtone asks for no scope that brings an ID token, and an answer with one is refused.
    never: ['processAuthorizationCodeOpenIDResponse', 'validateIdTokenAuthTime', 'validateIdTokenClaims', 'validateIdTokenNonce'],
  },
];

const prefix = '\0roomtone:unused:';

/**
 * A version of those packages that takes more, or has not what is named here, ends the build, which says what is missing.
 * @returns {import('vite').Plugin[]}
 */
export function withoutUnused() {
  return [
    {
      name: 'roomtone:without-unused-modules',
      apply: 'build',
      enforce: 'pre',
      resolveId(source, importer = '') {
        const index = modules.findIndex(({ from, module }) => from.test(importer) && module.test(source));
        return index < 0 ? null : prefix + index;
      },
      load(id) {
        if (!id.startsWith(prefix)) return null;
        const { code, exports } = modules[Number(id.slice(prefix.length))];
        if (code) return code;
        return ['class Unused {}', ...exports.map((name) => `export { Unused as ${name} };`)].join('\n');
      },
    },
    // One after the other, for what the first takes away the second need not keep.
    ofClasses('roomtone:without-other-settings', (code, rule) => asSet(code, rule)),
    ofClasses('roomtone:without-unused', (code, rule, id) => onlyCalled(code, rule, rule.family ? namesBeside(id) : [])),
  ];
}

/** @returns {import('vite').Plugin} */
function ofClasses(name, shorten) {
  return {
    name,
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /[\\/](@supabase|oauth4webapi)[\\/]/ },
      handler(code, id) {
        const rule = classes.find(({ file }) => file.test(id));
        return rule ? shorten(code, rule, id) : null;
      },
    },
  };
}

/**
 * With what is known in place of what is read, and without the branches that are never taken then.
 * @param {string} code of a module
 * @param {{ known?: Readonly<Record<string, unknown>>, without?: readonly string[], gone?: readonly string[], never?: readonly string[], quiet?: readonly string[], spread?: string }} rule
 */
export function asSet(code, { known = {}, without = [], gone = [], never = [], quiet = [], spread }) {
  const all = [...nodes(parseAst(code))];
  const found = new Map(all.flatMap(classIn));
  const shorter = new MagicString(code);
  const missing = new Set([...Object.keys(known), ...quiet, ...(spread ? [spread] : [])]);
  for (const name of gone) {
    const body = found.get(name);
    if (!body) throw new Error(`There is no class ${name} any more: see tests/package/build/unused.mjs.`);
    for (const { start, end } of body) shorter.remove(start, end);
  }
  const members = [...found.values()].flat();
  for (const name of never) {
    const method = members.find((member) => nameOf(member) === name)?.value;
    const { start, end } = (method ?? all.find(({ type, id }) => type === 'FunctionDeclaration' && id.name === name))?.body ?? {};
    if (start === undefined) throw new Error(`There is no ${name}() any more: see tests/package/build/unused.mjs.`);
    shorter.overwrite(start, end, "{ throw new Error('This was left out.'); }");
  }
  const written = new Set(all.flatMap(({ type, left, argument }) => (type === 'AssignmentExpression' ? [left] : type === 'UpdateExpression' ? [argument] : [])));
  for (const node of all) {
    if (spread && node.type === 'FunctionDeclaration' && node.id.name === spread) {
      shorter.overwrite(node.start, node.end, `function ${spread}(...all) { return Object.assign({}, ...all); }`);
      missing.delete(spread);
    } else if (isLogging(node, quiet)) {
      missing.delete(node.expression.callee.property.name);
      // An `if` may stand before it.
      shorter.overwrite(node.start, node.end, ';');
    } else if (readsOwn(node, known) && !written.has(node)) {
      missing.delete(node.property.name);
      shorter.overwrite(node.start, node.end, `(${known[node.property.name] === undefined ? 'void 0' : JSON.stringify(known[node.property.name])})`);
    }
  }
  for (const { start, end } of without.map((name) => assignment(members, name))) shorter.remove(start, end);
  if (missing.size) throw new Error(`Nothing says ${[...missing].join(', ')} any more: see tests/package/build/unused.mjs.`);
  // What it takes away it names no more, and that is what the next step goes by.
  const { code: taken, map } = transformSync(shorter.toString(), { minifySyntax: true, sourcemap: true });
  return { code: taken, map };
}

const isLogging = ({ type, expression }, quiet) =>
  type === 'ExpressionStatement' && expression.type === 'CallExpression' && quiet.includes(expression.callee.property?.name) && expression.callee.type === 'MemberExpression' && startsAtThis(expression.callee);

const startsAtThis = ({ type, object }) => type === 'ThisExpression' || (type === 'MemberExpression' && startsAtThis(object));

const readsOwn = ({ type, object, property, computed }, known) =>
  type === 'MemberExpression' && !computed && isThis(object) && Object.hasOwn(known, property.name);

/** A compiler keeps it in a variable for functions within. */
const isThis = ({ type, name }) => type === 'ThisExpression' || (type === 'Identifier' && /^_this\d*$/.test(name));

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
  const outside = named(module, (node) => members.includes(node));
  const alive = new Set(['constructor', ...Object.values(calls).flat(), ...outside, ...besides]);
  const kept = new Set();
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const member of members) {
      if (kept.has(member) || !isAlive(member, alive)) continue;
      kept.add(member);
      for (const name of named(member)) alive.add(name);
    }
  }
  const missing = without.filter((name) => alive.has(name));
  if (missing.length) throw new Error(`Something still uses ${missing.join(', ')}: see tests/package/build/unused.mjs.`);
  const shorter = new MagicString(code);
  for (const { start, end } of members.filter((member) => !kept.has(member))) shorter.remove(start, end);
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
