/*
 * Pages that enforce Trusted Types (`require-trusted-types-for 'script'`) take a script's address from a policy only, and
 * only from one whose name they list: `trusted-types lit-html roomtone` (docs/content-security-policy.md).
 */

interface Policy {
  createScriptURL(url: string): unknown;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

/** Undefined until the first script is asked for; null where there are no Trusted Types, or the page lists us not. */
let policy: Policy | null | undefined;

function createPolicy(): Policy | null {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
  try {
    return trustedTypes?.createPolicy('roomtone', { createScriptURL: (url) => url }) ?? null;
  } catch {
    // Not on the list, or made by another copy of this script. A page that enforces them refuses the plain address then.
    return null;
  }
}

/** The address of a vendor's script, in the form that `script.src` takes on any page. Only for addresses of our own. */
export function trustedScriptUrl(url: string): string {
  if (policy === undefined) policy = createPolicy();
  // The DOM's declarations know strings only.
  return (policy?.createScriptURL(url) ?? url) as string;
}
