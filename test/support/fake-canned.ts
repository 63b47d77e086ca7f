import type { CannedChange, CannedChanges } from '../../src/integrations/agent-desk/canned-answers.ts';

/** Changes of ready answers in memory. */
export function createFakeCanned(): CannedChanges {
  const changes = new Map<string, CannedChange>();
  return {
    cannedChanges: async () => [...changes.values()],
    async changeCanned(change) {
      changes.set(change.id, change);
    },
  };
}
