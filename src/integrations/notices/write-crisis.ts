import { crisisProvenance } from '../../bot/crisis/crisis-answers.ts';
import type { CrisisMessage } from '../../bot/crisis/crisis-message.ts';
import { isElsewhere } from '../../bot/crisis/match-crisis.ts';
import { homeOf } from '../../bot/incidents/where-of.ts';
import type { Notice } from '../../bot/notices/notice.ts';
import type { Customer } from '../../bot/records.ts';
import { crisisTemplate } from '../crisis/crisis-template.ts';
import { crisisWords } from '../crisis/crisis-words.ts';
import type { WritingDeps } from './writing-deps.ts';

/** A warning of danger, once for each version; `undefined`: the customer's power is elsewhere. */
export function writeCrisis(
  message: CrisisMessage,
  customer: Customer,
  { engine, noticeTemplates, provinceNames }: Pick<WritingDeps, 'engine' | 'noticeTemplates' | 'provinceNames'>,
): Notice | undefined {
  const { id, version, area, expiresAt, updatedAt } = message;
  if (area !== undefined && isElsewhere(area, homeOf(customer), provinceNames)) {
    return undefined;
  }
  const { template } = noticeTemplates.reply(crisisTemplate(message, updatedAt));
  return {
    event: `crisis/${id}/${version}`,
    topic: 'crisis',
    // Whole where ordinary words pass; the template cuts what is too long for it.
    replies: crisisWords(message, engine, updatedAt).map((reply) =>
      reply.kind === 'text' && template !== undefined ? { ...reply, template } : reply,
    ),
    provenance: [crisisProvenance(message)],
    expiresAt,
  };
}
