import type { Account } from '../accounts.js';
import type { Exchange } from '../http.js';
import type { CommandName } from '../log.js';
import type { Simulator } from '../simulator.js';
import { badRequest } from './errors.js';
import type { Shapes } from './shapes.js';

/** One call of the Web API that passed every check, on its way to its route. */
export interface Call {
  readonly simulator: Simulator;
  readonly exchange: Exchange;
  readonly account: Account;
  readonly shapes: Shapes;
  /** What the path holds in place of `:id`. */
  readonly id: string;
  /** The JSON body, or an empty object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** 200 with JSON, or 204, or 200 with nothing. */
export type Answer = { readonly json: unknown } | 'no-content' | 'empty';

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below `/v1`; `:id` stands for one segment. */
  readonly path: string;
  /** All of them are needed. */
  readonly scopes: readonly string[];
  /** It commands a player, and is written down under this name. */
  readonly command?: CommandName | ((body: Readonly<Record<string, unknown>>) => CommandName);
  run(call: Call): Answer;
}

/** A whole number of the query. */
export function integer(
  { exchange }: Call,
  name: string,
  { least, most, otherwise }: { least: number; most: number; otherwise?: number },
): number {
  const text = exchange.query(name);
  if (text === null && otherwise !== undefined) return otherwise;
  const value = Number(text ?? Number.NaN);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw badRequest(text === null ? `Missing ${name}` : `Invalid ${name}`);
  }
  return value;
}

/** `limit` and `offset`, as every list takes them. */
export function paging(call: Call, most: number, otherwise: number): { limit: number; offset: number } {
  return {
    limit: integer(call, 'limit', { least: 1, most, otherwise }),
    offset: integer(call, 'offset', { least: 0, most: 1_000, otherwise: 0 }),
  };
}
