/** What the utility has decided about storms: `data/desk/storm.yaml`. Times are ms. */
export interface StormRules {
  /** So many customers who share a feeder or a place within `groupMs` make a suspicion. */
  readonly groupSize: number;
  readonly groupMs: number;
  /** Storm mode goes on by itself with `onReports` within `onMs`, and off with fewer than `offReports` within `offMs`. */
  readonly onReports: number;
  readonly onMs: number;
  readonly offReports: number;
  readonly offMs: number;
  /** Switched off by hand, it stays off for so long whatever comes in. */
  readonly handMs: number;
}
