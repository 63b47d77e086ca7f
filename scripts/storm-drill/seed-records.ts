import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Customer } from '../../src/bot/records.ts';
import { addAgent } from '../../src/integrations/agent-desk/add-agent.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { openSqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { stageClock } from '../stage-clock.ts';
import type { DrillPerson } from './drill-plan.ts';
import { PROVINCE, UNIT } from './places.ts';

export const DRILL_PASSWORD = 'thunder-and-rain-01';
export const DISPATCHER = 'dieudo';
export const AGENT = 'trucban';

const AT_ONCE = 2_000;

/** Puts the contracts of those who name one, a dispatcher and an agent into the product's file. */
export async function seedRecords(path: string, people: readonly DrillPerson[]): Promise<void> {
  const mediaFolder = join(tmpdir(), 'lang-nghe-drill-media');
  const storage = openSqliteStorage({ path, mediaFolder, clock: stageClock, ...loadUtility() });
  const contracts = people.flatMap(({ code, commune, outage }): readonly Customer[] =>
    code === undefined || outage === undefined
      ? []
      : [
          {
            ...{ code, name: 'Khách hàng thử', address: 'Đường thử', commune, province: PROVINCE, unit: UNIT },
            ...{ feeder: outage.feeder, tariffGroup: 'household', households: 1, connection: 'connected' },
            version: 'drill',
          },
        ],
  );
  for (let start = 0; start < contracts.length; start += AT_ONCE) {
    await storage.records.put('customers', contracts.slice(start, start + AT_ONCE));
  }
  const deps = { agents: storage.agents, clock: stageClock, ids: createRandomIds(stageClock.now) };
  await addAgent(deps, { login: DISPATCHER, name: 'Anh Dũng', role: 'dispatcher', password: DRILL_PASSWORD });
  await addAgent(deps, { login: AGENT, name: 'Chị Lan', role: 'agent', password: DRILL_PASSWORD });
  await storage.close();
}
