import type { Clock, SmsGateway } from '../../bot/ports.ts';
import type { Tariffs } from '../../tariffs/tariff.ts';
import { createDemoAgents } from '../agent-desk/demo-agents.ts';
import type { DemoAgentHint } from '../agent-desk/desk-api/session.ts';
import type { DemoPanel } from '../channels/web/demo-panel.ts';
import { createRandomIds } from '../random-ids.ts';
import type { Storage } from '../storage/storage.ts';
import { readOrMakeDemoKey } from './demo-key.ts';
import { createDemoPhone } from './demo-phone.ts';
import { DEMO_HINTS, seedDemoData } from './seed-demo-data.ts';

/** What exists in demo mode only: a key of its own, data, agents with public passwords, a phone on the screen. */
export interface Demo {
  readonly secretKey: string;
  readonly phone: SmsGateway;
  readonly panel: DemoPanel;
  readonly agents: readonly DemoAgentHint[];
}

export interface DemoDeps {
  readonly dataFolder: string;
  readonly storage: Pick<Storage, 'records' | 'demoSms' | 'agents' | 'incidents'>;
  readonly tariffs: Tariffs;
  readonly clock: Clock;
}

/** Fills the demo database on the first start, and brings its outages to today on later ones. */
export async function openDemo({ dataFolder, storage, tariffs, clock }: DemoDeps): Promise<Demo> {
  await seedDemoData({ ...storage, now: clock.now(), tariffs });
  const phone = createDemoPhone({ store: storage.demoSms, clock });
  const agents = await createDemoAgents({ agents: storage.agents, clock, ids: createRandomIds(clock.now) });
  return {
    secretKey: readOrMakeDemoKey(dataFolder),
    phone,
    panel: { customers: DEMO_HINTS, sms: (after) => phone.messages(after) },
    agents,
  };
}
