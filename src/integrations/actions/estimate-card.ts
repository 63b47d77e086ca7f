import { energy, figure, money } from '../../dialogs/figures.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import type { Reply } from '../../dialogs/reply.ts';
import type { BillCalculation, BillInput } from '../../tariffs/calculate-bill.ts';
import { daysInMonth } from '../../tariffs/days.ts';
import { isHouseholdGroup } from '../../tariffs/price-schedule.ts';
import type { Tariffs } from '../../tariffs/tariff.ts';
import { dayWords, monthWords } from './spoken-figures.ts';
import { tariffProvenance } from './tariff-provenance.ts';

type Covered = BillCalculation & { readonly covered: true };

interface EstimateCard {
  readonly card: Reply;
  readonly provenance: readonly Provenance[];
}

/** An estimate with its arithmetic, what it takes for granted, and the decision and the day it rests on. */
export function estimateCard(bill: Covered, input: Omit<BillInput, 'usage'>, tariffs: Tariffs): EstimateCard {
  const rates = bill.vatByRate.map(({ rate }) => `${figure(rate)}%`).join(' và ');
  return {
    card: {
      kind: 'card',
      title: `Ước tính tiền điện ${energy(bill.kwh)}: ${money(bill.total)}`,
      rows: [
        { label: 'Tiền trước thuế', value: money(bill.amount) },
        { label: `Thuế GTGT (${rates})`, value: money(bill.vat) },
        { label: 'Tổng ước tính', value: money(bill.total) },
      ],
      text: `${linesOf(bill)}\nĐây là ước tính cho ${whom(input, tariffs)}, ${spanOf(input)}. ${basis(bill)} Hóa đơn thật có thể khác theo số ngày của kỳ ghi điện.`,
    },
    provenance: provenanceOf(bill, input.group, tariffs),
  };
}

/** Where a price or the VAT changed within the period, each stretch has its own lines. */
function linesOf({ parts }: Covered): string {
  return parts
    .map(({ from, to, lines }) =>
      parts.length === 1 ? tiersOf(lines) : `Từ ${dayWords(from)} đến ${dayWords(to)}:\n${tiersOf(lines)}`,
    )
    .join('\n');
}

function tiersOf(lines: Covered['lines']): string {
  return lines
    .map(({ label, kwh, price, amount }) => `${label}: ${energy(kwh)} × ${money(price)} = ${money(amount)}`)
    .join('\n');
}

function spanOf({ from, to }: Omit<BillInput, 'usage'>): string {
  const month = from.slice(0, 7);
  return from === `${month}-01` && to === `${month}-${daysInMonth(month)}`
    ? `trọn ${monthWords(month)}`
    : `kỳ từ ${dayWords(from)} đến ${dayWords(to)}`;
}

function whom({ group, households = 1 }: Omit<BillInput, 'usage'>, tariffs: Tariffs): string {
  if (group === 'household_undeclared_tenants') {
    return 'người thuê trọ chưa khai báo đủ số người (một giá cho mọi kWh)';
  }
  if (!isHouseholdGroup(group)) {
    const label = tariffs.groups.at(-1)?.groups[group]?.label ?? group;
    return `giá ${label.charAt(0).toLowerCase()}${label.slice(1)}, toàn bộ theo giờ bình thường`;
  }
  return Number.isInteger(households)
    ? `${figure(households)} hộ gia đình, giá sinh hoạt`
    : `${figure(households * tariffs.tenants.peoplePerHousehold)} người thuê trọ (${figure(households)} định mức hộ), giá sinh hoạt`;
}

function basis({ parts }: Covered): string {
  const decisions = new Map(parts.map((part) => [part.basis.decision, part.basis.from]));
  const prices = [...decisions].map(([decision, from]) => `Quyết định ${decision} áp dụng từ ${dayWords(from)}`);
  const rates = [...new Map(parts.map(({ vat }) => [vat.rate, vat])).values()];
  const taxes = rates.map(({ rate, to }) => `${figure(rate)}% đến hết ${dayWords(to)}`);
  return `Giá theo ${prices.join(' và ')}, thuế GTGT ${taxes.join(' rồi ')}.`;
}

function provenanceOf({ parts }: Covered, group: string, tariffs: Tariffs): readonly Provenance[] {
  const rows = parts.flatMap(({ basis: row, vat, lines }) => [
    tariffProvenance(group, row.from, { ...row, prices: lines.map(({ price }) => price) }, tariffs.verifiedOn),
    tariffProvenance('vat', vat.from, vat, tariffs.verifiedOn),
  ]);
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
