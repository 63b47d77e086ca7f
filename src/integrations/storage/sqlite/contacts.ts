import type Database from 'better-sqlite3';
import type { Contact } from '../../../bot/figures/contact.ts';
import type { ContactRecords } from '../../../bot/figures/contact-records.ts';
import { foldTurns } from '../../../bot/figures/fold-contact.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { Turn } from '../../../bot/turn.ts';
import { dayOf } from '../../local-time.ts';
import { CONTACTS_REVISION, contactKey, MOST_RECENT, newContactSalt } from '../contact-key.ts';
import type { SqliteDatabase } from './database.ts';
import type { LaterProjection, TurnFollower } from './follow-turns.ts';
import { type TurnRow, toTurn } from './turn-row.ts';

/** Small enough that whatever waits for the next turn of the loop does not wait long. */
const READ_AT_ONCE = 500;
const CONVERSATIONS_AT_ONCE = 20;
/** Then what was said since has its turn. */
const BATCHES_A_ROUND = 10;

/** The contacts of an older revision are gone, those of this one are being derived. */
const BEGUN = `${CONTACTS_REVISION} begun`;

interface Derivation {
  readonly follow: TurnFollower;
  /** Takes up all turns of a conversation that its contacts do not know of. */
  readonly catchUp: (conversationId: ConversationId) => void;
}

/** Counts what customers come with. */
export function createContactFollower(sqlite: Database.Database): TurnFollower {
  return createDerivation(sqlite).follow;
}

/** Within a write. */
function createDerivation(sqlite: Database.Database): Derivation {
  const selectMark = sqlite.prepare<[], string>("SELECT value FROM data_marks WHERE name = 'contact_salt'").pluck();
  const insertMark = sqlite.prepare<[string]>("INSERT INTO data_marks (name, value) VALUES ('contact_salt', ?)");
  const selectRecent = sqlite
    .prepare<[string], string>(`SELECT record FROM contacts WHERE key = ? ORDER BY number DESC LIMIT ${MOST_RECENT}`)
    .pluck();
  const selectTurns = sqlite.prepare<[string, number, number], TurnRow>(
    'SELECT * FROM turns WHERE conversation_id = ? AND version > ? AND version <= ? ORDER BY version',
  );
  const upsert = sqlite.prepare<[string, number, string, string]>(
    `INSERT INTO contacts (key, number, day, record) VALUES (?, ?, ?, ?)
     ON CONFLICT (key, number) DO UPDATE SET record = excluded.record`,
  );
  let salt: string | undefined;

  function saltOf(): string {
    salt ??= selectMark.get();
    if (salt === undefined) {
      salt = newContactSalt();
      insertMark.run(salt);
    }
    return salt;
  }

  /** `turns` follow each other; the rows are read for those before them that the contacts do not know of. */
  function derive(conversationId: ConversationId, turns: readonly Turn[], upTo: number): void {
    const key = contactKey(saltOf(), conversationId);
    const recent = selectRecent.all(key).map(toContact).reverse();
    const known = Math.max(0, ...recent.map(({ version }) => version));
    const earlier = upTo <= known ? [] : selectTurns.all(conversationId, known, upTo).map(toTurn);
    for (const contact of foldTurns(recent, [...earlier, ...turns], key)) {
      upsert.run(key, contact.number, dayOf(contact.startedAt), JSON.stringify(contact));
    }
  }

  return {
    follow(turns) {
      const [first] = turns;
      if (first !== undefined) {
        derive(first.conversationId, turns, first.version - 1);
      }
    },
    catchUp: (conversationId) => derive(conversationId, [], Number.MAX_SAFE_INTEGER),
  };
}

/** Contacts in the SQLite file, read in small pieces. */
export function createSqliteContactRecords(
  { sqlite }: SqliteDatabase,
  { readAtOnce = READ_AT_ONCE }: { readonly readAtOnce?: number } = {},
): ContactRecords {
  const selectDay = sqlite.prepare<[string, string, number, number], { key: string; number: number; record: string }>(
    'SELECT key, number, record FROM contacts WHERE day = ? AND (key, number) > (?, ?) ORDER BY key, number LIMIT ?',
  );
  return {
    async eachOf(day, visit) {
      for (let after = { key: '', number: 0 }; ; ) {
        const rows = selectDay.all(day, after.key, after.number, readAtOnce);
        for (const { record } of rows) {
          visit(toContact(record));
        }
        const last = rows.at(-1);
        if (last === undefined || rows.length < readAtOnce) {
          return;
        }
        after = last;
        await new Promise(setImmediate);
      }
    },
  };
}

/** Derives the contacts of all conversations anew, where an older release has derived them or none. */
export function createContactRecount(db: SqliteDatabase): LaterProjection {
  const { sqlite } = db;
  const { catchUp } = createDerivation(sqlite);
  const selectRevision = sqlite
    .prepare<[], string>("SELECT value FROM data_marks WHERE name = 'contacts_revision'")
    .pluck();
  const setRevision = sqlite.prepare<[string]>(
    "INSERT OR REPLACE INTO data_marks (name, value) VALUES ('contacts_revision', ?)",
  );
  const forgetAll = sqlite.prepare('DELETE FROM contacts');
  const selectIds = sqlite
    .prepare<[string, number], string>(
      'SELECT conversation_id FROM conversations WHERE conversation_id > ? ORDER BY conversation_id LIMIT ?',
    )
    .pluck();
  let isDone = false;
  let after = '';

  return {
    async follow() {
      if (isDone) {
        return 0;
      }
      const revision = selectRevision.get();
      if (revision !== CONTACTS_REVISION && revision !== BEGUN) {
        await db.write('recount_contacts', () => {
          forgetAll.run();
          setRevision.run(BEGUN);
        });
      }
      isDone = revision === CONTACTS_REVISION;
      let count = 0;
      for (let batch = 0; !isDone && batch < BATCHES_A_ROUND; batch += 1) {
        const ids = selectIds.all(after, CONVERSATIONS_AT_ONCE);
        await db.write('recount_contacts', () => {
          ids.forEach(catchUp);
          if (ids.length === 0) {
            setRevision.run(CONTACTS_REVISION);
          }
        });
        isDone = ids.length === 0;
        after = ids.at(-1) ?? after;
        count += ids.length;
      }
      return count;
    },
  };
}

function toContact(record: string): Contact {
  return JSON.parse(record) as Contact;
}
