import type { Reply } from './reply.ts';
import type { Slots } from './run-action.ts';

/** Where a conversation stands in one dialog. */
export interface DialogFrame {
  readonly dialog: string;
  readonly node: string;
  /** How often the node has asked without getting an answer. */
  readonly tries: number;
  /** Values that belong to this dialog only. */
  readonly slots: Slots;
}

/** Where a conversation stands: the innermost dialog is last. Plain JSON: it is stored in every turn. */
export interface DialogState {
  readonly stack: readonly DialogFrame[];
  /** Values that every dialog may use, for example the customer code given once. */
  readonly known: Slots;
  /** Messages in a row that were not understood. */
  readonly misses: number;
  /** What the bot said last: for "nhắc lại". */
  readonly lastReplies: readonly Reply[];
}

export const EMPTY_DIALOG_STATE: DialogState = { stack: [], known: {}, misses: 0, lastReplies: [] };
