import { expect, test } from '@jest/globals';
import { createSqliteAgentSlots } from '../../src/integrations/storage/sqlite/agent-slots.ts';
import { createSqliteAuditLog } from '../../src/integrations/storage/sqlite/audit-log.ts';
import { createSqliteCannedChanges } from '../../src/integrations/storage/sqlite/canned-changes.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeskStore } from '../../src/integrations/storage/sqlite/desk-store.ts';
import { agentStoreContract } from '../contracts/agent-desk-store.contract.ts';
import { agentSlotsContract } from '../contracts/agent-slots.contract.ts';
import { auditLogContract } from '../contracts/audit-log.contract.ts';
import { cannedChangesContract } from '../contracts/canned-changes.contract.ts';
import { createFakeAgentStore } from '../support/fake-agent-store.ts';
import { createFakeCanned } from '../support/fake-canned.ts';
import { createFakeSlots } from '../support/fake-slots.ts';

agentStoreContract('SQLite', async () => {
  const database = openDatabase({ path: ':memory:' });
  return { store: createSqliteDeskStore(database), close: () => database.close() };
});

auditLogContract('SQLite', async () => {
  const database = openDatabase({ path: ':memory:' });
  return { audit: createSqliteAuditLog(database), close: () => database.close() };
});

test('the SQLite file itself refuses to change or forget an entry of the audit log', async () => {
  const database = openDatabase({ path: ':memory:' });
  await createSqliteAuditLog(database).append({ at: 1, actorId: 'a', actorName: 'A', action: 'log_in' });
  for (const statement of ["UPDATE audit_log SET actor_name = 'B'", 'DELETE FROM audit_log']) {
    expect(() => database.sqlite.exec(statement)).toThrow('append-only');
  }
  await database.close();
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
