import type { Provenance } from '../../dialogs/provenance.ts';
import type { Slots } from '../../dialogs/run-action.ts';
import type { Understanding } from '../../nlu/understanding.ts';
import type { ProvinceNames } from '../incidents/match-outage.ts';
import { homeOf } from '../incidents/where-of.ts';
import type { CustomerRecords } from '../ports.ts';
import type { CrisisMessage } from './crisis-message.ts';
import type { CrisisRecords } from './crisis-records.ts';
import { crisisHeading, isElsewhere, matchQuestion } from './match-crisis.ts';

/** What stands in front of the answer to a question while a crisis message is in force. */
export interface CrisisAnswer {
  readonly id: string;
  readonly version: number;
  /** For the dialog `crisis-message`. */
  readonly slots: Slots;
  readonly provenance: Provenance;
}

/** The crisis messages in force that answer a question; `known`: what the customer has told before. */
export type FindCrisisAnswers = (
  understanding: Understanding,
  known: Slots,
  now: number,
) => Promise<readonly CrisisAnswer[]>;

export interface CrisisAnswersDeps {
  readonly crises: Pick<CrisisRecords, 'crisesInForce'>;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly provinceNames: ProvinceNames;
  /** A moment in words, for example "20:15 thứ Bảy 28/11/2026". */
  readonly momentWords: (at: number) => string;
}

/** Without crisis messages. */
export const noCrisisAnswers: FindCrisisAnswers = async () => [];

export function createCrisisAnswers(deps: CrisisAnswersDeps): FindCrisisAnswers {
  const { crises, customers, provinceNames, momentWords } = deps;

  /** The place named now, or else what is known of the customer; his contract is looked up only when it decides. */
  async function placeOf({ entities }: Understanding, known: Slots): Promise<string | undefined> {
    const said = (type: string) => entities.find((entity) => entity.type === type && entity.problem === undefined);
    const place = said('place')?.value;
    const code = said('customer_code')?.value ?? known['customer_code'];
    if (place !== undefined || code === undefined) {
      return place ?? known['place'];
    }
    const customer = await customers.customer(code);
    return customer === undefined ? known['place'] : homeOf(customer);
  }

  return async (understanding, known, now) => {
    const found = (await crises.crisesInForce(now)).filter(
      ({ questions }) => matchQuestion(questions, understanding) !== undefined,
    );
    const place = found.some(({ area }) => area !== undefined) ? await placeOf(understanding, known) : undefined;
    return found
      .filter(({ area }) => area === undefined || place === undefined || !isElsewhere(area, place, provinceNames))
      .map((message) => answerOf(message, momentWords));
  };
}

export function crisisProvenance({ id, version, updatedAt }: CrisisMessage): Provenance {
  return { record: 'crisis', id, version: String(version), asOf: new Date(updatedAt).toISOString() };
}

function answerOf(message: CrisisMessage, momentWords: (at: number) => string): CrisisAnswer {
  const { id, version, text, updatedAt } = message;
  return {
    ...{ id, version },
    slots: { crisis_heading: crisisHeading(message), crisis_text: text, crisis_updated: momentWords(updatedAt) },
    provenance: crisisProvenance(message),
  };
}
