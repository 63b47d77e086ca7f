import { createTermLease, type TermLeaseDeps } from '../term-lease.ts';

export interface LeadDeps extends Pick<TermLeaseDeps, 'slots' | 'clock'> {
  /** Whether other nodes work on the same data. */
  readonly isShared: boolean;
  readonly nodeId: string;
}

/** Whether this node is the one that gives notices now: among several, one keeps the pace for a short term. */
export function createLead({ slots, isShared, nodeId, clock }: LeadDeps): () => Promise<boolean> {
  const lease = createTermLease({ slots, clock, work: 'notices', holder: nodeId });
  return async () => !isShared || lease.hold(0);
}
