/**
 * Tells the developer of a fault. An error of PGlite carries the parameters of its query, tokens and messages among
 * them, and the console would print them all: so it gets the stack alone.
 */
export function complain(what: string, error: unknown): void {
  console.error(`Supabase stand-in: ${what}`, error instanceof Error ? error.stack : error);
}
