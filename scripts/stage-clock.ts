/**
 * The clock of the servers, simulators and browsers that tests and drills start: it begins on a working morning, so that
 * no outcome hangs on the hour or the day at which somebody runs them, and goes on at the machine's pace.
 */
export const STAGE_START = Date.parse('2026-11-25T09:00:00+07:00');

/** How far it runs ahead of the machine's; the same for all that one process starts, one after the other too. */
export const STAGE_AHEAD_MS = STAGE_START - Date.now();

export const stageClock = { now: (): number => Date.now() + STAGE_AHEAD_MS };
