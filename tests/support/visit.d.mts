export const visit: readonly string[];
