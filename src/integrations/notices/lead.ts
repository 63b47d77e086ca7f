import type { Clock, SlotCounter } from '../../bot/ports.ts';

export interface LeadDeps {
  readonly slots: Pick<SlotCounter, 'take'>;
  /** Whether other nodes work on the same data. */
  readonly isShared: boolean;
  readonly nodeId: string;
  readonly clock: Clock;
}

const TERM_MS = 10_000;

/** Whether this node is the one that gives notices now: among several, one keeps the pace for a short term. */
export function createLead({ slots, isShared, nodeId, clock }: LeadDeps): () => Promise<boolean> {
  return async () => {
    const term = Math.floor(clock.now() / TERM_MS);
    const slot = { key: `notices/${term}`, claim: nodeId, limit: 1, expiresAt: (term + 2) * TERM_MS };
    return !isShared || slots.take(slot);
  };
}
