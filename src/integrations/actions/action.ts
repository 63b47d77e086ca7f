import type { CustomerRecords, Ids, OutageRecords, SlotCounter } from '../../bot/ports.ts';
import type { ActionContext, ActionResult, Slots } from '../../dialogs/run-action.ts';
import type { Utility } from '../load-utility.ts';
import type { OneTimeCodes } from './one-time-code.ts';

/** What the actions need from outside. */
export interface ActionDeps {
  readonly customers: CustomerRecords;
  readonly outages: OutageRecords;
  readonly slots: SlotCounter;
  readonly codes: OneTimeCodes;
  readonly utility: Utility;
  readonly ids: Ids;
}

/** One action of the catalogue over what it needs. */
export type CreateAction = (deps: ActionDeps) => Action;

export type Action = (slots: Slots, context: ActionContext) => Promise<ActionResult>;
