import type { Clock } from '../../bot/ports.ts';
import type { AgentLeases } from './agent-store.ts';

/** Notes the agents' signs of life. */
export interface LeaseKeeper {
  /** The session of an agent has been heard of. */
  seen(tokenHash: string): Promise<void>;
  /** Agents who are there. */
  present(): Promise<ReadonlySet<string>>;
}

interface KeeperDeps {
  readonly leases: AgentLeases;
  readonly clock: Clock;
  /** How long an agent is taken to be there after the last sign of life, ms. */
  readonly leaseMs?: number;
}

/** Longer than a reload or a change of network takes, short enough for a customer who waits. */
export const LEASE_MS = 60_000;
/** A write for each sign would be a write for each poll. */
const RENEWALS_PER_LEASE = 6;

export function createLeaseKeeper({ leases, clock, leaseMs = LEASE_MS }: KeeperDeps): LeaseKeeper {
  const renewedAt = new Map<string, number>();

  return {
    async seen(tokenHash) {
      const now = clock.now();
      if (now - (renewedAt.get(tokenHash) ?? Number.NEGATIVE_INFINITY) < leaseMs / RENEWALS_PER_LEASE) {
        return;
      }
      for (const [token, at] of renewedAt) {
        if (now - at > leaseMs) {
          renewedAt.delete(token);
        }
      }
      renewedAt.set(tokenHash, now);
      await leases.renewLease(tokenHash, now + leaseMs);
    },
    present: () => leases.agentsWithLease(clock.now()),
  };
}
