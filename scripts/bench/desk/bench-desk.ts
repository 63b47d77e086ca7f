import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConversationState, NEW_CONVERSATION } from '../../../src/bot/conversation.ts';
import type { IncidentRecords } from '../../../src/bot/incidents/incident-records.ts';
import type { OutageReports } from '../../../src/bot/incidents/outage-report.ts';
import type { Message } from '../../../src/bot/message.ts';
import { createQueueBoard } from '../../../src/integrations/agent-desk/queue-board.ts';
import { readConversation } from '../../../src/integrations/agent-desk/read-conversation.ts';
import { searchWords } from '../../../src/integrations/agent-desk/search-words.ts';
import { createLocalEvents } from '../../../src/integrations/local-events.ts';
import { createSqliteConversationStore } from '../../../src/integrations/storage/sqlite/conversation-store.ts';
import { createSqliteConversationViews } from '../../../src/integrations/storage/sqlite/conversation-views.ts';
import { createSqliteCustomerRecords } from '../../../src/integrations/storage/sqlite/customer-records.ts';
import { openDatabase, type SqliteDatabase } from '../../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeliveryLedger } from '../../../src/integrations/storage/sqlite/delivery-ledger.ts';
import { createLaterProjection } from '../../../src/integrations/storage/sqlite/follow-turns.ts';
import { createSqliteIncidentRecords } from '../../../src/integrations/storage/sqlite/incident-records.ts';
import { createSqliteMediaStore } from '../../../src/integrations/storage/sqlite/media-store.ts';
import { createSqliteOutageReports } from '../../../src/integrations/storage/sqlite/outage-reports.ts';
import { createSearchFollower } from '../../../src/integrations/storage/sqlite/search/search-follower.ts';
import { createSqliteSearchIndex } from '../../../src/integrations/storage/sqlite/search/search-index.ts';
import { systemClock } from '../../../src/integrations/system-clock.ts';
import { buildBot } from '../../../test/support/build-bot.ts';
import { percentile } from '../../percentile.ts';

export interface DeskResult {
  readonly what: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

const CONVERSATIONS = 5_000;
const TURNS_EACH = 20;
const AGENTS = 40;
const ROWS_SHOWN = 100;
const LONG_WAIT_MS = 10 * 60_000;
const SAID = [
  'Nhà tôi ở ấp 3 xã Long Định mất điện từ sáng',
  'cho hỏi tien dien thang 10 cua PB06010001234',
  'sao tháng này tiền điện cao dữ vậy em',
  'lịch cúp điện tuần này ở phường Cao Lãnh',
  'cảm ơn em nhiều nha',
] as const;
const ASKED = ['mat dien', 'tien dien thang 10', 'PB0601', 'cao lanh', 'long dinh', 'khach 4321', 'khong co chu nay'];

/** The desk with 5,000 open conversations and 200,000 messages: its first screen, a claim, a search. */
export async function benchDesk({ rounds }: { readonly rounds: number }): Promise<readonly DeskResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-desk-'));
  const db = openDatabase({ path: join(folder, 'data.sqlite') });
  const index = createSqliteSearchIndex(db);
  try {
    await fill(db);
    await createLaterProjection(db, [createSearchFollower(db.sqlite)]).follow();
    const store = createSqliteConversationStore(db);
    const views = createSqliteConversationViews(db);
    const customers = createSqliteCustomerRecords(db);
    const [incidents, reports] = [createSqliteIncidentRecords(db), createSqliteOutageReports(db)];
    const board = createQueueBoard({
      ...{ views, customers, incidents, reports },
      events: createLocalEvents(),
      ...{ clock: systemClock, longWaitMs: LONG_WAIT_MS },
    });
    const reading = {
      ...{ store, views, deliveries: createSqliteDeliveryLedger(db), clock: systemClock, channels: new Map() },
      media: createSqliteMediaStore(db, { folder, clock: systemClock }),
    };
    const { bot } = buildBot(() => ({}), db);
    const firstScreen = async () => {
      const { queue } = await board.read();
      await board.rows(queue.slice(0, ROWS_SHOWN));
      await readConversation(reading, queue[0]?.conversationId ?? '', { limit: 100 });
    };
    const results = [
      await measure('first screen: lists and the first conversation', rounds, firstScreen),
      await measure('claim', rounds, async (round) => {
        const who = `claimer-${round}`;
        const { done } = await bot.performAgentAct(
          idOf(round * 2),
          { act: 'claim', agentId: who, agentName: who },
          `claim-${round}`,
        );
        if (!done) {
          throw new Error('A claim was refused: there is nothing to measure.');
        }
      }),
      await measure('search', rounds, async (round) => {
        const words = searchWords(ASKED[round % ASKED.length] ?? '');
        await index.search({ words, limit: 20, withinMs: 400 });
      }),
    ];
    await putToOneIncident(incidents, reports);
    results.push(await measure('first screen in a storm: most wait about one incident', rounds, firstScreen));
    await bot.idle();
    return results;
  } finally {
    await index.close();
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const idOf = (number: number) => `web:main:v-${number}`;

/** Every second conversation waits; the others are with somebody. */
async function fill(db: SqliteDatabase): Promise<void> {
  const store = createSqliteConversationStore(db);
  const start = systemClock.now() - CONVERSATIONS * 1_000;
  for (let number = 0; number < CONVERSATIONS; number += 1) {
    const at = start + number * 1_000;
    const open: Partial<ConversationState> =
      number % 2 === 0
        ? { holder: 'queue', waitingSince: at, handoffReason: 'customer_asked', epoch: 1 }
        : { holder: 'agent', agentId: `agent-${number % AGENTS}`, agentName: 'Lan', epoch: 2, takeoverEpoch: 2 };
    await Promise.all(
      Array.from({ length: TURNS_EACH }, (_, index) =>
        store.commit({
          ...{ conversationId: idOf(number), version: index + 1, id: `${number}-${index}`, kind: 'customer', at },
          ...{ handles: [`fill/${number}/${index}`], effects: [], timers: [], contentVersion: 'bench' },
          messages: twoMessages(number, index, at),
          state: { ...NEW_CONVERSATION, ...open, messageSeq: 2 * (index + 1) },
        }),
      ),
    );
  }
}

/** Four of five who wait. */
async function putToOneIncident(incidents: IncidentRecords, reports: OutageReports): Promise<void> {
  const area = { text: 'Long Định', province: 'Tây Ninh', communes: ['Long Định'], feeders: ['471-BL'] };
  const changedBy = { kind: 'outage_system', id: 'oms', name: 'OMS' } as const;
  const incident = { id: 'SK-1', version: 1, state: 'ongoing', startedAt: 1, updatedAt: 1 } as const;
  await incidents.append({ ...incident, area, changedBy });
  const links = Array.from({ length: CONVERSATIONS }, (_, number) => number).filter((number) => number % 10 < 8);
  await Promise.all(
    links.map((number) =>
      reports.link({
        ...{ incidentId: incident.id, conversationId: idOf(number), reportedAt: 1 },
        ...{ reasons: ['cùng Long Định'], isVulnerable: false },
      }),
    ),
  );
}

/** The answer stands as delivered: nothing is to be sent while the desk is measured. */
function twoMessages(number: number, index: number, at: number): readonly Message[] {
  const text = SAID[(number + index) % SAID.length] ?? '';
  const seq = 2 * index + 1;
  return [
    { seq, direction: 'in', author: 'customer', at, epoch: 0, content: { text: `${text}, khách ${number}` } },
    {
      ...{ seq: seq + 1, direction: 'out', author: 'bot', at, epoch: 0, isDelivered: true },
      reply: { kind: 'text', text: `Dạ em xem ngay: ${text}` },
    },
  ];
}

async function measure(what: string, rounds: number, once: (round: number) => Promise<void>): Promise<DeskResult> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await once(round);
    took.push(performance.now() - startedAt);
  }
  return { what, p50: percentile(took, 0.5) ?? 0, p95: percentile(took, 0.95) ?? 0 };
}
