import type { StormSwitch, StormSwitches } from '../../../bot/incidents/storm-mode.ts';
import type { SqliteDatabase } from './database.ts';

/** When storm mode went on and off. */
export function createSqliteStormSwitches(db: SqliteDatabase): StormSwitches {
  const newest = db.sqlite.prepare<[], { record: string }>(
    'SELECT record FROM storm_switches ORDER BY number DESC LIMIT 1',
  );
  const insert = db.sqlite.prepare<[number, string]>(
    'INSERT INTO storm_switches (number, record) VALUES (?, ?) ON CONFLICT (number) DO NOTHING',
  );
  return {
    async stormSwitch() {
      const row = newest.get();
      return row && (JSON.parse(row.record) as StormSwitch);
    },
    appendSwitch: (change) =>
      db.write('switch_storm', () => insert.run(change.number, JSON.stringify(change)).changes > 0),
  };
}
