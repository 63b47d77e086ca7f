import { createSqliteBotFrameworkReferences } from '../../src/integrations/storage/sqlite/botframework-references.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteTelegramStore } from '../../src/integrations/storage/sqlite/telegram-store.ts';
import { createSqliteZaloStore } from '../../src/integrations/storage/sqlite/zalo-store.ts';
import { referenceStoreContract } from '../contracts/reference-store.contract.ts';
import { telegramStoreContract } from '../contracts/telegram-store.contract.ts';
import { zaloStoreContract } from '../contracts/zalo-store.contract.ts';

const on =
  <T>(create: (db: SqliteDatabase) => T) =>
  async () => {
    const db = openDatabase({ path: ':memory:' });
    return { store: create(db), close: () => db.close() };
  };

zaloStoreContract('SQLite', on(createSqliteZaloStore));
telegramStoreContract('SQLite', on(createSqliteTelegramStore));
referenceStoreContract('SQLite', on(createSqliteBotFrameworkReferences));
