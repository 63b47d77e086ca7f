import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { InboxLoad } from '../bot/inbox.ts';
import type { NoticeLedger } from '../bot/notices/notice-ledger.ts';
import type { Attempt, ConversationStore, DeliveryLedger, EventSpool } from '../bot/ports.ts';
import type { Turn } from '../bot/turn.ts';
import { measureStorm, type StormMeasures } from './storm-metrics.ts';

interface MeasuredStores {
  readonly conversations: ConversationStore;
  readonly deliveries: DeliveryLedger;
}

/** Counts what the ports do, for `GET /metrics`. No label holds anything of a customer. */
export interface Metrics {
  register(app: FastifyInstance): Promise<void>;
  over(stores: MeasuredStores): MeasuredStores;
  notices(ledger: NoticeLedger): NoticeLedger;
  spool<Spool extends EventSpool>(spool: Spool): Spool;
  /** Shows how full the inbox is whenever somebody looks. */
  inbox(load: () => InboxLoad): void;
  /** Shows outages and the queue whenever somebody looks. */
  storm(measures: StormMeasures): void;
}

const COMMIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({
    ...{ name: 'lang_nghe_turns_total', help: 'Turns by who made them and what became of the commit.' },
    ...{ labelNames: ['kind', 'result'], registers },
  });
  const commits = new Histogram({
    ...{ name: 'lang_nghe_commit_seconds', help: 'How long a commit took until it was durable.' },
    ...{ buckets: COMMIT_SECONDS, registers },
  });
  const attempts = new Counter({
    ...{ name: 'lang_nghe_attempts_total', help: 'Attempts to send, by channel and the state they came to.' },
    ...{ labelNames: ['channel', 'state'], registers },
  });
  const notices = new Counter({
    ...{ name: 'lang_nghe_notices_total', help: 'Notices by what became of them; a failure may be told elsewhere.' },
    ...{ labelNames: ['state'], registers },
  });
  const spooled = new Counter({
    ...{ name: 'lang_nghe_spooled_events_total', help: 'Events that the database did not take.' },
    registers,
  });

  async function measured<Result extends string>(turn: Turn, commit: () => Promise<Result>): Promise<Result> {
    const end = commits.startTimer();
    const count = (result: string) => {
      end();
      turns.inc({ kind: turn.kind, result });
    };
    try {
      const result = await commit();
      count(result);
      return result;
    } catch (error) {
      count('failed');
      throw error;
    }
  }

  function measureTurns({ commitArrival, ...store }: ConversationStore): ConversationStore {
    return {
      ...store,
      commit: (turn, begin) => measured(turn, () => store.commit(turn, begin)),
      ...(commitArrival !== undefined && {
        commitArrival: (key: string, turn: Turn, begin?: Attempt) =>
          measured(turn, () => commitArrival(key, turn, begin)),
      }),
    };
  }

  return {
    async register(app) {
      app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
    },
    inbox(load) {
      const inHand: Gauge = new Gauge({
        ...{ name: 'lang_nghe_events_in_hand', help: 'Events that wait or run in this process.', registers },
        collect: () => inHand.set(load().inHand),
      });
      const crowded: Gauge = new Gauge({
        ...{ name: 'lang_nghe_crowded', help: '1 while further messages wait in the database.', registers },
        collect: () => crowded.set(load().isCrowded ? 1 : 0),
      });
    },
    storm: (measures) => measureStorm(registry, measures),
    over: ({ conversations, deliveries }) => ({
      conversations: measureTurns(conversations),
      deliveries: {
        ...deliveries,
        async finish(attempt, outcome) {
          await deliveries.finish(attempt, outcome);
          attempts.inc({ channel: attempt.conversationId.split(':')[0] ?? '', state: outcome.state });
        },
      },
    }),
    notices: (ledger) => ({
      ...ledger,
      async plan(record, nextAt) {
        const isNew = await ledger.plan(record, nextAt);
        notices.inc({ state: isNew ? 'planned' : 'repeat' });
        return isNew;
      },
      async skip(record, reason) {
        const isNew = await ledger.skip(record, reason);
        notices.inc({ state: isNew ? 'skipped' : 'repeat' });
        return isNew;
      },
      async settle(key, state, reason) {
        await ledger.settle(key, state, reason);
        notices.inc({ state });
      },
    }),
    spool: (spool) => ({
      ...spool,
      async append(event) {
        await spool.append(event);
        spooled.inc();
      },
    }),
  };
}
