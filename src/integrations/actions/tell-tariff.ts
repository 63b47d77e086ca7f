import { figure, money } from '../../dialogs/figures.ts';
import type { ActionResult } from '../../dialogs/run-action.ts';
import { addDays } from '../../tariffs/days.ts';
import { vatOn } from '../../tariffs/price-schedule.ts';
import type { GroupPrices, HouseholdTariff, Tariffs } from '../../tariffs/tariff.ts';
import { dayOf } from '../local-time.ts';
import type { Action } from './action.ts';
import { hoursText } from './hours-text.ts';
import { notCovered } from './not-covered.ts';
import { dayWords } from './spoken-figures.ts';
import { tariffProvenance } from './tariff-provenance.ts';
import { landlordText, tenantsText } from './tenant-text.ts';
import { tierLabels } from './tier-labels.ts';

type Tell = (tariffs: Tariffs, today: string) => ActionResult;

/** Published prices and rules, each with the day from which it holds. Anybody may hear them. */
export const tellTariff: Action = async (slots, { now }, { tariffs }) => {
  const topic = slots['tariff_topic'] ?? 'household';
  const tell = TOPICS[topic];
  if (tell === undefined) {
    throw new Error(`There is no topic "${topic}" in tell-tariff.ts.`);
  }
  return tell(tariffs, dayOf(now));
};

const TOPICS: Readonly<Record<string, Tell>> = {
  household: tellHousehold,
  business: groupTeller('business_', 'Giá điện kinh doanh'),
  production: groupTeller('production_', 'Giá điện sản xuất'),
  public: groupTeller(/^(hospital_school|administration)_/, 'Giá điện bệnh viện, trường học, hành chính sự nghiệp'),
  peak_hours: tellHours,
  vat: tellVat,
  five_tiers: tellFiveTiers,
  changes: tellChanges,
  tenants: (tariffs, today) => tellRule(tenantsText(tariffs, today), tariffs, 'tenants'),
  landlord: (tariffs, today) => tellRule(landlordText(tariffs, today), tariffs, 'landlord'),
};

function householdRow(tariffs: Tariffs, today: string): HouseholdTariff | undefined {
  return tariffs.households.findLast((row) => row.from <= today);
}

function tellHousehold(tariffs: Tariffs, today: string): ActionResult {
  const row = householdRow(tariffs, today);
  if (row === undefined) {
    return notCovered('price', today, tariffs);
  }
  const labels = tierLabels(row.widths);
  const prepaid = row.prepaid === undefined ? [] : [{ label: 'Thẻ trả trước', value: money(row.prepaid) }];
  return {
    outcome: 'told',
    replies: [
      {
        kind: 'card',
        title: 'Giá điện sinh hoạt (mỗi kWh, chưa thuế GTGT)',
        rows: [...row.prices.map((price, tier) => ({ label: labels[tier] ?? '', value: money(price) })), ...prepaid],
        text: `${basisWords(row)} ${vatWords(tariffs, today)}`,
      },
    ],
    provenance: [tariffProvenance('household', row.from, row, tariffs.verifiedOn)],
  };
}

function basisWords({ decision, from }: { readonly decision: string; readonly from: string }): string {
  return `Áp dụng từ ${dayWords(from)} theo Quyết định ${decision}.`;
}

/** What is to be added to a price; nothing is said of a day that no row covers but that it is not known. */
function vatWords(tariffs: Tariffs, today: string): string {
  const vat = vatOn(today, tariffs);
  return vat === undefined
    ? 'Thuế suất thuế GTGT hiện nay mình chưa có văn bản chính thức.'
    : `Thuế GTGT hiện là ${figure(vat.rate)}% (đến hết ${dayWords(vat.to)}).`;
}

function groupTeller(names: string | RegExp, title: string): Tell {
  return (tariffs, today) => {
    const row = tariffs.groups.findLast((each) => each.from <= today);
    const groups = Object.entries(row?.groups ?? {}).filter(([name]) =>
      typeof names === 'string' ? name.startsWith(names) : names.test(name),
    );
    if (row === undefined || groups.length === 0) {
      return notCovered('price', today, tariffs);
    }
    const hasHours = groups.some(([, prices]) => prices.peak !== undefined);
    const legend = hasHours ? 'Ba giá lần lượt là giờ bình thường, thấp điểm, cao điểm. ' : '';
    return {
      outcome: 'told',
      replies: [
        {
          kind: 'card',
          title: `${title} (mỗi kWh, chưa thuế GTGT)`,
          rows: groups.map(([, prices]) => ({ label: prices.label, value: pricesWords(prices) })),
          text: `${legend}${basisWords(row)} ${vatWords(tariffs, today)}`,
        },
      ],
      provenance: groups.map(([name, prices]) => tariffProvenance(name, row.from, prices, tariffs.verifiedOn)),
    };
  };
}

function pricesWords({ normal, offPeak, peak }: GroupPrices): string {
  return [normal, offPeak, peak].flatMap((price) => (price === undefined ? [] : [money(price)])).join(' / ');
}

function tellHours(tariffs: Tariffs): ActionResult {
  const text = hoursText(tariffs.peakHours);
  return text === undefined
    ? notCovered('hours', tariffs.verifiedOn, tariffs)
    : told(text, [
        ...tariffs.peakHours.map((row) => tariffProvenance('peak_hours', row.decision, row, tariffs.verifiedOn)),
      ]);
}

function tellVat(tariffs: Tariffs, today: string): ActionResult {
  const row = vatOn(today, tariffs);
  if (row === undefined) {
    return notCovered('vat', today, tariffs);
  }
  const next = addDays(row.to, 1);
  const after =
    vatOn(next, tariffs) === undefined
      ? ` Từ ${dayWords(next)} mình chưa có văn bản chính thức nên chưa thể nói chắc thuế suất.`
      : '';
  const text = `Thuế GTGT của tiền điện hiện là ${figure(row.rate)}%, áp dụng đến hết ${dayWords(row.to)} theo ${row.basis}.${after} Bảng giá điện niêm yết là giá chưa có thuế này.`;
  return told(text, [tariffProvenance('vat', row.from, row, tariffs.verifiedOn)]);
}

/** Many believe that the five tiers hold already, because the press has printed their table. */
function tellFiveTiers(tariffs: Tariffs, today: string): ActionResult {
  const row = householdRow(tariffs, today);
  if (row === undefined) {
    return notCovered('price', today, tariffs);
  }
  const { decision, decidedOn, widths, percentOfAverage } = tariffs.decidedTiers;
  const labels = tierLabels(widths);
  const shares = percentOfAverage.map((percent, tier) => `${labels[tier]}: ${figure(percent)}%`).join('; ');
  const text = [
    `Biểu giá 5 bậc (Quyết định ${decision} ngày ${dayWords(decidedOn)}) đã ban hành nhưng chưa áp dụng: chỉ dùng từ lần điều chỉnh giá bán lẻ bình quân tiếp theo.`,
    `Hóa đơn hiện vẫn tính ${row.prices.length} bậc theo Quyết định ${row.decision}, áp dụng từ ${dayWords(row.from)} (mình đối chiếu ngày ${dayWords(tariffs.verifiedOn)}).`,
    `Tỷ lệ của biểu 5 bậc so với giá bình quân: ${shares}.`,
  ].join('\n');
  return told(text, [
    tariffProvenance('decided_tiers', decision, tariffs.decidedTiers, tariffs.verifiedOn),
    tariffProvenance('household', row.from, row, tariffs.verifiedOn),
  ]);
}

function tellChanges(tariffs: Tariffs, today: string): ActionResult {
  const rows = tariffs.households.filter((row) => row.from <= today);
  const [before, now] = rows.slice(-2);
  if (before === undefined || now === undefined) {
    return notCovered('price', today, tariffs);
  }
  const percent = figure(Math.round((now.average / before.average - 1) * 1000) / 10);
  const text = `Lần điều chỉnh gần nhất là từ ${dayWords(now.from)} theo Quyết định ${now.decision}: giá bán lẻ bình quân từ ${figure(before.average)} lên ${figure(now.average)} đ/kWh, khoảng ${percent}%. Đến ngày ${dayWords(tariffs.verifiedOn)} mình chưa thấy quyết định mới hơn. Thời điểm điều chỉnh tiếp theo do cơ quan nhà nước công bố nên mình không đoán trước ạ.`;
  return told(
    text,
    [before, now].map((row) => tariffProvenance('household', row.from, row, tariffs.verifiedOn)),
  );
}

function tellRule(text: string | undefined, tariffs: Tariffs, rule: 'tenants' | 'landlord'): ActionResult {
  const row = tariffs[rule];
  return text === undefined
    ? notCovered('price', row.from, tariffs)
    : told(text, [tariffProvenance('norms', rule, row, tariffs.verifiedOn)]);
}

function told(text: string, provenance: ActionResult['provenance'] = []): ActionResult {
  return { outcome: 'told', replies: [{ kind: 'text', text }], provenance };
}
