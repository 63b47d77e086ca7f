import { createSqliteAgentSlots } from '../../src/integrations/storage/sqlite/agent-slots.ts';
import { createSqliteCannedChanges } from '../../src/integrations/storage/sqlite/canned-changes.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeskStore } from '../../src/integrations/storage/sqlite/desk-store.ts';
import { agentStoreContract } from '../contracts/agent-desk-store.contract.ts';
import { agentSlotsContract } from '../contracts/agent-slots.contract.ts';
import { cannedChangesContract } from '../contracts/canned-changes.contract.ts';
import { createFakeAgentStore, createFakeCanned, createFakeSlots } from '../support/desk-fakes.ts';

agentStoreContract('SQLite', async () => {
  const database = openDatabase({ path: ':memory:' });
  return { store: createSqliteDeskStore(database), close: () => database.close() };
});

cannedChangesContract('SQLite', async () => {
  const database = openDatabase({ path: ':memory:' });
  return { canned: createSqliteCannedChanges(database), close: () => database.close() };
});

cannedChangesContract('The fake', async () => ({ canned: createFakeCanned(), close: async () => {} }));

agentSlotsContract('SQLite', async () => {
  const database = openDatabase({ path: ':memory:' });
  return { slots: createSqliteAgentSlots(database), close: () => database.close() };
});

agentSlotsContract('The fake', async () => ({ slots: createFakeSlots(), close: async () => {} }));

agentStoreContract('The fake', async () => ({ store: createFakeAgentStore(), close: async () => {} }));
