import type { RoomGateway } from '../../src/chat/gateway.js';
import type { ChatErrorCode, ChatSnapshot } from '../../src/chat/model.js';
import { problemOf } from '../../src/chat/problem.js';
import type { Row } from './project.js';

/** Something that a session took over: the entry that the database has to have in the end. */
export interface Taken {
  /** Of its entry. */
  readonly id: string;
  readonly kind: 'message' | 'edit' | 'delete' | 'react' | 'unreact';
  readonly body: string;
  readonly targetId: string | null;
}

/** What a refusal may be for, in a room where nobody is muted: the message was deleted meanwhile. */
const meanwhile: ChatErrorCode = 'message-unknown';

/** Whether a press gives or takes back is the session's to know: what the visitor saw may be a frame old. */
const toggled = (kind: string): string => (kind === 'unreact' ? 'react' : kind);

/** Everything that one visitor's sessions took, what the database answered, and what the visitor was told. */
export class Ledger {
  readonly #taken: Taken[] = [];
  /** Why the database would not have it, by id: its last word. */
  readonly #refused = new Map<string, ChatErrorCode>();
  /** Refused, and the visitor was told. */
  readonly #told = new Set<string>();
  /** What became of each, by which page of the visitor's: for a complaint. */
  readonly #story = new Map<string, string>();
  #page = 1;
  /** How often its sessions have asked to be let in. */
  knocks = 0;
  /** Changed nothing, by the database's word. */
  readonly #idle = new Set<string>();
  #notice: ChatSnapshot['notice'] = null;

  /** @param count told of each write that the database put off for its pace */
  constructor(private readonly count: (what: string) => void) {}

  take(taken: Taken): void {
    this.#note(taken.id, 'taken');
    // A notice stands until the visitor does something else: one that was not painted by then is over.
    this.#tellAll();
    this.#taken.push(taken);
  }

  /** The same gateway; what the database answers is written down. */
  over(gateway: RoomGateway): RoomGateway {
    const watched = async <T>(id: string, answer: Promise<T>): Promise<T> => {
      this.#note(id, 'asked');
      try {
        const entry = await answer;
        this.#note(id, 'answered');
        if (entry === null) this.#idle.add(id);
        return entry;
      } catch (error) {
        const { code } = problemOf(error);
        this.#refused.set(id, code);
        this.#note(id, code);
        if (code === 'rate-limited') this.count('writes put off');
        throw error;
      }
    };
    const knocked = <T>(answer: Promise<T>): Promise<T> => {
      this.knocks += 1;
      return answer;
    };
    const watching: Partial<RoomGateway> = {
      // A room asks by the gateway of its account.
      as: (account) => this.over(gateway.as(account)),
      find: (slug) => knocked(gateway.find(slug)),
      identified: () => knocked(gateway.identified()),
      join: (...asked) => knocked(gateway.join(...asked)),
      send: (roomId, id, ...rest) => watched(id, gateway.send(roomId, id, ...rest)),
      edit: (roomId, id, ...rest) => watched(id, gateway.edit(roomId, id, ...rest)),
      remove: (roomId, id, ...rest) => watched(id, gateway.remove(roomId, id, ...rest)),
      react: (roomId, id, ...rest) => watched(id, gateway.react(roomId, id, ...rest)),
    };
    return new Proxy(gateway, {
      get(target, name) {
        const own: unknown = Reflect.get(watching, name) ?? Reflect.get(target, name);
        return typeof own === 'function' ? (own.bind(target) as unknown) : own;
      },
    });
  }

  /** What the page shows now. A notice stands for all that was refused for its reason. */
  see({ notice }: ChatSnapshot): void {
    if (notice === this.#notice) return;
    this.#notice = notice;
    for (const [id, code] of this.#refused) if (code === notice?.code) this.#told.add(id);
  }

  /** The page ends: what it was about to tell, nobody reads. */
  close(): void {
    this.#tellAll();
    this.#notice = null;
    this.#page += 1;
  }

  #tellAll(): void {
    for (const [id, code] of this.#refused) if (code === meanwhile) this.#told.add(id);
  }

  #note(id: string, what: string): void {
    this.#story.set(id, `${this.#story.get(id) ?? ''} ${what} (page ${this.#page})`);
  }

  /** @returns what of all that is not as it has to be, and how many changes were refused as they may be */
  against(rows: ReadonlyMap<string, Row>): { readonly complaint: string; readonly refused: number } {
    let refused = 0;
    const wrong = ({ id, kind, body, targetId }: Taken, why: string) => ({
      complaint: `${kind} "${body}" of ${targetId ?? 'its own'} was taken, ${why}:${this.#story.get(id)}, now page ${this.#page}`,
      refused,
    });
    /** Of each message, the place of what was last done to it. */
    const places = new Map<string, number>();
    for (const taken of this.#taken) {
      const { id, kind, body, targetId } = taken;
      const row = rows.get(id);
      const target = rows.get(targetId ?? id);
      if (row) {
        if (toggled(row.kind) !== toggled(kind) || row.target_id !== targetId) return wrong(taken, `and the database made it a ${row.kind} of ${row.target_id}`);
        if (!row.redacted && row.body !== body) return wrong(taken, `and the database says "${row.body}"`);
        if (row.seq < (places.get(targetId ?? id) ?? 0)) return wrong(taken, 'and came before what was done to that message earlier');
        places.set(targetId ?? id, row.seq);
        continue;
      }
      // Somebody who deletes it again gets the entry of the first deletion.
      if (kind === 'delete' && target?.redacted) continue;
      if (this.#idle.has(id)) continue;
      const why = this.#refused.get(id);
      if (kind === 'message' || why !== meanwhile) return wrong(taken, `and the database has it nowhere (its message is ${target?.redacted ? 'deleted' : 'there'})`);
      if (!target?.redacted) return wrong(taken, 'and refused, although the message is there');
      if (!this.#told.has(id)) return wrong(taken, 'and refused, and nobody was told');
      refused += 1;
    }
    return { complaint: '', refused };
  }
}
