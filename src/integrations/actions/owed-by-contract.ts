import type { Customer } from '../../bot/records.ts';
import { levelOf } from '../../dialogs/identity.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import type { ActionContext } from '../../dialogs/run-action.ts';
import type { ActionDeps } from './action.ts';
import { billProvenance } from './bill-card.ts';

const MOST_BILLS = 24;

/** Which of these contracts have a bill to pay: told only of those that the customer has proved to be his. */
export async function owedByContract(
  contracts: readonly Customer[],
  { identities, now }: ActionContext,
  { customers }: ActionDeps,
): Promise<{ readonly words: readonly string[]; readonly provenance: readonly Provenance[] }> {
  const proved = contracts.filter(({ code }) => levelOf(identities, code, now) === 'verified');
  const billed = await Promise.all(proved.map(({ code }) => customers.bills(code, { limit: MOST_BILLS })));
  const unpaid = billed.flat().filter(({ paidAt }) => paidAt === undefined);
  if (unpaid.length > 0) {
    const codes = [...new Set(unpaid.map(({ customerCode }) => customerCode))];
    return { words: [`Còn hóa đơn chưa thanh toán: ${codes.join(', ')}.`], provenance: unpaid.map(billProvenance) };
  }
  const isAll = proved.length === contracts.length && billed.every((bills) => bills.length > 0);
  return {
    words: isAll ? ['Các hợp đồng này không còn hóa đơn nào chưa thanh toán.'] : [],
    provenance: isAll ? billed.flatMap((bills) => bills.slice(0, 1)).map(billProvenance) : [],
  };
}
