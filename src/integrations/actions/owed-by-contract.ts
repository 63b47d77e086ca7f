import type { Bill, Customer } from '../../bot/records.ts';
import { money } from '../../dialogs/figures.ts';
import { levelOf } from '../../dialogs/identity.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import type { ActionContext } from '../../dialogs/run-action.ts';
import type { ActionDeps } from './action.ts';
import { billName, billProvenance } from './bill-card.ts';
import { isTellable } from './check-bill.ts';

const MOST_BILLS = 24;

/** What these contracts have to pay, each and together: told only of those that the customer has proved to be his. */
export async function owedByContract(
  contracts: readonly Customer[],
  { identities, now }: ActionContext,
  { customers }: ActionDeps,
): Promise<{ readonly words: readonly string[]; readonly provenance: readonly Provenance[] }> {
  const proved = contracts.filter(({ code }) => levelOf(identities, code, now) === 'verified');
  const billed = await Promise.all(proved.map(({ code }) => customers.bills(code, { limit: MOST_BILLS })));
  const owing = billed.map((all) => owedOf(all)).filter(({ unpaid }) => unpaid.length > 0);
  if (owing.length > 0) {
    const told = owing.flatMap(({ unpaid }) => unpaid);
    const isSure = owing.every(({ isTold }) => isTold);
    return {
      words: [
        'Còn phải thanh toán:',
        ...owing.map(lineOf),
        ...(told.length > 1 && isSure ? [`Tổng cộng: ${money(sumOf(told))}.`] : []),
      ],
      provenance: told.map(billProvenance),
    };
  }
  const isAll = proved.length === contracts.length && billed.every((bills) => bills.length > 0);
  return {
    words: isAll ? ['Các hợp đồng này không còn hóa đơn nào chưa thanh toán.'] : [],
    provenance: isAll ? billed.flatMap((bills) => bills.slice(0, 1)).map(billProvenance) : [],
  };
}

interface Owed {
  /** Newest first. */
  readonly unpaid: readonly Bill[];
  /** None of them is in doubt: a wrong sum is told of nobody. */
  readonly isTold: boolean;
}

function owedOf(all: readonly Bill[]): Owed {
  const unpaid = all.filter(({ paidAt }) => paidAt === undefined);
  return { unpaid, isTold: unpaid.every((bill) => isTellable(bill, all)) };
}

function lineOf({ unpaid, isTold }: Owed): string {
  const code = unpaid[0]?.customerCode ?? '';
  const months = unpaid.map(billName).reverse().join(', ');
  return isTold
    ? `• ${code}: ${money(sumOf(unpaid))} (${months}).`
    : `• ${code}: ${months}, số tiền cần nhân viên xem lại.`;
}

function sumOf(bills: readonly Bill[]): number {
  return bills.reduce((sum, { total }) => sum + total, 0);
}
