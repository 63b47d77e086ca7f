import { hotlineOf } from '../load-utility.ts';
import { dayOf } from '../local-time.ts';
import { type Action, needSlot } from './action.ts';

const CODE_LENGTH = 13;

/** Looks at the letters of the code alone: whether there is such a customer is not told here. */
export const checkCustomerCode: Action = async (slots, context, { utility }) => {
  const code = needSlot(slots, 'customer_code');
  const corporation = utility.corporationOfCode(code, dayOf(context.now));
  const problem = shapeProblem(code) ?? (corporation === undefined ? beginningProblem(code) : undefined);
  if (problem !== undefined || corporation === undefined) {
    return { outcome: 'malformed', slots: { code_problem: problem ?? beginningProblem(code) } };
  }
  if (corporation.id !== utility.ours.id) {
    const { hotline } = hotlineOf(corporation);
    return { outcome: 'foreign', slots: { corporation: corporation.name, corporation_hotline: hotline } };
  }
  return {
    outcome: 'well_formed',
    ...(context.identities[code] === undefined && {
      identities: { [code]: { level: 'code_known', validUntil: context.now } },
    }),
  };
};

/** What is wrong with the shape, as a clause to put after "Dạ,". */
function shapeProblem(code: string): string | undefined {
  if (code.length < CODE_LENGTH) {
    return `mã mới có ${code.length} ký tự, mã đúng gồm ${CODE_LENGTH} ký tự`;
  }
  if (code.length > CODE_LENGTH) {
    return `mã có tới ${code.length} ký tự, mã đúng gồm ${CODE_LENGTH} ký tự`;
  }
  if (!/^[A-Z]{2}/.test(code)) {
    return 'mã đúng bắt đầu bằng 2 chữ cái, ví dụ PB';
  }
  return /^.{2}[0-9A-Z]{4}\d{7}$/.test(code) ? undefined : '7 ký tự cuối của mã phải là chữ số';
}

function beginningProblem(code: string): string {
  return `mình chưa biết mã nào bắt đầu bằng ${code.slice(0, 2)}, mã thường bắt đầu bằng PB`;
}
