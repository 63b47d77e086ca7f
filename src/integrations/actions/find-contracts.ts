import type { Customer } from '../../bot/records.ts';
import type { Choice } from '../../dialogs/reply.ts';
import { type Action, needSlot } from './action.ts';

/** More buttons than these nobody reads. */
const MOST_SHOWN = 10;

/** The contracts registered with the same phone, as buttons whose values are customer codes. */
export const findContracts: Action = async (slots, _context, { customers }) => {
  const { phone } = (await customers.customer(needSlot(slots, 'customer_code'))) ?? {};
  const contracts = phone === undefined ? [] : await customers.customersByPhone(phone);
  if (contracts.length < 2) {
    return { outcome: 'one' };
  }
  const more = contracts.length - MOST_SHOWN;
  const text = `Số điện thoại đăng ký có ${contracts.length} hợp đồng.`;
  return {
    outcome: 'several',
    slots: { contracts: contracts.map(({ code }) => code).join(', ') },
    replies: [
      {
        kind: 'choices',
        text: more > 0 ? `${text} Dưới đây là ${MOST_SHOWN} hợp đồng đầu tiên.` : text,
        choices: contracts.slice(0, MOST_SHOWN).map(choiceOf),
      },
    ],
  };
};

function choiceOf({ code, address }: Customer): Choice {
  const [street = ''] = address.split(',');
  return { label: `${code} (${street.trim()})`, value: code };
}
