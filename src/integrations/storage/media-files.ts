import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes by key, each in a file of its own whose name tells nothing. */
export interface MediaFiles {
  /** On the disk when it resolves: whole or not at all. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** `undefined`: there is none. */
  read(key: string): Promise<Uint8Array | undefined>;
  remove(key: string): Promise<void>;
}

/** Files below a folder that is made when the first one comes; spread over 256 folders, as many files in one are slow. */
export function createMediaFiles(folder: string): MediaFiles {
  const placeOf = (key: string) => {
    const name = createHash('sha256').update(key).digest('hex');
    return { folder: join(folder, name.slice(0, 2)), path: join(folder, name.slice(0, 2), name) };
  };
  return {
    async write(key, bytes) {
      const place = placeOf(key);
      await mkdir(place.folder, { recursive: true, mode: 0o700 });
      const file = await open(`${place.path}.part`, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${place.path}.part`, place.path);
      await syncFolder(place.folder);
    },
    read: (key) => readFile(placeOf(key).path).catch(undefinedWhenMissing),
    async remove(key) {
      await unlink(placeOf(key).path).catch(undefinedWhenMissing);
    },
  };
}

/** A new name is lost in a power cut until its folder is on the disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') {
    throw error;
  }
}
