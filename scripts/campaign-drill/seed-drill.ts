import { join } from 'node:path';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { openSqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';

export interface SeededDrill {
  /** Conversations that must be told. */
  readonly told: ReadonlySet<string>;
  /** Conversations that have said no. */
  readonly out: ReadonlySet<string>;
}

const UNIT = 'PB0601';
const OUT_EVERY = 50;
const AT_ONCE = 2_000;
const DAY_MS = 86_400_000;

/** Customers of one unit who have subscribed, some of whom want nothing any more, and a planned outage of that unit. */
export async function seedDrill(folder: string, recipients: number, now: number): Promise<SeededDrill> {
  const path = join(folder, 'drill.sqlite');
  const storage = openSqliteStorage({ path, mediaFolder: folder, clock: { now: () => now }, ...loadUtility() });
  const told = new Set<string>();
  const out = new Set<string>();
  const numbers = Array.from({ length: recipients }, (_, index) => index + 1);
  for (let start = 0; start < recipients; start += AT_ONCE) {
    const batch = numbers.slice(start, start + AT_ONCE).map((number) => ({
      ...{ number, code: `${UNIT}${String(number).padStart(7, '0')}`, conversationId: `web:main:v${number}` },
    }));
    await storage.records.put(
      'customers',
      batch.map(({ code }) => ({
        ...{ code, name: 'Khách hàng thử', address: 'Đường thử', province: 'Tây Ninh', unit: UNIT },
        ...{ tariffGroup: 'household', households: 1, connection: 'connected', version: 'drill' },
      })),
    );
    await Promise.all(
      batch.map(async ({ number, code, conversationId }) => {
        const isOut = number % OUT_EVERY === 0;
        (isOut ? out : told).add(conversationId);
        const consent = { version: 1, at: now, words: 'Đồng ý.' };
        const wish = { topic: 'planned_outage', customerCode: code } as const;
        await storage.subscriptions.start({ ...wish, conversationId, isVerified: false, consent });
        await (isOut ? storage.optOuts.add(conversationId) : undefined);
      }),
    );
  }
  await storage.records.put('outages', [
    {
      ...{ id: 'DRILL-1', kind: 'planned', state: 'scheduled', unit: UNIT, area: 'Toàn đơn vị', province: 'Tây Ninh' },
      ...{ communes: [], feeders: [], from: now + 3 * DAY_MS, to: now + 3 * DAY_MS + 4 * 3_600_000 },
      ...{ version: 'drill', updatedAt: now },
    },
  ]);
  await storage.close();
  return { told, out };
}
