import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;

/** The demo's own key for tokens and codes, made on first start: a restart must not end conversations. */
export function readOrMakeDemoKey(folder: string): string {
  const file = join(folder, 'demo.key');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const key = randomBytes(KEY_BYTES).toString('base64url');
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    return key;
  }
}
