import type { FormsOfAddress } from './forms-of-address.ts';
import type { Provenance, SlotSource } from './provenance.ts';
import type { Choice, Link, Reply } from './reply.ts';
import type { Slots } from './run-action.ts';
import type { SentCode } from './sent-code.ts';

/** Where an exit leads: a node of the same dialog, another dialog, or one of the reserved words below. */
export type Target = string;

/** The dialog has done its work; what it interrupted goes on. `end:<outcome>` tells the dialog that called it how. */
export const END = 'end';

/** Whether a target ends the dialog, with or without an outcome. */
export function isEnd(target: Target): boolean {
  return target === END || target.startsWith(`${END}:`);
}

/** Ends this dialog and everything that it interrupted. */
export const STOP = 'stop';
/** A human takes over. */
export const HANDOFF = 'handoff';
/** The dialog that the customer picked among those offered by the engine. */
export const OFFERED = 'offered';

/** What a node says: one reply per line, with buttons that lead away from it. */
export interface Words {
  readonly say: readonly string[];
  readonly links: readonly Link[];
  /** Dialogs offered as buttons. They start a new dialog, so they are not exits of the node. */
  readonly suggest: readonly string[];
}

/** A named answer to a node. */
export interface DialogChoice {
  readonly label: string;
  /** Short and stable name: the button's value is `<dialog>/<node>/<key>`. */
  readonly key: string;
  /** An intent that means this choice when the customer writes instead of tapping. */
  readonly intent?: string;
  /** A short "yes" or "no" means this choice. */
  readonly answer?: 'yes' | 'no';
  /** Words that mean this choice. Folded (no marks, lower case), matched as whole words; … stands for any words. */
  readonly words: readonly string[];
  /**
   * Words that tell it before the question is asked: stricter than `words`, for nobody has asked. Of several choices the
   * last one counts: "không có người bị thương" holds "có người bị thương", too.
   */
  readonly toldBy?: readonly string[];
  /** Slots that this choice fills. */
  readonly sets: Slots;
  /** Understood when it is typed; no button shows it. */
  readonly isHidden?: true;
  readonly next: Target;
}

export interface SayNode extends Words {
  readonly kind: 'say';
  /** Only in a notice: their values mean something to the bot itself, and to no dialog. */
  readonly buttons: readonly Choice[];
  readonly next: Target;
}

export interface AskNode extends Words {
  readonly kind: 'ask';
  /** The question is answered by any one of these slots; `next` says where each leads. */
  readonly slots: readonly string[];
  readonly choices: readonly DialogChoice[];
  /** Whatever the customer writes is the answer, unless it is clearly a request of another kind. */
  readonly anyWords: boolean;
  /** Only a value given inside this dialog counts, not one known from before. */
  readonly fresh: boolean;
  /** Only an answer to this very question counts: what the slot held is forgotten when it is asked. */
  readonly anew: boolean;
  /** Folded words after which the answer is told anywhere in the dialog: "mã giao dịch là FT…". */
  readonly toldAfter: readonly string[];
  /** Said when the customer asks for help here. */
  readonly help: readonly string[];
  readonly retry: { readonly say: readonly string[]; readonly times: number; readonly gaveUp: Target };
  /** Target by slot. */
  readonly next: Readonly<Record<string, Target>>;
}

export interface ChooseNode extends Words {
  readonly kind: 'choose';
  readonly choices: readonly DialogChoice[];
  /** `words`: never asks; the words that led here decide, and `otherwise` is taken when they say nothing. */
  readonly by: 'customer' | 'words';
  /** The engine puts the offered dialogs before the choices. */
  readonly offers: boolean;
  /** The work is done here: another request ends the dialog instead of interrupting it. */
  readonly closing: boolean;
  /** Only asks what else to do: a further request of the same message goes first, and the question is not asked. */
  readonly yields: boolean;
  /** The words that began the dialog may answer it already: "cả xóm mất điện". Then it is not asked. */
  readonly early: boolean;
  /** The buttons can be tapped long after the question: what they say of the customer stays true. */
  readonly lasting: boolean;
  /** Said after an answer that fits no choice. Empty: the common words of `choose-again`. */
  readonly again: readonly string[];
  /** Taken after two answers in a row that fit no choice. */
  readonly otherwise: Target;
}

export interface DoNode {
  readonly kind: 'do';
  /** An action of the catalogue (snake_case), or a dialog that ends with an outcome (kebab-case). */
  readonly does: string;
  readonly outcomes: Readonly<Record<string, Target>>;
}

/** One step of a dialog. */
export type DialogNode = SayNode | AskNode | ChooseNode | DoNode;

/** A dialog tree: one `*.dialog.yaml`, with its own words. */
export interface Dialog {
  readonly id: string;
  /** Shown to the customer as the name of a request. */
  readonly title: string;
  readonly startsOn: readonly string[];
  /** Words that start it where nothing else is understood. Folded, as those of a choice. */
  readonly startsOnWords: readonly string[];
  /** Slots that whoever opens the dialog gives it, for example the agent's name. */
  readonly given: readonly string[];
  /** Outcomes with which it can end when another dialog calls it. */
  readonly endsAs: readonly string[];
  /** Dialogs that need not follow when a message asks for both: this one tells what they would. */
  readonly covers: readonly string[];
  /** Dialogs that a short further question may be about, when this one's own words do not answer it. */
  readonly followedBy: readonly string[];
  /** Interrupted dialogs that are given up when a notice asks this one's question: it tells how their matter ended. */
  readonly settles: readonly string[];
  /** A picture that comes while it is open belongs to its ticket, and calls nobody. */
  readonly keepsPictures: boolean;
  /** How an interrupted dialog goes on after this one: by itself, or only if the customer wants. */
  readonly afterwards: 'resume' | 'offer';
  /** Words that the bot says by itself, not as an answer: only `say` nodes. */
  readonly isNotice: boolean;
  readonly first: string;
  readonly nodes: Readonly<Record<string, DialogNode>>;
}

/** A named way out of a node. */
export interface Exit {
  readonly name: string;
  readonly target: Target;
}

/** The only list of ways out of a node: runner, checker, walker and drawing all use it. */
export function exitsOf(node: DialogNode): readonly Exit[] {
  switch (node.kind) {
    case 'say':
      return [{ name: 'next', target: node.next }];
    case 'ask':
      return [
        ...Object.entries(node.next).map(([slot, target]) => ({ name: `got ${slot}`, target })),
        ...node.choices.map(exitOfChoice),
        { name: 'gave_up', target: node.retry.gaveUp },
      ];
    case 'choose':
      return [
        ...(node.offers ? [{ name: 'offered', target: OFFERED }] : []),
        ...node.choices.map(exitOfChoice),
        { name: 'otherwise', target: node.otherwise },
      ];
    case 'do':
      return Object.entries(node.outcomes).map(([name, target]) => ({ name, target }));
  }
}

function exitOfChoice(choice: DialogChoice): Exit {
  return { name: `choice ${choice.key}`, target: choice.next };
}

/** One exit that a conversation took. */
export interface ExitTaken {
  readonly dialog: string;
  readonly node: string;
  readonly exit: string;
}

/** Where a conversation stands in one dialog. */
export interface DialogFrame {
  readonly dialog: string;
  readonly node: string;
  /** How often the node has asked without getting an answer. */
  readonly tries: number;
  /** Values that belong to this dialog only. */
  readonly slots: Slots;
  /** Called by a `do` node of the frame below, which waits for its outcome. */
  readonly called?: boolean;
  /** The way so far: needed to go back when the customer corrects something. */
  readonly trail?: readonly TrailStep[];
  /** How often each question was asked. */
  readonly asked?: Readonly<Record<string, number>>;
  /** Where values that actions have set come from. */
  readonly sources?: readonly SlotSource[];
  /** Choices made before a correction: taken again without asking. */
  readonly replay?: Readonly<Record<string, string>>;
}

export interface TrailStep {
  readonly node: string;
  readonly exit: string;
}

/** A further request of the same utterance, kept until the first is done. */
export interface PendingRequest {
  readonly dialog: string;
  readonly slots: Slots;
}

/** What a conversation was about last, and when: a few words may be a further question about it. */
export interface Topic {
  readonly dialog: string;
  /** UTC milliseconds. */
  readonly at: number;
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
  /** Where the figures in them come from. */
  readonly lastProvenance?: readonly Provenance[];
  readonly pending?: PendingRequest;
  readonly sentCode?: SentCode;
  /** The dialog that ended last: "à nhầm, tháng 6" may still correct it. */
  readonly ended?: DialogFrame;
  readonly topic?: Topic;
  /** How the customer calls himself or herself, and the bot. */
  readonly forms?: FormsOfAddress;
  /** The customer was angry and has been told that it was heard. */
  readonly hasHeardAnger?: true;
}

export const EMPTY_DIALOG_STATE: DialogState = { stack: [], known: {}, misses: 0, lastReplies: [] };
