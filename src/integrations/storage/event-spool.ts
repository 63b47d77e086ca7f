import { type FileHandle, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { InboundEvent } from '../../bot/message.ts';
import type { EventSpool } from '../../bot/ports.ts';

/** Events that the database could not take, one JSON line each, synced to the disk before `append` resolves. */
export function createEventSpool(folder: string): EventSpool & { close(): Promise<void> } {
  const filling = join(folder, 'spool.jsonl');
  const draining = join(folder, 'spool.draining.jsonl');
  let file: Promise<FileHandle> | undefined;
  let isDraining = false;

  async function closeFile(): Promise<void> {
    const opened = file;
    file = undefined;
    await (await opened)?.close();
  }

  async function drainFile(store: (event: InboundEvent) => Promise<void>): Promise<void> {
    const text = await readFile(draining, 'utf8').catch(missingAsEmpty);
    // A line cut short by a crash was never acknowledged, so nobody relies on it.
    for (const line of text.split('\n').filter((candidate) => candidate.endsWith('}'))) {
      await store(JSON.parse(line) as InboundEvent);
    }
    await unlink(draining).catch(missingAsEmpty);
  }

  return {
    async append(event) {
      file ??= open(filling, 'a', 0o600);
      const handle = await file;
      await handle.appendFile(`${JSON.stringify(event)}\n`);
      await handle.sync();
    },
    async drain(store) {
      if (isDraining) {
        return;
      }
      isDraining = true;
      try {
        // What an earlier drain left comes first; the database drops repeats by their key.
        await drainFile(store);
        await closeFile();
        await rename(filling, draining).catch(missingAsEmpty);
        await drainFile(store);
      } finally {
        isDraining = false;
      }
    },
    close: closeFile,
  };
}

function missingAsEmpty(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') {
    return '';
  }
  throw error;
}
