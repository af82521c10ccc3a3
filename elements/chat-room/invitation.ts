/** Of the page's own address. */
export const invitationParameter = 'room-invitation';

/** The token in a page's query, or null. */
export const invitationIn = (search: string): string | null => new URLSearchParams(search).get(invitationParameter) || null;

/** The address of a page with that invitation in it. */
export function invitationLink(token: string, page: string): string {
  const url = new URL(page);
  url.searchParams.set(invitationParameter, token);
  return url.href;
}
