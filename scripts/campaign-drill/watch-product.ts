import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from '../../simulators/zalo/control/create-control.ts';
import type { ZaloStage } from '../soak/zalo-stage.ts';
import type { SeededRecipient } from './seed-drill.ts';

/** How far the product is, by its own file. */
export interface ProductWatch {
  /** Notices that have come to an end, whatever it is. */
  settled(): number;
  /** Messages that are with a channel, and of which it has not said what became of them. */
  underWay(): number;
  /** Conversations of recipients whose notice, on whatever way, has perhaps arrived and perhaps not. */
  uncertain(): ReadonlySet<string>;
  /** Nothing of the campaign has been sent to him yet. */
  isUntold(person: SeededRecipient): boolean;
  hasSaidNo(person: SeededRecipient): boolean;
  isUp(): boolean;
  /** All have been planned, and no message waits for its channel. */
  isSent(): boolean;
  /** Notices that are on their way, or of which nobody has said what became of them. */
  given(): number;
  /** Waits until it holds, or nothing moves any more. */
  until(holds: () => boolean): Promise<void>;
}

const LOOK_EVERY_MS = 200;
/** A busy machine may stand still for a while. */
const SILENCE_MS = 60_000;
const MINUTE_MS = 60_000;
/** Of Zalo: too many calls in this minute. */
const TOO_MANY = -32;

export function watchProduct({ db, isUp }: ZaloStage): ProductWatch {
  const count = (sql: string) => {
    const statement = db.sqlite.prepare(`SELECT count(*) FROM ${sql}`).pluck();
    return (...values: unknown[]) => Number(statement.get(...values));
  };
  const settled = count("notices WHERE state NOT IN ('waiting', 'given')");
  const open = count("deliveries WHERE state IN ('queued', 'sending')");
  const running = count("campaigns WHERE state = 'running'");
  const onTheWay = count("notices WHERE state = 'given'");
  const given = count("notices WHERE conversation_id = ? AND state <> 'waiting'");
  const optOuts = count('opt_outs WHERE conversation_id = ?');
  const sending = count("deliveries WHERE state = 'sending'");
  const uncertain = db.sqlite.prepare("SELECT key FROM notices WHERE state = 'uncertain'").pluck();

  return {
    settled,
    underWay: sending,
    uncertain: () => new Set((uncertain.all() as string[]).map((key) => key.replace(/^.*\/to\/|\/else$/g, ''))),
    isUntold: ({ conversationId }) => given(conversationId) === 0,
    hasSaidNo: ({ conversationId }) => optOuts(conversationId) > 0,
    isUp,
    isSent: () => isUp() && running() === 0 && open() === 0,
    given: onTheWay,
    async until(holds) {
      let [last, since] = [settled(), performance.now()];
      while (!holds() && performance.now() - since < SILENCE_MS) {
        await sleep(LOOK_EVERY_MS);
        const now = settled();
        [last, since] = now === last ? [last, since] : [now, performance.now()];
      }
    },
  };
}

/** What Zalo has seen of the pace. */
export function zaloCalls(control: Control): { readonly refused: number; readonly fullestMinute: number } {
  const { calls } = control.world();
  const minutes = Map.groupBy(calls, ({ at }) => Math.floor(at / MINUTE_MS));
  return {
    refused: calls.filter(({ error }) => error === TOO_MANY).length,
    fullestMinute: Math.max(0, ...[...minutes.values()].map((all) => all.length)),
  };
}
