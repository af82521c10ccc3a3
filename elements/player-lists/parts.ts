/** The parts of a list of tracks that what is around it hands on. `status` is told apart by the list's name. */
const rowParts =
  'results, result, result-button, result-cover, result-words, result-title, result-artists, result-duration, result-action, retry, wait, waiting';
const collectionParts = `${rowParts}, more, opened, opened-title, opened-by, back, play-all`;

export const searchParts = `${collectionParts}, field, input, clear, kinds, kind, found, status: search-status`;
export const queueParts = `${rowParts}, more, show, status: queue-status`;
export const libraryParts = `${collectionParts}, shelves, shelf, status: library-status`;
