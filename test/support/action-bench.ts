import { tmpdir } from 'node:os';
import type { Incident } from '../../src/bot/incidents/incident.ts';
import type { Bill, Customer, PlannedOutage, Ticket } from '../../src/bot/records.ts';
import { ACTIONS } from '../../src/dialogs/actions.ts';
import type { Identities } from '../../src/dialogs/identity.ts';
import { loadAnswers } from '../../src/dialogs/load-answers.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import type { ActionContext, ActionResult, EffectRequest, Slots } from '../../src/dialogs/run-action.ts';
import { createOneTimeCodes } from '../../src/integrations/actions/one-time-code.ts';
import { createRunAction } from '../../src/integrations/actions/run-action.ts';
import { createDocumentLinks } from '../../src/integrations/documents/document-links.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { loadNoticeRules } from '../../src/integrations/notices/load-notice-rules.ts';
import { createExportLinks } from '../../src/integrations/privacy/export-links.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import { openSqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { createRecordsWriter } from '../../src/integrations/storage/sqlite/records-writer.ts';
import type { RecordKinds } from '../../src/integrations/storage/utility-records.ts';
import { DEFAULT_PLACES_FILE } from '../../src/nlu/load-model.ts';
import { loadPlaces } from '../../src/nlu/load-places.ts';
import { provincesOfName } from '../../src/nlu/provinces-of-name.ts';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';

/** Sunday 22 November 2026, 09:00 in Viet Nam. */
export const BENCH_NOW = Date.UTC(2026, 10, 22, 2);
export const CODE = 'PB06010001234';
export const OTHER_CODE = 'PB06010001242';
export const UNKNOWN_CODE = 'PB06010009999';
export const PHONE = '0900000001';

const utility = loadUtility();
const places = loadPlaces(DEFAULT_PLACES_FILE);
const named = (name: string) => provincesOfName(places, name);
const tariffs = loadTariffs();
const answers = loadAnswers();
const noticeRules = loadNoticeRules();
let events = 0;

/** The real actions over real stores in memory, with a clock that a test moves. */
export function openActionBench() {
  let now = BENCH_NOW;
  const clock = { now: () => now };
  const storage = openSqliteStorage({
    path: ':memory:',
    mediaFolder: tmpdir(),
    clock,
    provinceNames: utility.provinceNames,
  });
  const exportLinks = createExportLinks('a key of the test', 'https://chat.test');
  const documentLinks = createDocumentLinks('a key of the test', 'https://chat.test');
  const codes = createOneTimeCodes({ key: 'a key of the test' });
  const addresses = createAddressSeal('a key of the test');
  const channels = new Map<string, { readonly handsOverFiles?: boolean }>(
    ['sms', 'email', 'web'].map((name) => [name, {}]),
  );
  channels.set('zalo', { handsOverFiles: true });
  const ids = createRandomIds(clock.now);
  const runAction = createRunAction({
    ...{
      ...storage,
      codes,
      utility,
      provincesOfName: named,
      tariffs,
      answers,
      noticeRules,
      ids,
      channels,
      exportLinks,
      documentLinks,
    },
    ...{ addresses, adapters: new Map() },
  });
  const write = createRecordsWriter(storage.db);

  function context(change: Partial<ActionContext> = {}): ActionContext {
    events += 1;
    return {
      ...{ conversationId: 'web:main:c1', channel: 'web', eventKey: `web/main/e${events}`, now, identities: {} },
      ...{ utterance: '', dialog: 'meter-problem' },
      ...change,
    };
  }

  async function run(name: string, slots: Slots, change: Partial<ActionContext> = {}): Promise<ActionResult> {
    const result = await runAction(name, slots, context(change));
    const kind = ACTIONS[name]?.outcomes[result.outcome];
    const missing = (kind?.sets ?? []).filter((slot) => !result.slots?.[slot]);
    if (kind === undefined || missing.length > 0) {
      throw new Error(
        `${name} answered ${result.outcome} without ${missing.join(', ') || 'a place in the catalogue'}.`,
      );
    }
    return result;
  }

  return {
    storage,
    codes,
    channels,
    run,
    clock: {
      now: clock.now,
      advance(ms: number) {
        now += ms;
      },
    },
    write: <Kind extends keyof RecordKinds>(kind: Kind, ...rows: RecordKinds[Kind][]) =>
      storage.db.write('test_records', () => {
        for (const row of rows) {
          write[kind](row);
        }
      }),
    /** Begins a verification; tells the id of the challenge. */
    async challenge(customerCode: string, change: Partial<ActionContext> = {}): Promise<string> {
      const { outcome, slots } = await run('send_otp', { customer_code: customerCode }, change);
      return outcome === 'sent' ? (slots?.['challenge_id'] ?? '') : outcome;
    },
    /** Types the right code, or a wrong one. */
    check(customerCode: string, challengeId: string, isRight: boolean, change: Partial<ActionContext> = {}) {
      const right = codes.codeOf(challengeId);
      const otp = isRight ? right : String((Number(right) + 1) % 1_000_000).padStart(6, '0');
      return run('check_otp', { customer_code: customerCode, challenge_id: challengeId, otp }, change);
    },
    close: () => storage.close(),
  };
}

export type ActionBench = ReturnType<typeof openActionBench>;

export function aCustomer(change: Partial<Customer> = {}): Customer {
  return {
    code: CODE,
    name: 'Nguyễn Thị Hoa',
    phone: PHONE,
    address: '10 Hùng Vương, phường Long An, tỉnh Tây Ninh',
    province: 'Tây Ninh',
    district: 'Tân An',
    commune: 'Long An',
    unit: 'PB0601',
    feeder: '471-TAN',
    tariffGroup: 'household',
    households: 1,
    connection: 'connected',
    version: 'import-2026-11-20T03:00:00.000Z',
    ...change,
  };
}

export function aBill(change: Partial<Bill> = {}): Bill {
  const month = change.month ?? '2026-10';
  const period = change.period ?? 1;
  return {
    id: `${change.customerCode ?? CODE}/${month}/${period}`,
    customerCode: CODE,
    month,
    period,
    from: `${month}-01`,
    to: `${month}-28`,
    readingOld: 1000,
    readingNew: 1250,
    multiplier: 1,
    kwh: 250,
    lines: [
      { label: 'Bậc 1', kwh: 50, price: 1984, amount: 99_200 },
      { label: 'Bậc 2', kwh: 50, price: 2050, amount: 102_500 },
      { label: 'Bậc 3', kwh: 100, price: 2380, amount: 238_000 },
      { label: 'Bậc 4', kwh: 50, price: 2998, amount: 149_900 },
    ],
    amount: 589_600,
    vatRate: 8,
    vat: 47_168,
    total: 636_768,
    due: '2026-11-30',
    version: 'import-2026-11-20T03:00:00.000Z',
    ...change,
  };
}

/** A planned outage tomorrow from 07:30 to 11:00. */
export function anOutage(change: Partial<PlannedOutage> = {}): PlannedOutage {
  return {
    id: 'O1',
    kind: 'planned',
    state: 'scheduled',
    unit: 'PB0601',
    area: 'Long An: đường Châu Thị Kim',
    province: 'Tây Ninh',
    district: 'Tân An',
    communes: ['Long An'],
    feeders: [],
    from: Date.parse('2026-11-23T07:30:00+07:00'),
    to: Date.parse('2026-11-23T11:00:00+07:00'),
    reason: 'Bảo trì, sửa chữa lưới điện',
    version: 'import-2026-11-20T03:00:00.000Z',
    updatedAt: BENCH_NOW - 3_600_000,
    ...change,
  };
}

/** A confirmed incident of the last hour. */
export function anIncident(change: Partial<Incident> = {}): Incident {
  const { area, unit, province, district = '', communes, feeders } = anOutage();
  return {
    ...{ id: 'SK1', version: 1, state: 'ongoing', updatedAt: BENCH_NOW - 600_000, startedAt: BENCH_NOW - 3_600_000 },
    area: { text: area, unit, province, district, communes, feeders },
    changedBy: { kind: 'agent', id: 'dieu-do', name: 'Anh Dũng' },
    ...change,
  };
}

export function verifiedFor(...codes: string[]): Identities {
  return Object.fromEntries(codes.map((code) => [code, { level: 'verified', validUntil: BENCH_NOW + 900_000 }]));
}

export function saidBy({ replies = [] }: ActionResult): string {
  return replies.map(toPlainText).join('\n');
}

export function ticketIn({ effects = [] }: ActionResult): Extract<EffectRequest, { kind: 'open_ticket' }>['ticket'] {
  const effect = effects.find(({ kind }) => kind === 'open_ticket');
  if (effect?.kind !== 'open_ticket') {
    throw new Error('No ticket was asked for.');
  }
  return effect.ticket;
}

/** The customer has reported an outage and was told half a minute ago that the power is back. */
export async function tellOfTheEnd({ storage: { incidents, reports } }: ActionBench): Promise<void> {
  const conversationId = 'web:main:c1';
  const incident = anIncident({ state: 'restored', restoredAt: BENCH_NOW - 60_000 });
  await incidents.append(incident);
  await reports.link({
    ...{ incidentId: incident.id, conversationId, reportedAt: BENCH_NOW - 3_600_000, reasons: [] },
    isVulnerable: false,
  });
  await reports.told(incident.id, conversationId, BENCH_NOW - 30_000);
}

/** Writes what an action has asked for as a ticket of the customer's conversation; returns its number. */
export async function openTicket(
  { storage }: ActionBench,
  result: ActionResult,
  change: Partial<Ticket> = {},
): Promise<string> {
  await storage.tickets.open({ ...writtenTicket(result), conversationId: 'web:main:c1', ...change });
  return ticketIn(result).number;
}

/** A ticket as the effect would have written it. */
export function writtenTicket(result: ActionResult): Ticket {
  return { ...ticketIn(result), state: 'open', createdAt: BENCH_NOW, history: [] };
}
