import type { CrisisMessage } from './crisis-message.ts';

/**
 * Crisis messages as an append-only record: whoever reads after an `append` has resolved reads that version or a later
 * one, on whatever node.
 */
export interface CrisisRecords {
  /** Inserts one version; durable when it resolves. `version_taken`: somebody else has made this one. */
  append(message: CrisisMessage): Promise<'appended' | 'version_taken'>;
  /** The newest version. */
  crisis(id: string): Promise<CrisisMessage | undefined>;
  /** The newest version of each that customers are shown at that time, UTC ms; the latest change first. */
  crisesInForce(now: number): Promise<readonly CrisisMessage[]>;
  /** The newest version of each that has changed or expired since that time, UTC ms, or will; the latest change first. */
  crisesSince(since: number, limit: number): Promise<readonly CrisisMessage[]>;
  /** Every version of one message, oldest first. */
  crisisVersions(id: string): Promise<readonly CrisisMessage[]>;
}
