/**
 * What supabase-js brings along and a room never asks for: files, functions, passkeys, wallets, the administration of
 * accounts. In the file for a script tag nobody else can ask for them either: it hands no client out. The package from
 * npm imports supabase-js as it is.
 */
const unused = [
  { module: /^@supabase\/storage-js$/, exports: ['StorageClient', 'StorageApiError'] },
  {
    module: /^@supabase\/functions-js$/,
    exports: ['FunctionsClient', 'FunctionRegion', 'FunctionsError', 'FunctionsFetchError', 'FunctionsHttpError', 'FunctionsRelayError'],
  },
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
  { module: /^\.\/GoTrueAdminApi$/, exports: ['default'] },
];

const prefix = '\0roomtone:unused:';

/**
 * A version of supabase-js that takes more from one of these ends the build, which says what is missing.
 * @returns {import('vite').Plugin}
 */
export function withoutUnused() {
  return {
    name: 'roomtone:without-unused',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer || !/[\\/]@supabase[\\/](supabase|auth)-js[\\/]/.test(importer)) return null;
      const index = unused.findIndex(({ module }) => module.test(source));
      return index < 0 ? null : prefix + index;
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const { exports } = unused[Number(id.slice(prefix.length))];
      return ['class Unused {}', ...exports.map((name) => `export { Unused as ${name} };`)].join('\n');
    },
  };
}
