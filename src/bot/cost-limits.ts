import type { ActionCost } from '../dialogs/action-kind.ts';
import { ACTIONS, TOO_OFTEN } from '../dialogs/actions.ts';
import type { RunAction } from '../dialogs/run-action.ts';
import type { ConversationId } from './message.ts';

/** What one customer may have only so often. */
export type Cost = ActionCost | 'agent';

/** Counts by customer what costs others. */
export interface CostLimits {
  /** Takes one; `false`: this customer has had as many as he may for now. A turn that runs again takes again. */
  take(cost: Cost, conversationId: ConversationId): Promise<boolean>;
}

export const noLimits: CostLimits = { take: async () => true };

/** Runs what the customer may still have; the rest ends in `too_often`. */
export function limitActions(run: RunAction, limits: CostLimits): RunAction {
  return async (name, slots, context) => {
    const cost = ACTIONS[name]?.cost;
    return cost === undefined || (await limits.take(cost, context.conversationId))
      ? run(name, slots, context)
      : { outcome: TOO_OFTEN };
  };
}
