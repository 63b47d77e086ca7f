/** An index of a collection; `where` leaves out documents that nobody looks for by it. */
export interface CollectionIndex {
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly where?: Readonly<Record<string, unknown>>;
}
