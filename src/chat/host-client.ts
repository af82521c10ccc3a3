/**
 * The host page's own Supabase client, of whichever version of supabase-js: by its shape, for two versions of the class
 * do not go with each other, and its declarations would have to be checked with the host page's own.
 */
export interface HostClient {
  readonly auth: { getSession(): Promise<unknown>; onAuthStateChange(...args: never): unknown };
  readonly realtime: { setAuth(...args: never): Promise<void> };
  channel(...args: never): unknown;
  rpc(...args: never): unknown;
  from(...args: never): unknown;
}
