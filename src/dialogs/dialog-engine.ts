import type { EntityType, Understanding } from '../nlu/understanding.ts';
import type { DialogState, ExitTaken } from './dialog.ts';
import type { Identity } from './identity.ts';
import type { Provenance } from './provenance.ts';
import type { Reply } from './reply.ts';
import type { ActionContext, EffectRequest, RunAction, Slots } from './run-action.ts';

export interface AdvanceInput {
  readonly understanding: Understanding;
  /** The value of the button that was tapped, when one was. */
  readonly choice?: string;
  /** What stands before it was told by the service itself: "HUY" means that no more of it is wanted. */
  readonly isAfterNotice?: boolean;
}

/** Why the bot asks for a human; `reason` is an id that the desk translates. */
export interface HandoffRequest {
  readonly reason: 'customer_asked' | 'not_understood' | 'dialog' | 'action_failed';
  /** The dialog and node that asked for it. */
  readonly from: string;
}

export interface AdvanceResult {
  readonly state: DialogState;
  readonly replies: readonly Reply[];
  readonly effects: readonly EffectRequest[];
  readonly identities: Readonly<Record<string, Identity>>;
  readonly provenance: readonly Provenance[];
  readonly handoff?: HandoffRequest;
  /** True when the utterance led nowhere and counted as a miss. */
  readonly missed: boolean;
  /** True when the customer has typed something that must not be stored (a one-time code). */
  readonly redactUtterance: boolean;
  /** The exits that this turn took: for the desk, statistics and tests. */
  readonly path?: readonly ExitTaken[];
  /** Actions that threw, for the log. Their error may hold personal values: log its class and stack alone. */
  readonly failures?: readonly { readonly action: string; readonly error: unknown }[];
}

/** The dialog trees, ready to run. */
export interface DialogEngine {
  /** Hash of everything that the bot may say: written into each turn. */
  readonly contentVersion: string;
  /** One step: state + understanding → replies, new state, effects. Its only access to the world is `run`. */
  advance(state: DialogState, input: AdvanceInput, context: ActionContext, run: RunAction): Promise<AdvanceResult>;
  /**
   * The safety words for a life-threatening message, and the state in which the emergency dialog goes on (place,
   * ticket). Needs no action and no database: it must work when everything else is down.
   * `advance` does the same for an understanding with `emergency` set; and while the emergency dialog is open it goes
   * on with it, so that "có người bị giật" is also taken as the answer to its question. Prefer it there.
   */
  emergency(
    state: DialogState,
    understanding: Understanding,
  ): { readonly state: DialogState; readonly replies: readonly Reply[] };
  /**
   * The words of a notice, for example `agent-joined`, as they are said to the customer of this state. Unknown ids throw.
   */
  notice(state: DialogState, dialog: string, slots?: Slots): readonly Reply[];
  /** The question with which a dialog begins, and its buttons, without opening it. Unknown ids throw. */
  question(dialog: string, slots: Slots): readonly Reply[];
  /**
   * The state after words whose buttons are those of a question of a dialog: what the customer types then is an answer
   * to it. Unchanged when they are no dialog's, or when the customer is in danger: that comes first.
   */
  opened(state: DialogState, replies: readonly Reply[]): DialogState;
  /** Entity types that the open question asks for, and a code that may still come. `now`: UTC ms. */
  expects(state: DialogState, now: number): readonly EntityType[];
  /**
   * What is said of a picture that belongs to the ticket of the open dialog, with the buttons of what was asked last; nothing
   * when no such dialog is open, and a human has to look at it.
   */
  pictureKept(state: DialogState): readonly Reply[];
  /** True when the customer has typed something that must not be stored, whoever holds the conversation. */
  holdsCode(state: DialogState, understanding: Understanding, now: number): boolean;
}
