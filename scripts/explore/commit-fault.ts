import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DATABASE_FILES } from '../../src/open-data-folder.ts';

/** What a start takes away, by the name of the fault: each is a promise broken on purpose. */
const FAULTS: Readonly<Record<string, string>> = {
  /** The events that turns have handled: a message that comes again is handled again. */
  forget_events: 'DELETE FROM inbound_events WHERE handled_by IS NOT NULL',
  /** The answers that have not gone out yet: nobody sends them. */
  forget_answers: "DELETE FROM deliveries WHERE state IN ('queued', 'sending')",
  /** The acts that have not been carried out yet: no SMS goes out, no ticket is opened. */
  forget_effects: "DELETE FROM effects WHERE state = 'waiting'",
};

/** Breaks a promise of the product in the explorer's own server, so that the explorer can be seen to fail. */
export function commitFault(dataFolder: string, name: string): void {
  const file = join(dataFolder, DATABASE_FILES.demo);
  if (name === '' || !existsSync(file)) {
    return;
  }
  const fault = FAULTS[name];
  if (fault === undefined) {
    throw new Error(`There is no fault "${name}". Known: ${Object.keys(FAULTS).join(', ')}.`);
  }
  const sqlite = new Database(file);
  sqlite.exec(fault);
  sqlite.close();
}
