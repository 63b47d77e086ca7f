import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeskStore } from '../../src/integrations/storage/sqlite/desk-store.ts';
import { agentStoreContract } from '../contracts/agent-desk-store.contract.ts';
import { createFakeAgentStore } from '../support/desk-fakes.ts';

agentStoreContract('SQLite', async () => {
  const database = openDatabase({ path: ':memory:' });
  return { store: createSqliteDeskStore(database), close: () => database.close() };
});

agentStoreContract('The fake', async () => ({ store: createFakeAgentStore(), close: async () => {} }));
