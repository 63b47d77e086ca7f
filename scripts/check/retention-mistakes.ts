import { loadRetention } from '../../src/integrations/privacy/load-retention.ts';
import { COLLECTIONS } from '../../src/integrations/storage/mongo/collections.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';

const FILE = 'data/privacy/retention.yaml';

/** What is wrong between the classes of `data/privacy/retention.yaml` and the tables and collections that there are. */
export async function retentionMistakes(classes = loadRetention().classes): Promise<readonly string[]> {
  const stores = new Set([...(await tables()), ...COLLECTIONS.map(({ name }) => name)]);
  const classified = classes.flatMap((one) => one.stores);
  return [
    ...[...stores]
      .filter((name) => !classified.includes(name))
      .map((name) => `${FILE}: ${name} is in no class. Name it under the \`stores\` of the one it belongs to.`),
    ...repeated(classified).map((name) => `${FILE}: ${name} is in two classes. Leave it in one.`),
    ...classified
      .filter((name) => !stores.has(name))
      .map((name) => `${FILE}: there is neither a table nor a collection ${name}. Correct the name, or take it out.`),
    ...repeated(classes.map(({ id }) => id)).map((id) => `${FILE}: two classes have the id ${id}. Rename one.`),
  ];
}

/** The tables, without those in which SQLite keeps its full-text indexes. */
async function tables(): Promise<readonly string[]> {
  const db = openDatabase({ path: ':memory:' });
  const names = db.sqlite
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  await db.close();
  return names.filter((name) => !names.some((other) => name.startsWith(`${other}_`) && other.endsWith('_words')));
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
