import type { Clock } from '../bot/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };
