/** An evening in November, where the page is. */
export const evening = new Date(2026, 10, 3, 21, 40).getTime();
