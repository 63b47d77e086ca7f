import type { SeenActivity } from './web-customer.ts';

/** Ticket numbers and times of day differ from run to run; everything else must not. */
export function toLine({ from, text }: SeenActivity): string {
  return `${from}: ${text.replaceAll(/[A-Z]{2}\d{6}-[0-9A-Z]{8}/g, '#').replaceAll(/\b\d{1,2}:\d{2}\b/g, '#:#')}`;
}

/** Where a conversation differs from one that nothing disturbed: nothing, or one line. */
export function compareTranscripts(seen: readonly string[], expected: readonly string[]): string[] {
  const length = Math.max(seen.length, expected.length);
  const different = Array.from({ length }, (_, index) => index).find((index) => seen[index] !== expected[index]);
  return different === undefined
    ? []
    : [
        `Line ${different + 1} is ${JSON.stringify(seen[different])} instead of ${JSON.stringify(expected[different])}.`,
      ];
}

export function repeatedIds(seen: readonly SeenActivity[]): string[] {
  const ids = seen.map((activity) => activity.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `The activity ${id} is shown twice.`);
}
