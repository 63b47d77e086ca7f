/** Whoever waits further back is counted, and listed when asked for. */
export const QUEUE_PAGE = 100;
/** More than anybody scrolls through; the search finds the rest. */
export const MOST_QUEUE_ROWS = 1_000;
