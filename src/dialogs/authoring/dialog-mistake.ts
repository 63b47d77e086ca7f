/** The kinds of mistakes an author can make. Each has its own words that say how to mend it. */
export type MistakeCode =
  | 'not_yaml'
  | 'bad_field'
  | 'no_kind'
  | 'several_kinds'
  | 'no_nodes'
  | 'duplicate_dialog'
  | 'wrong_file_name'
  | 'duplicate_intent'
  | 'unknown_intent'
  | 'unknown_first'
  | 'unknown_target'
  | 'unknown_outcome_target'
  | 'unknown_shared'
  | 'unknown_slot'
  | 'unknown_action'
  | 'missing_outcome'
  | 'unknown_outcome'
  | 'missing_next'
  | 'unknown_placeholder'
  | 'unsure_placeholder'
  | 'unreachable_node'
  | 'no_ending'
  | 'endless_loop'
  | 'missing_slot'
  | 'duplicate_choice'
  | 'long_choice'
  | 'unused_dialog'
  | 'missing_dialog'
  | 'buttons_lead_nowhere'
  | 'notice_asks'
  | 'missing_key_words'
  | 'missing_say'
  | 'action_before_safety'
  | 'wrong_tone';

/** Where a mistake stands. */
export interface MistakePlace {
  readonly file: string;
  readonly node?: string;
  readonly key?: string;
}

/** One mistake in one dialog. */
export interface DialogMistake extends MistakePlace {
  readonly code: MistakeCode;
  readonly message: string;
}

/** Builds a mistake whose message names file, node and key, what is wrong and how to mend it. */
export function mistake(code: MistakeCode, place: MistakePlace, wrong: string, mend: string): DialogMistake {
  const where = [place.file, place.node && `node "${place.node}"`, place.key && `key "${place.key}"`]
    .filter((part) => part !== undefined)
    .join(', ');
  return { code, ...place, message: `${where}: ${wrong} ${mend} [${code}]` };
}

/** Thrown when dialogs are loaded that have mistakes: lists all of them. */
export class DialogMistakes extends Error {
  readonly code = 'dialog_mistakes';
  readonly mistakes: readonly DialogMistake[];

  constructor(mistakes: readonly DialogMistake[]) {
    super(`The dialogs have ${mistakes.length} mistake(s):\n${mistakes.map((each) => `- ${each.message}`).join('\n')}`);
    this.name = 'DialogMistakes';
    this.mistakes = mistakes;
  }
}
