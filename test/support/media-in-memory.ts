import type { KeptMedia, MediaKey } from '../../src/bot/media.ts';
import type { MediaStore } from '../../src/bot/ports.ts';

/** Files that wait for their message. */
export function createMediaInMemory(): Pick<MediaStore, 'keep' | 'open' | 'forget'> & {
  readonly files: ReadonlyMap<string, KeptMedia>;
} {
  const files = new Map<string, KeptMedia>();
  const nameOf = ({ conversationId, seq, number }: MediaKey) => `${conversationId}/${seq}/${number}`;
  return {
    files,
    async keep(key, outcome) {
      if (!('missing' in outcome)) {
        files.set(nameOf(key), outcome);
      }
    },
    open: async (key) => files.get(nameOf(key)),
    forget: async (key) => void files.delete(nameOf(key)),
  };
}
