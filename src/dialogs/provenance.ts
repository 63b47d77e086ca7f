/** Where a figure told to a customer comes from: one record in one version. */
export interface Provenance {
  /** Kind and id of the record, for example `bill` and `PB06010001234/2026-10/1`. */
  readonly record: string;
  readonly id: string;
  /** Version of the record (import stamp or counter). */
  readonly version: string;
  /** When the record was true, ISO date or time. */
  readonly asOf: string;
}

/** Where the values of these slots come from. */
export interface SlotSource {
  readonly slots: readonly string[];
  readonly provenance: readonly Provenance[];
}

/** Each record in each version once. */
export function eachOnce(provenance: readonly Provenance[]): readonly Provenance[] {
  const byKey = new Map(provenance.map((one) => [`${one.record} ${one.id} ${one.version}`, one]));
  return [...byKey.values()];
}
