import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import type { Unsubscribe } from '../subscribable.js';
import { backoff } from './backoff.js';
import { ChatError } from './gateway.js';
import type { CallOptions, End, Joined, LiveEvents, LiveRoom, MemberNews, RoomGateway, SendOptions } from './gateway.js';
import type { HostClient } from './host-client.js';
import type { Entry, Listening, Member, Room, SharedTrack } from './model.js';
import { pageOutbox, type OutboxStore } from './outbox-store.js';
import { accountOf, tokenOf, type Accounts } from './supabase/account.js';
import { adoptGuest, guestKey, projectOf } from './supabase/adoption.js';
import { guestClient, tokenClient, type ProjectClient } from './supabase/client.js';
import { restFailure } from './supabase/errors.js';
import { HubRegistry, type Hub, type HubKey, type HubParts } from './supabase/hub.js';
import { GuestIdentity, HostIdentity, hostSignedIn } from './supabase/identity.js';
import { lastCall } from './supabase/last-call.js';
import { ModerationCalls } from './supabase/moderation-calls.js';
import { patientFetch } from './supabase/patient-fetch.js';
import {
  endOf,
  entryColumns,
  entryKinds,
  entryOf,
  joinedOf,
  listeningColumns,
  isRecord,
  listeningRows,
  memberColumns,
  memberOf,
  roomColumns,
  roomOf,
  timeOf,
  unreadable,
} from './supabase/rows.js';
import type { ServerTime } from './supabase/server-time.js';
import { sessionStore } from './supabase/storage.js';

export interface SupabaseOptions {
  /** The project's absolute address, http or https. Not needed with `client`. */
  readonly url?: string;
  /** The publishable key. Not needed with `client`. */
  readonly key?: string;
  /** Prefix of what is kept in the page's storage. */
  readonly storageKey: string;
  /** The host's own client, and with it the host's session. Nothing of it is changed. */
  readonly client?: HostClient;
  /** The host's own token source; null when nobody is signed in. */
  readonly accessToken?: () => Promise<string | null>;
  readonly clock?: Clock;
  /** Where sessions keep what is on its way: a guest's goes over to the account with the rest. */
  readonly outbox?: OutboxStore;
  /** Whom to share clients with; the page's own by default. */
  readonly hubs?: HubRegistry;
}

/** The page's hubs: rooms of one project share a socket and a session. */
export const pageHubs = new HubRegistry();

/**
 * A Supabase project as a session needs it.
 *
 * @throws {ChatError} `url-missing`, `url-invalid` or `key-missing`
 */
export function createSupabaseGateway(options: SupabaseOptions): RoomGateway {
  const { hubs = pageHubs, client } = options;
  const key: HubKey = client
    ? // The shape that Roomtone asks of a host's client is narrower than what supabase-js declares.
      { url: '', key: '', storageKey: '', client: client as unknown as ProjectClient }
    : { ...address(options), storageKey: options.storageKey, accessToken: options.accessToken };
  return new SupabaseGateway(hubs.acquire(key, (current, accounts) => build(current, accounts, options)));
}

function address({ url, key }: SupabaseOptions): { url: string; key: string } {
  const given = url?.trim();
  if (!given) throw new ChatError('url-missing');
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) throw new ChatError('url-invalid');
  if (!key?.trim()) throw new ChatError('key-missing');
  const { origin, pathname } = new URL(given);
  return { url: origin + pathname.replace(/\/+$/, ''), key: key.trim() };
}

function build(
  current: () => HubKey,
  accounts: Accounts,
  { clock = systemClock, storageKey: prefix, outbox = pageOutbox }: SupabaseOptions,
): HubParts {
  const key = current();
  if (key.client) {
    const { client } = key;
    return { client, identity: new HostIdentity(() => hostSignedIn(client), () => adoptGuest(client, prefix, outbox), clock), clock };
  }
  const common = {
    fetch: patientFetch(clock),
    // As long as the SDK's own steps, which have no jitter.
    reconnectAfterMs: (tries: number) => backoff(tries, Math.random, 10_000),
  };
  if (key.accessToken) {
    // An async function of our own: one of the host's that throws at once would break the client's constructor.
    const token = async (): Promise<string | null> => {
      const given = (await current().accessToken?.()) ?? null;
      accounts.seen(accountOf(given));
      return given;
    };
    const client = tokenClient(key.url, key.key, token, common);
    const signedIn = async (): Promise<boolean> => (await token()) !== null;
    return { client, identity: new HostIdentity(signedIn, () => adoptGuest(client, prefix, outbox), clock), clock };
  }
  const storageKey = guestKey(key.storageKey, key.url);
  const storage = sessionStore();
  const client = guestClient(key.url, key.key, { ...common, storageKey, storage });
  return { client, identity: new GuestIdentity(client, storageKey, storage), clock };
}

class SupabaseGateway extends ModerationCalls implements RoomGateway {
  readonly project: string;
  readonly ownGuests: boolean;
  readonly #hub: Hub;
  protected readonly account: string | null;
  #released = false;
  /** The last token of its account. */
  #held: string | null = null;

  /** @param account whom it speaks for; null: for whoever is signed in */
  constructor(hub: Hub, account: string | null = null) {
    super();
    this.#hub = hub;
    this.account = account;
    this.ownGuests = hub.identity instanceof GuestIdentity;
    this.project = projectOf(hub.client);
  }

  as(account: string): RoomGateway {
    const own = new SupabaseGateway(this.#hub, account);
    // It is this one's, and so is the hub.
    own.#released = true;
    return own;
  }

  watch(changed: () => void): Unsubscribe {
    return this.#hub.accounts.subscribe(changed);
  }

  protected override async token(): Promise<string | null> {
    if (this.account === null) return null;
    const token = await tokenOf(this.client);
    const account = accountOf(token);
    this.#hub.accounts.seen(account);
    if (account !== this.account) throw new ChatError('not-signed-in', 'another account, or none');
    return (this.#held = token);
  }

  protected override get client(): ProjectClient {
    return this.#hub.client;
  }

  protected override get time(): ServerTime {
    return this.#hub.time;
  }

  find(slug: string): Promise<Room> {
    // Public rooms are found by anybody: a stale identity must not stand in the way.
    return this.#reidentified(
      () => this.#findRoom(slug),
      () => this.#findRoom(slug),
    );
  }

  identified(): Promise<boolean> {
    return this.#hub.identity.known();
  }

  async join(slug: string, name: string | null, invitation: string | null = null): Promise<Joined> {
    const { identity } = this.#hub;
    if (name !== null) await identity.make();
    await identity.adopt();
    const joined = await this.#reidentified(
      () => this.#joinRoom(slug, name, invitation),
      async (error) => {
        if (name === null) throw error;
        await identity.make();
        return this.#joinRoom(slug, name, invitation);
      },
    );
    await identity.inherit();
    return joined;
  }

  async entriesBefore(roomId: string, seq: number, limit: number): Promise<readonly Entry[]> {
    const { data, error, status } = await this.ask(this.#entries(roomId).lt('seq', seq).order('seq', { ascending: false }).limit(limit));
    if (error) throw restFailure(error, status);
    return entriesOf(data).reverse();
  }

  async entriesAfter(roomId: string, seq: number, limit: number): Promise<readonly Entry[]> {
    const { data, error, status } = await this.ask(this.#entries(roomId).gt('seq', seq).order('seq').limit(limit));
    if (error) throw restFailure(error, status);
    return entriesOf(data);
  }

  async latest(roomId: string): Promise<End> {
    const { data, error, status } = await this.ask(
      this.client.from('rooms').select('last_seq,epoch').eq('id', roomId).retry(false).maybeSingle(),
    );
    if (error) throw restFailure(error, status);
    if (data === null) throw new ChatError('not-a-member', 'the room is not shown any more');
    return endOf(data) ?? unreadable('rooms');
  }

  /**
   * By function and not by broadcast: a channel's `send()` resolves `ok` whether anybody got it or not, and while the
   * socket is down it silently goes another way (supabase.md).
   */
  send(roomId: string, id: string, body: string, { replyTo, mentions = [] }: SendOptions = {}): Promise<Entry> {
    return this.#write('send_message', { room_id: roomId, message_id: id, body, reply_to: replyTo ?? null, mentions });
  }

  shareTrack(roomId: string, id: string, { uri, title, artists }: SharedTrack): Promise<Entry> {
    return this.#write('share_track', { room_id: roomId, message_id: id, track_uri: uri, title, artists });
  }

  edit(roomId: string, entryId: string, messageId: string, body: string, mentions: readonly string[] = []): Promise<Entry> {
    return this.#write('edit_message', { room_id: roomId, entry_id: entryId, message_id: messageId, body, mentions });
  }

  remove(roomId: string, entryId: string, messageId: string): Promise<Entry> {
    return this.#write('delete_message', { room_id: roomId, entry_id: entryId, message_id: messageId });
  }

  async react(roomId: string, entryId: string, messageId: string, emoji: string, on: boolean): Promise<Entry | null> {
    const name = on ? 'react' : 'unreact';
    const data = await this.call(name, { room_id: roomId, entry_id: entryId, message_id: messageId, emoji });
    // SDK quirk: a composite that is null comes as null or as an object of nulls, as the function is declared.
    if (data === null || (isRecord(data) && data.seq === null)) return null;
    return entryOf(data) ?? unreadable(name);
  }

  async shareListening(roomId: string, listening: Listening | null, { keepalive = false }: CallOptions = {}): Promise<void> {
    const shared = { room_id: roomId, listening };
    if (keepalive && lastCall(this.client, 'share_listening', shared, this.account)) return;
    const { error, status } = await this.ask(this.client.rpc('share_listening', shared), () => this.#tokenFor(listening));
    if (error) throw restFailure(error, status);
  }

  async listening(roomId: string): Promise<ReadonlyMap<string, Listening>> {
    const { data, error, status } = await this.ask(
      this.client.from('room_listening').select(listeningColumns).eq('room_id', roomId).retry(false),
    );
    if (error) throw restFailure(error, status);
    return listeningRows(data);
  }

  async members(roomId: string, ids: readonly string[]): Promise<readonly Member[]> {
    const { data, error, status } = await this.ask(
      this.client.from('room_members').select(memberColumns).eq('room_id', roomId).in('user_id', ids).retry(false),
    );
    if (error) throw restFailure(error, status);
    return data.map(memberOf).flatMap((member) => (member ? [this.#byThisClock(member)] : []));
  }

  listen(joined: Joined, events: LiveEvents): LiveRoom {
    // A banned user's policies stay cached until their token changes: a ban raises the epoch, which is another topic.
    const heard: LiveEvents = { ...events, member: (news) => events.member(this.#byThisClock(news)) };
    return this.#hub.listen(`room:${joined.room.id}:${joined.epoch}`, joined.me.id, heard);
  }

  dispose(): void {
    if (this.#released) return;
    this.#released = true;
    this.#hub.release();
  }

  /** What somebody showed is taken back as they go, with the token that they had; nothing is shown with it. */
  async #tokenFor(listening: Listening | null): Promise<string | null> {
    try {
      return await this.token();
    } catch (error) {
      if (listening !== null || this.#held === null) throw error;
      return this.#held;
    }
  }

  /** @param gone called when the identity turned out to be no more */
  async #reidentified<T>(ask: () => Promise<T>, gone: (error: ChatError) => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      // A host gives the next token when it has one. A guest's is looked after here.
      const isOver = error.code === 'token-expired' && this.ownGuests;
      if (error.code !== 'not-signed-in' && !isOver) throw error;
      // A refresh that failed for a moment lets one request out as anon; an account that is no more is forgotten.
      return (await this.#hub.identity.holds()) ? ask() : gone(error);
    }
  }

  async #findRoom(slug: string): Promise<Room> {
    const { data, error, status } = await this.client
      .from('rooms')
      .select(roomColumns)
      .eq('slug', slug)
      .retry(false)
      .maybeSingle();
    // Any other server than a Supabase answers with a page of its own: an address that is wrong, not one that is away.
    if (error && !error.code && (status === 404 || (status >= 200 && status < 300))) throw new ChatError('url-invalid');
    // PostgREST's code for a table that is not there; before PostgREST 13, PostgreSQL's own.
    if (error?.code === 'PGRST205' || error?.code === '42P01') throw new ChatError('rooms-missing');
    if (error) throw restFailure(error, status);
    if (data === null) throw new ChatError('room-unknown', slug);
    return roomOf(data) ?? unreadable('rooms');
  }

  async #joinRoom(slug: string, name: string | null, invitation: string | null): Promise<Joined> {
    const asked = this.time.now();
    const data = await this.call('join_room', { room_slug: slug, display_name: name, invitation });
    if (isRecord(data)) this.time.heard(asked, timeOf(data.now));
    const joined = joinedOf(data);
    return Object.freeze({ ...joined, me: this.#byThisClock(joined.me) });
  }

  #byThisClock<T extends MemberNews>(member: T): T {
    const { mutedUntil } = member;
    if (mutedUntil === null) return member;
    return Object.freeze({ ...member, mutedUntil: this.time.here(mutedUntil) });
  }

  async #write(name: string, values: Readonly<Record<string, unknown>>): Promise<Entry> {
    return entryOf(await this.call(name, values)) ?? unreadable(name);
  }

  /** Kinds that a newer database may have are left out here, so that a page holds what one can show. */
  #entries(roomId: string) {
    // No retries of postgrest-js's own (1, 2, 4 s, without jitter): the session has its own, and a visitor waits for it.
    return this.client.from('room_entries').select(entryColumns).eq('room_id', roomId).in('kind', entryKinds).retry(false);
  }
}

function entriesOf(rows: readonly unknown[]): Entry[] {
  return rows.map(entryOf).filter((entry) => entry !== null);
}
