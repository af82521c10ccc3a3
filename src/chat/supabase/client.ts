import { GoTrueClient } from '@supabase/auth-js';
import { PostgrestClient } from '@supabase/postgrest-js';
import { RealtimeClient } from '@supabase/realtime-js';
import type { SessionStore } from './storage.js';

/** Of a Supabase client what a room uses: its own, and any that a host page made with supabase-js. */
export interface ProjectClient {
  readonly auth: GoTrueClient;
  readonly realtime: RealtimeClient;
  readonly from: PostgrestClient['from'];
  readonly rpc: PostgrestClient['rpc'];
  readonly channel: RealtimeClient['channel'];
  /** SDK quirk: protected in supabase-js, for types only; a client that the host made says nowhere else where it asks. */
  readonly supabaseUrl: string;
  readonly supabaseKey: string;
}

interface Common {
  readonly fetch?: typeof fetch;
  readonly reconnectAfterMs?: (tries: number) => number;
}

export interface GuestOptions extends Common {
  readonly storageKey: string;
  readonly storage: SessionStore;
}

/**
 * A client of our own, made of the parts of supabase-js that a room uses: files, functions and tracing stay out of a
 * page. What `createClient` does between those parts, and nothing else, is done here.
 */
abstract class Client implements ProjectClient {
  readonly realtime: RealtimeClient;
  readonly from: PostgrestClient['from'];
  readonly rpc: PostgrestClient['rpc'];
  readonly channel: RealtimeClient['channel'];

  constructor(
    readonly supabaseUrl: string,
    readonly supabaseKey: string,
    { fetch: given = (...request) => fetch(...request), reconnectAfterMs }: Common,
  ) {
    const authorized: typeof fetch = async (input, init) => {
      const headers = new Headers(init?.headers);
      if (!headers.has('apikey')) headers.set('apikey', supabaseKey);
      if (!headers.has('authorization')) headers.set('authorization', `Bearer ${(await this.token()) ?? supabaseKey}`);
      return given(input, { ...init, headers });
    };
    this.realtime = new RealtimeClient(`${supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
      params: { apikey: supabaseKey },
      accessToken: () => this.token(),
      fetch: authorized,
      reconnectAfterMs,
    });
    const rest = new PostgrestClient(`${supabaseUrl}/rest/v1`, { schema: 'public', fetch: authorized });
    this.from = rest.from.bind(rest);
    this.rpc = rest.rpc.bind(rest);
    this.channel = this.realtime.channel.bind(this.realtime);
  }

  abstract readonly auth: GoTrueClient;

  /** Null stands for nobody: then the key is what a request goes with. */
  protected abstract token(): Promise<string | null>;
}

class GuestClient extends Client {
  readonly auth: GoTrueClient;
  #told: string | undefined;

  constructor(url: string, key: string, options: GuestOptions) {
    super(url, key, options);
    const { storageKey, storage, fetch: given } = options;
    this.auth = new GoTrueClient({
      url: `${url}/auth/v1`,
      headers: { Authorization: `Bearer ${key}`, apikey: key },
      fetch: given,
      storageKey,
      storage,
      persistSession: true,
      // Else it eats the host page's own sign-in callback (supabase.md).
      detectSessionInUrl: false,
      // No ticker beside a session that is not open: every request and every check of the log renews a token that is old.
      autoRefreshToken: false,
      flowType: 'implicit',
    });
    this.auth.onAuthStateChange((event, session) => {
      const token = session?.access_token;
      if (event === 'SIGNED_OUT') this.#tell(undefined);
      else if ((event === 'TOKEN_REFRESHED' || event === 'SIGNED_IN') && token !== this.#told) this.#tell(token);
    });
  }

  /** The live line goes on with the newest token. */
  #tell(token: string | undefined): void {
    this.#told = token;
    void this.realtime.setAuth(token);
  }

  protected async token(): Promise<string> {
    const { data } = await this.auth.getSession();
    return data.session?.access_token ?? this.supabaseKey;
  }
}

class TokenClient extends Client {
  constructor(
    url: string,
    key: string,
    private readonly source: () => Promise<string | null>,
    common: Common,
  ) {
    super(url, key, common);
  }

  /** As with supabase-js: where the page has the tokens, there is nobody here to sign in. */
  get auth(): GoTrueClient {
    throw new Error('the page gives the access token: there is no session here');
  }

  protected token(): Promise<string | null> {
    return this.source();
  }
}

/** For a visitor whose session is kept here. @param url without a slash at its end */
export const guestClient = (url: string, key: string, options: GuestOptions): ProjectClient => new GuestClient(url, key, options);

/** For a page that has a source of tokens of its own. @param url without a slash at its end */
export const tokenClient = (url: string, key: string, source: () => Promise<string | null>, common: Common = {}): ProjectClient =>
  new TokenClient(url, key, source, common);
