import { ERASURE_PREFIX } from '../../bot/erasure-turn.ts';
import type { ActionContext, ActionResult } from '../../dialogs/run-action.ts';
import { isErasureHeld } from '../privacy/held-conversations.ts';
import { type Action, type ActionDeps, needSlot } from './action.ts';

/** Asks that this conversation be erased. Whoever writes in it may ask so. */
export const eraseConversation: Action = (_slots, context, deps) => asked({}, context, deps);

/** Asks that everything about a customer be erased. */
export const eraseCustomer: Action = (slots, context, deps) =>
  asked({ customerCode: needSlot(slots, 'customer_code') }, context, deps);

async function asked(
  about: { readonly customerCode?: string },
  { conversationId, now }: ActionContext,
  deps: ActionDeps,
): Promise<ActionResult> {
  const number = deps.ids.ticketNumber(ERASURE_PREFIX, now);
  const isHeld = await isErasureHeld(deps, { ...about, conversationId }, now);
  return {
    outcome: isHeld ? 'held' : 'asked',
    slots: { erasure_number: number },
    effects: [{ kind: 'erase_data', number, ...about, ...(isHeld && { isHeld }) }],
  };
}
