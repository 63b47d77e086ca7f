import { crisisProvenance } from '../../bot/crisis/crisis-answers.ts';
import type { CrisisMessage } from '../../bot/crisis/crisis-message.ts';
import { isElsewhere } from '../../bot/crisis/match-crisis.ts';
import { whereOf } from '../../bot/incidents/where-of.ts';
import type { Notice } from '../../bot/notices/notice.ts';
import type { Customer } from '../../bot/records.ts';
import { crisisWords } from '../crisis/crisis-words.ts';
import type { WritingDeps } from './writing-deps.ts';

/** A warning of danger, once for each version; `undefined`: the customer's power is elsewhere. */
export function writeCrisis(
  message: CrisisMessage,
  customer: Customer,
  { engine, provinceNames }: Pick<WritingDeps, 'engine' | 'provinceNames'>,
): Notice | undefined {
  const { id, version, area, expiresAt, updatedAt } = message;
  const { place } = whereOf(customer);
  if (area !== undefined && place !== undefined && isElsewhere(area, place, provinceNames)) {
    return undefined;
  }
  return {
    event: `crisis/${id}/${version}`,
    topic: 'crisis',
    replies: crisisWords(message, engine, updatedAt),
    provenance: [crisisProvenance(message)],
    expiresAt,
  };
}
