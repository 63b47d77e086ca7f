import type { Customer } from '../../bot/records.ts';
import type { Choice } from '../../dialogs/reply.ts';
import { type Action, needSlot } from './action.ts';
import { owedByContract } from './owed-by-contract.ts';

/** More buttons than these nobody reads. */
const MOST_SHOWN = 10;

/** The contracts of the same phone, as buttons whose values are customer codes, and which of them have a bill to pay. */
export const findContracts: Action = async (slots, context, deps) => {
  const { customers } = deps;
  const { phone } = (await customers.customer(needSlot(slots, 'customer_code'))) ?? {};
  const contracts = phone === undefined ? [] : await customers.customersByPhone(phone);
  if (contracts.length < 2) {
    return { outcome: 'one' };
  }
  const more = contracts.length - MOST_SHOWN;
  const shown = contracts.slice(0, MOST_SHOWN);
  const owed = await owedByContract(shown, context, deps);
  const text = `Số điện thoại đăng ký có ${contracts.length} hợp đồng.`;
  return {
    outcome: 'several',
    slots: { contracts: contracts.map(({ code }) => code).join(', ') },
    replies: [
      {
        kind: 'choices',
        text: [more > 0 ? `${text} Dưới đây là ${MOST_SHOWN} hợp đồng đầu tiên.` : text, ...owed.words].join('\n'),
        choices: shown.map(choiceOf),
      },
    ],
    provenance: owed.provenance,
  };
};

function choiceOf({ code, address }: Customer): Choice {
  const [street = ''] = address.split(',');
  return { label: `${code} (${street.trim()})`, value: code };
}
