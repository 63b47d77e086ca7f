import type { CrisisFacts } from '../../bot/crisis/crisis-message.ts';
import { crisisHeading } from '../../bot/crisis/match-crisis.ts';
import { EMPTY_DIALOG_STATE } from '../../dialogs/dialog.ts';
import type { DialogEngine } from '../../dialogs/dialog-engine.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { momentWords } from '../actions/spoken-figures.ts';

/** A crisis message as the bot says it to somebody of whom it knows nothing. */
export function crisisWords(
  facts: Pick<CrisisFacts, 'title' | 'text' | 'area'>,
  engine: Pick<DialogEngine, 'notice'>,
  updatedAt: number,
): readonly Reply[] {
  return engine.notice(EMPTY_DIALOG_STATE, 'crisis-message', {
    crisis_heading: crisisHeading(facts),
    crisis_text: facts.text,
    crisis_updated: momentWords(updatedAt),
  });
}
