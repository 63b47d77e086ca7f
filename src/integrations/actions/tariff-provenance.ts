import { createHash } from 'node:crypto';
import type { Provenance } from '../../dialogs/provenance.ts';

const VERSION_LENGTH = 12;

/** Where a published figure comes from: one row of the tariff tables, in the content that it has now. */
export function tariffProvenance(table: string, id: string, row: unknown, asOf: string): Provenance {
  const version = createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, VERSION_LENGTH);
  return { record: 'tariff', id: `${table}/${id}`, version, asOf };
}
