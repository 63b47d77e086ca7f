import type { Clock, CustomerRecords } from '../../bot/ports.ts';

interface VulnerableDeps {
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly clock: Clock;
}

/** Boards are read many times a minute, records change once a day. */
const KEPT_MS = 10 * 60_000;
const MOST_KEPT = 50_000;

/** Whether one of these customers, who proved who they are, depends on power for life or health. */
export function createVulnerable({ customers, clock }: VulnerableDeps): (codes: readonly string[]) => Promise<boolean> {
  const known = new Map<string, { readonly isVulnerable: boolean; readonly until: number }>();

  async function look(code: string): Promise<boolean> {
    const now = clock.now();
    const before = known.get(code);
    if (before !== undefined && before.until > now) {
      return before.isVulnerable;
    }
    const isVulnerable = (await customers.customer(code))?.vulnerable === true;
    if (known.size >= MOST_KEPT) {
      known.clear();
    }
    known.set(code, { isVulnerable, until: now + KEPT_MS });
    return isVulnerable;
  }

  return async (codes) => (await Promise.all(codes.map(look))).includes(true);
}
