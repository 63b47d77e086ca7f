const ZONE_MS = 7 * 3_600_000;
const MINUTES_SHOWN = 16;

/** A time as a `datetime-local` field holds it, in Asia/Ho_Chi_Minh whatever the agent's machine says. */
export function toLocalInput(at: number): string {
  return new Date(at + ZONE_MS).toISOString().slice(0, MINUTES_SHOWN);
}

/** The way back, UTC ms. */
export function fromLocalInput(text: string): number {
  return Date.parse(`${text}:00+07:00`);
}
