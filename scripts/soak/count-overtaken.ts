/** A customer of a storm, and when he had his first answer, both UTC ms. */
export interface AnsweredCustomer {
  readonly writtenAt: number;
  readonly answeredAt: number;
}

const MINUTE_MS = 60_000;
const minuteOf = (at: number) => Math.floor(at / MINUTE_MS);

/**
 * Customers who got their first answer in a later minute of the clock than somebody who had written a minute or more after
 * them. Between those who wrote within a minute no order is judged, also where a minute of the clock ends between them.
 */
export function countOvertaken(customers: readonly AnsweredCustomer[]): number {
  const latestFirst = customers.toSorted((a, b) => b.writtenAt - a.writtenAt);
  let next = 0;
  let soonest = Number.POSITIVE_INFINITY;
  return latestFirst.filter(({ writtenAt, answeredAt }) => {
    for (let later = latestFirst[next]; later !== undefined; later = latestFirst[next]) {
      if (later.writtenAt - writtenAt < MINUTE_MS) {
        break;
      }
      soonest = Math.min(soonest, minuteOf(later.answeredAt));
      next += 1;
    }
    return minuteOf(answeredAt) > soonest;
  }).length;
}
