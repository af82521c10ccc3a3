/*
 * Postgres Changes, which this project does not use: none of its tables is in the publication. So the real server
 * answers every subscription with the sentence for a table that is not (lib/extensions/postgres_cdc_rls/subscriptions.ex),
 * and so does this one, which could not serve them either.
 */

type Filter = readonly [column: string, operator: string, value: string, negated: boolean];

const operators = new Set(['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in', 'like', 'ilike', 'is', 'match', 'imatch', 'isdistinct']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As Elixir prints strings and lists of them. */
const inspect = (value: unknown): string => JSON.stringify(value).replaceAll('","', '", "');

/** @returns the sentence that the `system` message has */
export function refusePostgresChange(change: unknown): string {
  const { schema, table, filter, event, select } = isRecord(change) ? change : {};
  const named = typeof schema === 'string' || typeof table === 'string';
  if (!named || (filter !== undefined && typeof filter !== 'string')) {
    const what = 'No subscription params provided. Please provide at least a `schema` or `table` to subscribe to';
    return `${what}: ${inspect(change)}`;
  }
  const filters: Filter[] = [];
  for (const segment of filter?.trim() ? filter.split(',') : []) {
    const parsed = parseFilter(segment.trim());
    if (typeof parsed === 'string') return `Error parsing \`filter\` params: ${parsed}`;
    filters.push(parsed);
  }
  const given = [
    `event: ${actionOf(event)}`,
    `schema: ${typeof schema === 'string' ? schema : 'public'}`,
    `table: ${typeof table === 'string' ? table : '*'}`,
    `filters: [${filters.map(([column, operator, value, negated]) => `{"${column}", "${operator}", "${value}", ${negated}}`).join(', ')}]`,
    `select: ${Array.isArray(select) && select.length > 0 ? inspect(select) : 'nil'}`,
  ];
  const advice = 'Please check Realtime is enabled for the given connect parameters';
  return `Unable to subscribe to changes with given parameters. ${advice}: [${given.join(', ')}]`;
}

/** @returns what is wrong, as the server puts it, or the parts */
function parseFilter(segment: string): Filter | string {
  if (segment === '') return 'filter must not contain empty segments (check for extra commas)';
  const equals = segment.indexOf('=');
  if (equals < 0) return inspect([segment]);
  const rest = segment.slice(equals + 1);
  const negated = rest.startsWith('not.');
  const comparison = negated ? rest.slice('not.'.length) : rest;
  const dot = comparison.indexOf('.');
  if (dot < 0) return inspect([comparison]);
  const [operator, value] = [comparison.slice(0, dot), comparison.slice(dot + 1)];
  return operators.has(operator) ? [segment.slice(0, equals), operator, value, negated] : inspect([operator, value]);
}

function actionOf(event: unknown): string {
  const action = typeof event === 'string' ? event.toUpperCase() : '';
  return ['INSERT', 'UPDATE', 'DELETE'].includes(action) ? action : '*';
}
