import { indexIds } from './ferretdb/index-ids.ts';

/** `npm run ferretdb:index -- <file.sqlite>`: lets FerretDB 1.24 on SQLite find a document by its `_id` (docs/operations.md). */
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: npm run ferretdb:index -- <folder of FerretDB>/<database>.sqlite');
  process.exit(1);
}
try {
  console.log(`${indexIds(file)} collections got an index by _id.`);
} catch (error) {
  console.error(`Cannot make the indexes in ${file}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
