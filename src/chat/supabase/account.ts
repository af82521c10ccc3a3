import { Subscribable, type Unsubscribe } from '../../subscribable.js';
import { ChatError } from '../gateway.js';
import type { ProjectClient } from './client.js';
import { authFailure, isUnreachable } from './errors.js';

/** Whose token it is, by the account's id; null: nobody's. What is read here is a hint: the database checks the signature. */
export function accountOf(token: string | null): string | null {
  const [, claims = ''] = token?.split('.') ?? [];
  try {
    const { sub } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: unknown };
    return typeof sub === 'string' ? sub.toLowerCase() : null;
  } catch {
    // A project's publishable key, say: what a client sends where nobody is signed in.
    return null;
  }
}

/** The token that the client's next request would carry; null when nobody is signed in. Rejects where one cannot know. */
export async function tokenOf(client: ProjectClient): Promise<string | null> {
  let session;
  try {
    session = await client.auth.getSession();
  } catch {
    // SDK quirk: a client that was made with `accessToken` throws at any use of `auth`. Its live line has the source.
    return ownToken(client);
  }
  if (session.error && isUnreachable(session.error)) throw authFailure(session.error);
  return session.data.session?.access_token ?? null;
}

async function ownToken(client: ProjectClient): Promise<string | null> {
  try {
    return (await client.realtime.accessToken?.()) ?? null;
  } catch {
    throw new ChatError('network', 'no access token');
  }
}

/** Tells when another account is signed in than before, or none any more. */
export class Accounts extends Subscribable<void> {
  #known: string | null | undefined;
  #end: Unsubscribe | null = null;

  /** @param client of the host's; what it tells is listened to only while somebody listens here */
  constructor(private readonly client: ProjectClient | null = null) {
    super();
  }

  /** Whose the token is that was given just now. */
  seen(account: string | null): void {
    const before = this.#known;
    this.#known = account;
    if (before !== undefined && before !== account) this.emit();
  }

  override subscribe(listener: () => void): Unsubscribe {
    const end = super.subscribe(listener);
    this.#end ??= this.client && changesOf(this.client, (account) => this.seen(account));
    return () => {
      end();
      if (this.size > 0) return;
      this.#end?.();
      this.#end = null;
    };
  }
}

function changesOf(client: ProjectClient, told: (account: string | null) => void): Unsubscribe | null {
  try {
    const { data } = client.auth.onAuthStateChange((_, session) => told(session?.user?.id ?? null));
    return () => data.subscription.unsubscribe();
  } catch {
    // As above: it is seen by the tokens then.
    return null;
  }
}
