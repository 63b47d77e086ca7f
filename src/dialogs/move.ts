import type { DialogChoice, DialogFrame, DialogNode } from './dialog.ts';
import type { Slots } from './run-action.ts';

/** What a message means where the conversation stands. */
export type Move =
  | {
      readonly kind:
        | 'emergency'
        | 'handoff'
        | 'repeat'
        | 'help'
        | 'cancel'
        | 'nod'
        | 'old_button'
        | 'map_link'
        /** The one-time code once more, after it has done its work. */
        | 'proved_again'
        | 'miss';
    }
  /** A month that no year has; the choice that asks for another, where there is one. */
  | { readonly kind: 'no_such_month'; readonly choice?: DialogChoice }
  /** A choice, and values given together with it. */
  | { readonly kind: 'choose'; readonly choice: DialogChoice; readonly values?: Slots }
  /** A button of a question that is no longer open, and whose answer counts all the same. */
  | { readonly kind: 'late'; readonly dialog: string; readonly node: string; readonly choice: DialogChoice }
  | { readonly kind: 'offered'; readonly dialog: string; readonly values?: Slots }
  /** The answer to a question that comes later in this dialog: taken when it comes. */
  | { readonly kind: 'answered_early'; readonly node: string; readonly choice: DialogChoice }
  | { readonly kind: 'start'; readonly dialog: string }
  | { readonly kind: 'clarify'; readonly dialogs: readonly string[] }
  /** Values for the open dialog: the answer, something given early, or a correction. */
  | { readonly kind: 'fill'; readonly values: Slots; readonly asWords?: string }
  /** A correction of the dialog that ended last. */
  | { readonly kind: 'reopen'; readonly values: Slots };

/** Where the conversation stands: the open question, if there is one. */
export interface Standing {
  readonly frame: DialogFrame;
  readonly node: DialogNode;
  /** The dialogs that belong together here: the one on top and those that called it. */
  readonly chain: readonly DialogFrame[];
}
