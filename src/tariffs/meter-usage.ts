/** Two readings of one meter. */
export interface Readings {
  readonly readingOld: number;
  readonly readingNew: number;
  /** Hệ số nhân of a meter behind current transformers; 1 for a house. */
  readonly multiplier?: number;
  /** Digits of the counter; needed only when it has rolled over. */
  readonly meterDigits?: number;
}

/** kWh between two readings, with multiplier and roll-over; `undefined` when the readings make no sense. */
export function meterUsage({ readingOld, readingNew, multiplier = 1, meterDigits }: Readings): number | undefined {
  const capacity = meterDigits === undefined ? Number.POSITIVE_INFINITY : 10 ** meterDigits;
  const areReadings = [readingOld, readingNew].every(
    (value) => Number.isFinite(value) && value >= 0 && value < capacity,
  );
  if (!areReadings || !(multiplier > 0)) {
    return undefined;
  }
  const hasRolledOver = readingNew < readingOld;
  if (hasRolledOver && meterDigits === undefined) {
    return undefined;
  }
  const turned = hasRolledOver ? readingNew + capacity - readingOld : readingNew - readingOld;
  return Math.round(turned * multiplier);
}
