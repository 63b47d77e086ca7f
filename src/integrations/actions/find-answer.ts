import { isPastReview, pickAnswer } from '../../dialogs/answer.ts';
import { foldWords } from '../../dialogs/fold-words.ts';
import { fillText } from '../../dialogs/render-words.ts';
import type { Slots } from '../../dialogs/run-action.ts';
import { hotlineOf, type Utility } from '../load-utility.ts';
import { dayOf } from '../local-time.ts';
import type { Action } from './action.ts';
import { dayWords } from './spoken-figures.ts';

/** The answer of `data/answers` to the customer's words; the dialog `bill-payment` tells those of `bill_payment`. */
export const findAnswer: Action = async (_slots, { now, dialog = '', utterance = '' }, { answers, utility }) => {
  const intent = dialog.replaceAll('-', '_');
  const day = dayOf(now);
  const own = answers.filter((each) => each.intent === intent);
  const answer = pickAnswer(own, foldWords(utterance), day);
  if (answer === undefined) {
    throw new Error(`No answer of data/answers/${intent}.yaml holds on ${day}.`);
  }
  const text = fillText(answer.text, utilityWords(utility));
  const { id, updated } = answer;
  return {
    outcome: 'found',
    slots: {
      answer_text: isPastReview(answer, day) ? `${text}\n(Thông tin cập nhật ngày ${dayWords(updated)}.)` : text,
      ...(answer.namesRequest && { request_text: utterance }),
    },
    provenance: [{ record: 'answer', id, version: updated, asOf: updated }],
  };
};

/** What answers may say of the utility. What it does not have is said by its hotline. */
function utilityWords({ ours }: Utility): Slots {
  const { hotline } = hotlineOf(ours);
  return {
    utility_name: ours.name,
    hotline,
    hotlines: ours.hotlines.join(' hoặc '),
    website: ours.website,
    email: ours.email ?? hotline,
    app: ours.app ?? ours.website,
  };
}
