import type { CrisisFacts } from '../../bot/crisis/crisis-message.ts';
import { crisisHeading } from '../../bot/crisis/match-crisis.ts';
import type { TemplateUse } from '../../dialogs/reply.ts';
import { momentWords } from '../actions/spoken-figures.ts';
import type { NoticeTemplates } from '../notices/load-notice-templates.ts';

type Told = Pick<CrisisFacts, 'title' | 'text' | 'area'>;

/** A warning as a template, for channels on which the service may write first in templates only. */
export function crisisTemplate(facts: Told, updatedAt: number): TemplateUse {
  const values = { heading: crisisHeading(facts), text: facts.text, updated: momentWords(updatedAt) };
  return { name: 'crisis_warning', values };
}

/** How many letters of the text a template holds, where it does not hold all of them. */
export function cutInTemplate(facts: Told, templates: Pick<NoticeTemplates, 'fill'>): number | undefined {
  const filled = templates.fill(crisisTemplate(facts, 0));
  const kept = 'values' in filled ? (filled.values['text'] ?? '') : undefined;
  return kept?.endsWith('…') === true && !facts.text.endsWith('…') ? [...kept].length : undefined;
}
