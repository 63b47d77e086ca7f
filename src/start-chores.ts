import type { AssembledBot } from './assemble-bot.ts';
import type { AgentDesk } from './integrations/agent-desk/agent-desk.ts';
import { repeat } from './repeat.ts';

export interface ChoreDeps {
  readonly bot: Pick<AssembledBot, 'sweep' | 'giveNotices'>;
  readonly desk: Pick<AgentDesk, 'sweep'>;
  /** Brings what was said into search and counts, where the storage does so after the commit. */
  readonly later?: { follow(): Promise<unknown> };
  /** Finds what other nodes have done and no wake-up told. */
  readonly news?: { look(): Promise<void> };
  /** Takes out what has been kept long enough. */
  readonly keepRetention: () => Promise<void>;
  /** One round of the erasures that were asked for. */
  readonly carryOutErasures: () => Promise<void>;
  readonly log: { error(details: object, message: string): void };
  /** Nothing is done by the clock, only what `once` is asked for. */
  readonly choresWhenAsked?: boolean;
}

/** What is done by the clock. */
export interface Chores {
  /** One round of it now, but for what is done by the hour. */
  once(): Promise<void>;
  stop(): Promise<void>;
}

const SWEEP_EVERY_MS = 1_000;
/** Between two sweeps the notices of a campaign go on so often. */
const GIVE_EVERY_MS = 100;
/** What was said can be searched and counted so much later, or a little more. */
const FOLLOW_EVERY_MS = 500;
/** How late a conversation is told of when no wake-up came. */
const LOOK_EVERY_MS = 2_000;
/** A customer who has asked for it waits for his receipt. */
const ERASE_EVERY_MS = 2_000;
const PRUNE_EVERY_MS = 60 * 60_000;

/** What is done by the clock: taking up what was left, and forgetting what is old. */
export function startChores(deps: ChoreDeps): Chores {
  const { bot, desk, keepRetention, carryOutErasures, later, news, log } = deps;
  const sweep = async () => {
    await bot.sweep();
    await desk.sweep();
  };
  async function once(): Promise<void> {
    await sweep();
    await bot.giveNotices();
    await carryOutErasures();
    await later?.follow();
    await news?.look();
  }
  if (deps.choresWhenAsked === true) {
    return { once, stop: async () => {} };
  }
  const sweeping = repeat(SWEEP_EVERY_MS, sweep, (error) => log.error({ error }, 'A sweep failed.'));
  const giving = repeat(GIVE_EVERY_MS, bot.giveNotices, (error) => log.error({ error }, 'Notices were not given.'));
  const pruning = repeat(PRUNE_EVERY_MS, keepRetention, (error) => log.error({ error }, 'Pruning failed.'));
  const erasing = repeat(ERASE_EVERY_MS, carryOutErasures, (error) => log.error({ error }, 'An erasure failed.'));
  const following =
    later === undefined
      ? undefined
      : repeat(FOLLOW_EVERY_MS, later.follow, (error) =>
          log.error({ error }, 'What was said could not be brought into search and counts.'),
        );
  const looking =
    news === undefined
      ? undefined
      : repeat(LOOK_EVERY_MS, news.look, (error) => log.error({ error }, 'Other nodes could not be looked at.'));
  return {
    once,
    async stop() {
      await sweeping.stop();
      await giving.stop();
      await pruning.stop();
      await erasing.stop();
      await following?.stop();
      await looking?.stop();
    },
  };
}
