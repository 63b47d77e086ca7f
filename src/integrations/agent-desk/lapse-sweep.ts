import type { InboundEvent } from '../../bot/message.ts';
import { isOutsideAgent } from '../../bot/outside-agent.ts';
import type { Clock, ConversationStore, ConversationSummary, ConversationViews } from '../../bot/ports.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { LEASE_MS } from './lease-keeper.ts';
import { listHeld } from './list-held.ts';
import type { ShiftRecords } from './shift-records.ts';

interface LapseDeps {
  readonly views: Pick<ConversationViews, 'list'>;
  readonly shift: Pick<ShiftRecords, 'load'>;
  readonly store: Pick<ConversationStore, 'head'>;
  readonly leases: Pick<LeaseKeeper, 'present'>;
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly clock: Clock;
  readonly leaseMs?: number;
}

/**
 * Sends conversations whose agent is gone back to the queue. What was set aside waits for its time: nobody misses the
 * agent until then. The first lease of this process must run out before anything is taken away, because a stopped
 * server hears no signs of life.
 */
export function createLapseSweep(deps: LapseDeps): () => Promise<void> {
  const { views, shift, store, leases, receive, clock, leaseMs = LEASE_MS } = deps;
  const startedAt = clock.now();

  async function lapse({ conversationId, agentId = '' }: ConversationSummary): Promise<void> {
    const head = await store.head(conversationId);
    if (head?.state.holder !== 'agent' || head.state.agentId !== agentId) {
      return;
    }
    const now = clock.now();
    const { epoch } = head.state;
    await receive({
      key: `lapse/${conversationId}/${epoch}`,
      ...{ conversationId, orderKey: now, receivedAt: now },
      content: { kind: 'lease_lapsed', agentId, epoch },
    });
  }

  return async () => {
    if (clock.now() - startedAt < leaseMs) {
      return;
    }
    const { held } = await shift.load();
    if (held.length === 0) {
      return;
    }
    const present = await leases.present();
    const gone = held.filter(({ agentId }) => !isOutsideAgent(agentId) && !present.has(agentId));
    for (const row of await listHeld(views, gone)) {
      const isSetAside = (row.extras.snoozedUntil ?? 0) > clock.now();
      if (!isSetAside) {
        await lapse(row);
      }
    }
  };
}
